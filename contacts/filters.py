"""What may be asked of the lists of companies and persons."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from contacts.models import (
    Address,
    BuyingRole,
    Company,
    ContactQuerySet,
    CustomerStatus,
    Employment,
    Person,
)
from core.keys import every_word, folded
from extra_fields.filters import ExtraFilterSet
from lists.filters import ListFilter

MOST_DAYS = 3650


class ContactFilter(ExtraFilterSet, ListFilter):
    """What is asked of both; what is not understood is left out."""

    # Those not named here follow as they are declared, extra fields last.
    field_order: tuple[str, ...] = ("q", "owner", "status", "tag", "archived")

    q = django_filters.CharFilter(label=_("Name"), method="naming", max_length=100)
    owner = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.active().by_name(),
        empty_label=_("all"),
    )
    unowned = django_filters.BooleanFilter(
        label=_("without owner"), method="without_owner", widget=forms.CheckboxInput
    )
    status = django_filters.ChoiceFilter(
        label=_("Customer status"),
        method="of_status",
        choices=CustomerStatus.choices,
        empty_label=_("all"),
    )
    tag = django_filters.CharFilter(label=_("Tag"), method="tagged", max_length=40)
    postal = django_filters.CharFilter(label=_("Postal code begins with"), method="near", max_length=12)
    silent = django_filters.NumberFilter(
        label=_("No contact for (days)"),
        method="without_contact",
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "num", "min": 1, "max": MOST_DAYS}),
    )
    archived = django_filters.BooleanFilter(
        label=_("archived"), method="of_archive", widget=forms.CheckboxInput
    )

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, user=user)
        self.add_extra_filters()
        self.form.order_fields(self.field_order)

    @property
    def qs(self) -> ContactQuerySet:
        """The rows asked for; archived ones only on demand."""
        rows: ContactQuerySet = self.narrowed()  # type: ignore[assignment]
        if self.form.cleaned_data.get("archived"):
            return rows.exclude(archived_at=None).unmerged()
        return rows.current()

    def naming(self, rows: ContactQuerySet, name: str, text: str) -> ContactQuerySet:
        """Any part of the name, umlauts and case folded."""
        return rows.named(text) if text else rows

    def without_owner(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Nobody is in charge; only when asked for."""
        return rows.filter(owner=None) if value else rows

    def of_status(self, rows: ContactQuerySet, name: str, status: str) -> ContactQuerySet:
        """What kind of customer they are by what they bought."""
        return rows.of_customer_status(status) if status else rows

    def tagged(self, rows: QuerySet, name: str, tag: str) -> QuerySet:
        """Those that carry the tag, whatever its case."""
        return rows.filter(taggings__tag__sort_key=folded(tag)) if tag else rows

    def near(self, rows: QuerySet, name: str, start: str) -> QuerySet:
        """Those with an address in this region: 2 is the north, 24 Kiel and around it."""
        if not start:
            return rows
        there = Address.objects.filter(postal_code__startswith=start.strip())
        return rows.filter(pk__in=there.values(self._meta.model._meta.model_name))

    def without_contact(self, rows: QuerySet, name: str, days: object) -> QuerySet:
        """Nothing but notes was logged with them for so many days, or never."""
        if not days:
            return rows
        since = timezone.now() - timedelta(days=int(str(days)))
        # The table of a higher app, by the models' metadata.
        activity = rows.model._meta.get_field("activities").related_model
        mine = {str(rows.model._meta.model_name): OuterRef("pk")}
        logged = activity._default_manager.filter(at__gte=since, removed_at=None, **mine).exclude(kind="note")
        return rows.filter(~Exists(logged))

    def of_archive(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Told apart in `qs`, because without the question the archived ones are left out."""
        return rows


class CompanyFilter(ContactFilter):
    """Companies are also of a kind, an industry and a size."""

    field_order = ("q", "owner", "kind", "status", "tag", "archived")

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), method="of_kind", choices=Company.Kind.choices, empty_label=_("all")
    )
    industry = django_filters.CharFilter(label=_("Industry"), method="in_industry", max_length=80)
    size = django_filters.ChoiceFilter(
        label=_("Size"), field_name="size_class", choices=Company.Size.choices, empty_label=_("all")
    )

    def of_kind(self, rows: ContactQuerySet, name: str, kind: str) -> ContactQuerySet:
        """Those that are this to us, whatever else they are."""
        return rows.filter(kinds__contains=[kind]) if kind else rows

    def in_industry(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        """Those whose industry says so, in any case and with any umlauts."""
        if not text:
            return rows
        key = Func(F("industry"), function="public.sort_key", output_field=TextField())
        return rows.alias(industry_key=key).filter(every_word("industry_key", text))

    class Meta:
        model = Company
        fields: list[str] = []


class PersonFilter(ContactFilter):
    """Persons also work somewhere."""

    company = django_filters.ModelChoiceFilter(
        queryset=Company.objects.all(), method="working_for", widget=forms.HiddenInput
    )
    role = django_filters.ChoiceFilter(
        label=_("Role in purchases"), method="in_role", choices=BuyingRole.choices, empty_label=_("all")
    )

    @property
    def employer(self) -> Company | None:
        """The company whose people are asked for."""
        self.form.is_valid()
        company: Company | None = self.form.cleaned_data.get("company")
        return company

    def working_for(self, rows: ContactQuerySet, name: str, company: Company | None) -> ContactQuerySet:
        """Those who work there at present."""
        present = Q(employments__company=company, employments__until=None)
        return rows.filter(present) if company else rows

    def in_role(self, rows: QuerySet, name: str, role: str) -> QuerySet:
        """Those who have this to say where they work at present."""
        there = Employment.objects.present().filter(role=role)
        return rows.filter(pk__in=there.values("person")) if role else rows

    def near(self, rows: QuerySet, name: str, start: str) -> QuerySet:
        """Those who live in this region, or whose company has an address there."""
        if not start:
            return rows
        there = Address.objects.filter(postal_code__startswith=start.strip())
        at_work = Employment.objects.present().filter(company__in=there.values("company"))
        return rows.filter(Q(pk__in=there.values("person")) | Q(pk__in=at_work.values("person")))

    class Meta:
        model = Person
        fields: list[str] = []
