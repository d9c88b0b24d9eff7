"""The columns of the lists of companies and persons, and their orders."""

from collections.abc import Callable, Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models import Address, Buyer, Company, CustomerStatus, Person
from contacts.templatetags.law import first_drawn
from core.templatetags.dates import short_date
from core.templatetags.money import number
from extra_fields.columns import list_columns
from lists.columns import Column, ColumnSet
from lists.models import ViewPage

DEFAULT_SORT = "name"
SORTS = {
    "name": "sort_key",
    "purchases": "purchases",
    "bought": "bought_key",
    "created": "created_at",
    "changed": "updated_at",
}
LARGEST_FIRST = frozenset({"purchases", "bought", "created", "changed"})
Contact = Company | Person


def company_columns() -> ColumnSet:
    """All columns of companies there are, those of extra fields last."""
    own = (
        *_REACHED[:4],
        Column("kinds", _("Kinds"), lambda company: ", ".join(company.kind_labels)),
        Column("industry", _("Industry"), lambda company: company.industry),
        *_SHARED,
        Column("employees", _("Employees"), lambda company: _number(company.employees), css="num"),
        Column("size", _("Size"), lambda company: dict(Company.Size.choices).get(company.size_class, "")),
        Column("legal_form", _("Legal form"), lambda company: company.legal_form),
        Column("number", _("Customer number"), lambda company: company.customer_number),
        Column("vat_id", _("VAT id"), lambda company: company.vat_id),
        Column("register", _("Register"), _register),
        Column("parent", _("Parent company"), lambda company: company.parent or "", loads=("parent",)),
        *_REACHED[4:],
    )
    return ColumnSet(
        page=ViewPage.COMPANIES,
        row_label=_("Company"),
        row_sort="name",
        columns=(*own, *list_columns("company")),
        usual=("place", "phone", "email", "owner", "status"),
        sorts=SORTS,
        default_sort=DEFAULT_SORT,
        largest_first=LARGEST_FIRST,
    )


def person_columns() -> ColumnSet:
    """All columns of persons there are, those of extra fields last."""
    own = (
        Column("company", _("Company"), cell="contacts/_cell_jobs.html", css="col-give", loads=("jobs",)),
        *_REACHED[:4],
        *_SHARED,
        Column("salutation", _("Salutation"), lambda person: person.get_salutation_display() or ""),
        Column("language", _("Language"), lambda person: person.get_language_display()),
        Column("birthday", _("Birthday"), lambda person: short_date(person.birthday), css="num"),
        *_REACHED[4:],
    )
    return ColumnSet(
        page=ViewPage.PERSONS,
        row_label=_("Name"),
        row_sort="name",
        columns=(*own, *list_columns("person")),
        usual=("company", "place", "phone", "email", "owner"),
        sorts=SORTS,
        default_sort=DEFAULT_SORT,
        largest_first=LARGEST_FIRST,
    )


def address_of(contact: Contact) -> Address | None:
    """The first address of a contact, of a person without one that of their company; loaded with the list."""
    own = next(iter(contact.addresses.all()), None)
    if own is not None or isinstance(contact, Company):
        return own
    jobs: Iterable = getattr(contact, "present_employments", ())
    return next((address for job in jobs for address in job.company.addresses.all()), None)


def _of_address(name: str) -> Callable[[Contact], str]:
    return lambda contact: getattr(address_of(contact), name, "")


def _reach(means: str) -> Callable[[Contact], SafeString]:
    """Channels are loaded and judged with the list."""
    return lambda contact: first_drawn(contact.channels.all(), means)


def _tags(contact: Contact) -> str:
    return ", ".join(str(tagging.tag) for tagging in contact.taggings.all())


def _status(contact: Buyer) -> str:
    return str(CustomerStatus(contact.customer_status).label)  # type: ignore[attr-defined]


def _register(company: Company) -> str:
    return " ".join(part for part in (company.register_court, company.register_number) if part)


def _number(value: int | None) -> str:
    return "" if value is None else number(value)


# The first four are those of the usual lists.
_REACHED = (
    Column("place", _("Place"), _of_address("city"), loads=("addresses", "jobs")),
    Column("phone", _("Phone"), _reach("phone"), css="nowrap", loads=("channels",)),
    Column("email", _("E-mail"), _reach("email"), css="col-give", loads=("channels",)),
    Column("owner", pgettext_lazy("person in charge", "Owner"), lambda row: row.owner or "", css="col-owner"),
    Column("web", _("Web site"), _reach("web"), loads=("channels",)),
    Column("postal", _("Postal code"), _of_address("postal_code"), loads=("addresses", "jobs")),
    Column("street", _("Street and number"), _of_address("street"), loads=("addresses", "jobs")),
    Column("country", _("Country"), _of_address("country"), loads=("addresses", "jobs")),
)
_SHARED = (
    Column("status", _("Customer status"), _status),
    Column("purchases", _("Purchases"), lambda row: number(row.purchases), css="num"),
    Column("bought", _("Last bought"), lambda row: short_date(row.last_bought_on), css="num"),
    Column("first_bought", _("First bought"), lambda row: short_date(row.first_bought_on), css="num"),
    Column("tags", _("Tags"), _tags, loads=("taggings",)),
    Column("created", _("Entered"), lambda row: short_date(row.created_at), css="num"),
    Column("changed", _("Changed"), lambda row: short_date(row.updated_at), css="num"),
)
