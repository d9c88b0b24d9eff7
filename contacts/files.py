"""The lists of companies and persons as files: what each of their columns becomes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models import Address, Channel, Company, CustomerStatus, Employment, Person, Tagging
from core.table_files import Cell
from core.templatetags.dates import local_day
from extra_fields.columns import extra_outs
from lists.columns import Column
from lists.files import Out, joined

OF_CHANNEL = ("phone", "mobile", "email", "web")
OF_ADDRESS = ("street", "postal_code", "city", "country")


def with_reach(rows: QuerySet) -> QuerySet:
    """Rows with what stands in other tables, as a file has it: the first of each kind."""
    mine = {str(rows.model._meta.model_name): OuterRef("pk")}
    channels = Channel.objects.filter(**mine).order_by("pk")
    addresses = Address.objects.filter(**mine).order_by("pk")
    tags = Tagging.objects.filter(**mine).order_by("tag__sort_key").values("tag__name")
    kinds = {f"first_{kind}": channels.filter(kind=kind).values("value")[:1] for kind in OF_CHANNEL}
    return rows.annotate(
        tag_names=ArraySubquery(tags),
        **{name: Subquery(values) for name, values in kinds.items()},
        **{f"first_{name}": Subquery(addresses.values(name)[:1]) for name in OF_ADDRESS},
    )


def with_job(rows: QuerySet) -> QuerySet:
    """Persons with the company they work for now, the first of several."""
    jobs = Employment.objects.present().filter(person=OuterRef("pk")).order_by("pk")
    return rows.annotate(
        employer=Subquery(jobs.values("company__name")[:1]),
        position=Subquery(jobs.values("position")[:1]),
        role=Subquery(jobs.values("role")[:1]),
    )


def company_outs(columns: Sequence[Column]) -> list[Out]:
    """Number and name first, then the columns of the list, extra fields last under their keys."""
    kinds = {kind.value: str(kind.label) for kind in Company.Kind}
    sizes = {size.value: str(size.label) for size in Company.Size}
    known = {
        **_shared_outs(),
        "kinds": (Out(_("Kinds"), ("kinds",), lambda codes: ", ".join(kinds[code] for code in codes)),),
        "industry": (Out(_("Industry"), ("industry",)),),
        "employees": (Out(_("Employees"), ("employees",)),),
        "size": (Out(_("Size"), ("size_class",), sizes.get),),
        "legal_form": (Out(_("Legal form"), ("legal_form",)),),
        "number": (Out(_("Customer number"), ("customer_number",)),),
        "vat_id": (Out(_("VAT id"), ("vat_id",)),),
        "register": (
            Out(_("Register court"), ("register_court",)),
            Out(_("Register number"), ("register_number",)),
        ),
        "parent": (Out(_("Parent company"), ("parent__name",)),),
    }
    return [_NUMBER, Out(_("Company"), ("name",)), *_chosen(known, columns), *extra_outs("company", columns)]


def person_outs(columns: Sequence[Column]) -> list[Out]:
    """Number and name in its parts first, then the columns of the list, extra fields last."""
    salutations = {value: str(label) for value, label in Person.Salutation.choices if value}
    first = (
        _NUMBER,
        Out(_("Salutation"), ("salutation",), salutations.get),
        Out(pgettext_lazy("of a person", "Title"), ("title",)),
        Out(_("First name"), ("first_name",)),
        Out(_("Last name"), ("last_name",)),
    )
    known = {
        **_shared_outs(),
        "company": (Out(_("Company"), ("employer",)), Out(_("Position"), ("position",))),
        "language": (Out(_("Language"), ("language",)),),
        "birthday": (Out(_("Birthday"), ("birthday",)),),
    }
    return [*first, *_chosen(known, columns), *extra_outs("person", columns)]


def _chosen(known: Mapping[str, tuple[Out, ...]], columns: Sequence[Column]) -> list[Out]:
    return [out for column in columns for out in known.get(column.name, ())]


def _shared_outs() -> dict[str, tuple[Out, ...]]:
    statuses = {status.value: str(status.label) for status in CustomerStatus}
    return {
        "place": (Out(_("Place"), ("first_city",)),),
        "postal": (Out(_("Postal code"), ("first_postal_code",)),),
        "street": (Out(_("Street and number"), ("first_street",)),),
        "country": (Out(_("Country"), ("first_country",)),),
        "phone": (Out(_("Phone"), ("first_phone",)), Out(_("Mobile"), ("first_mobile",))),
        "email": (Out(_("E-mail"), ("first_email",)),),
        "web": (Out(_("Web site"), ("first_web",)),),
        "owner": (
            Out(
                pgettext_lazy("person in charge", "Owner"), ("owner__first_name", "owner__last_name"), joined
            ),
        ),
        "status": (Out(_("Customer status"), ("customer_status",), statuses.get),),
        "purchases": (Out(_("Purchases"), ("purchases",)),),
        "bought": (Out(_("Last bought"), ("last_bought_on",)),),
        "first_bought": (Out(_("First bought"), ("first_bought_on",)),),
        "tags": (Out(_("Tags"), ("tag_names",), ", ".join),),
        "created": (Out(_("Entered"), ("created_at",), _day),),
        "changed": (Out(_("Changed"), ("updated_at",), _day),),
    }


def _day(moment: datetime) -> Cell:
    return local_day(moment)


_NUMBER = Out(_("Number"), ("external_id", "pk"), lambda theirs, ours: theirs or str(ours))
