"""What purchases are taken apart by: the dimensions of the table, and what their groups are called."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, Model, OuterRef, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncMonth, TruncQuarter, TruncYear
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Team, User
from catalog.models import Product, ProductGroup
from contacts.models import Address, Company, CustomerStatus, Person
from potentials.models import Supply
from reporting.scopes import visible_scopes

Key = int | str | date | None
UNKNOWN = _("unknown")

Names = Callable[[Iterable[Any]], dict[Any, str]]


@dataclass(frozen=True)
class Dimension:
    """One way to take purchases apart: what the database groups by, and what a group is called.

    `of_customer` turns the keys of customers into the keys of this dimension, where it is a fact of theirs.
    """

    label: str | Promise
    expression: Combinable
    names: Names
    of_customer: Callable[[Iterable[int]], dict[int, Key]] | None = None
    is_time: bool = False
    # The keys that may stand alone; None: every one.
    only: frozenset[int] | None = None
    # What groups without a key of their own are called.
    rest: str | Promise = UNKNOWN


# A person alone has the negative key, so that customers are one column.
CUSTOMER = Coalesce(F("order__company"), -F("order__person"))


def _noted(source: str) -> Exists:
    """Whether this source is noted of the customer and the product group of a line."""
    notes = Supply.objects.filter(archived_at=None, source=source)
    return Exists(notes.filter(company=OuterRef("order__company"), group=OuterRef("product__group")))


# From whom else the customer has this product group; empty where nothing is noted.
SUPPLY = Case(
    *(When(_noted(source), then=Value(source)) for source in ("competitor", "dealer", "us")),
    default=None,
    output_field=CharField(),
)


def _named(model: type[Model]) -> Names:
    def names(keys: Iterable[Any]) -> dict[Any, str]:
        return {row.pk: str(row) for row in model._default_manager.filter(pk__in=keys)}

    return names


def _customers(keys: Iterable[int]) -> dict[int, str]:
    keys = list(keys)
    companies = Company.objects.filter(pk__in=[key for key in keys if key > 0])
    persons = Person.objects.filter(pk__in=[-key for key in keys if key < 0])
    return {
        **{company.pk: str(company) for company in companies.only("name")},
        **{-person.pk: str(person) for person in persons.only("title", "first_name", "last_name")},
    }


def _as_said(keys: Iterable[Any]) -> dict[Any, str]:
    return {key: str(key) for key in keys}


def _years(keys: Iterable[date]) -> dict[date, str]:
    return {key: str(key.year) for key in keys}


def _quarters(keys: Iterable[date]) -> dict[date, str]:
    return {key: f"{(key.month + 2) // 3}/{key.year}" for key in keys}


def _months(keys: Iterable[date]) -> dict[date, str]:
    return {key: date_format(key, "M Y") for key in keys}


def _industries(keys: Iterable[int]) -> dict[int, Key]:
    return dict(Company.objects.filter(pk__in=keys).exclude(industry="").values_list("pk", "industry"))


def _countries(keys: Iterable[int]) -> dict[int, Key]:
    return {key: country for key, country, _code in _addresses(keys)}


def _regions(keys: Iterable[int]) -> dict[int, Key]:
    """The first two digits of the postal code, behind the country: where deliveries are sorted by."""
    return {key: f"{country} {code[:2]}" for key, country, code in _addresses(keys) if code}


def _addresses(keys: Iterable[int]) -> Iterable[tuple[int, str, str]]:
    """The main address of each customer: the first one that was entered."""
    keys = list(keys)
    found: dict[int, tuple[int, str, str]] = {}
    asked = {
        ("company", 1): [key for key in keys if key > 0],
        ("person", -1): [-key for key in keys if key < 0],
    }
    for (owner, sign), wanted in asked.items():
        rows = Address.objects.filter(**{f"{owner}__in": wanted}).order_by("pk")
        for pk, country, code in rows.values_list(owner, "country", "postal_code"):
            found.setdefault(sign * pk, (sign * pk, country, code))
    return found.values()


def _statuses(keys: Iterable[str]) -> dict[Any, str]:
    return {key: str(CustomerStatus(key).label) for key in keys}


def _status_of(keys: Iterable[int]) -> dict[int, Key]:
    """New, repeat or dormant, as on the list of customers: from all they bought, whatever the period."""
    keys = list(keys)
    companies = Company.objects.filter(pk__in=[key for key in keys if key > 0]).with_customer_status()
    persons = Person.objects.filter(pk__in=[-key for key in keys if key < 0]).with_customer_status()
    found: dict[int, Key] = dict(companies.values_list("pk", F("customer_status")))
    return found | {-key: status for key, status in persons.values_list("pk", F("customer_status"))}


def _supplies(keys: Iterable[str]) -> dict[Any, str]:
    labels = {
        "competitor": _("also from a competitor"),
        "dealer": _("also from a dealer"),
        "us": _("only from us, as noted"),
    }
    return {key: str(labels[key]) for key in keys}


DIMENSIONS: dict[str, Dimension] = {
    "customer": Dimension(_("Customer"), CUSTOMER, _customers),
    "product": Dimension(_("Product"), F("product"), _named(Product)),
    "group": Dimension(_("Product group"), F("product__group"), _named(ProductGroup)),
    "country": Dimension(_("Country"), CUSTOMER, _as_said, _countries),
    "region": Dimension(_("Region (postal code)"), CUSTOMER, _as_said, _regions),
    "industry": Dimension(_("Industry"), CUSTOMER, _as_said, _industries),
    "status": Dimension(_("Kind of customer"), CUSTOMER, _statuses, _status_of),
    "supply": Dimension(_("Source of supply"), SUPPLY, _supplies, rest=_("not noted")),
    "team": Dimension(_("Team"), F("order__team"), _named(Team)),
    "owner": Dimension(pgettext_lazy("person in charge", "Owner"), F("order__owner"), _named(User)),
    "year": Dimension(_("Year"), TruncYear("order__ordered_on"), _years, is_time=True),
    "quarter": Dimension(_("Quarter"), TruncQuarter("order__ordered_on"), _quarters, is_time=True),
    "month": Dimension(_("Month"), TruncMonth("order__ordered_on"), _months, is_time=True),
}


def dimensions_for(user: User) -> Mapping[str, Dimension]:
    """All of them; teams and persons whose figures this user may not see are one group, "others"."""
    scopes = visible_scopes(user)
    return {
        **DIMENSIONS,
        "team": _only(DIMENSIONS["team"], "order__team", scopes.team_ids),
        "owner": _only(DIMENSIONS["owner"], "order__owner", scopes.rep_ids),
    }


def _only(dimension: Dimension, field: str, keys: frozenset[int]) -> Dimension:
    shown = Case(When(**{f"{field}__in": sorted(keys)}, then=F(field)), default=None)
    return replace(dimension, expression=shown, only=keys, rest=_("others"))
