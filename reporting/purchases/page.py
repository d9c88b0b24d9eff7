"""The page of purchases: what is asked of it, and what it answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from catalog.models import ProductGroup
from contacts.models import Address, Company, Person
from core.moments import year_up_to
from offers.models import Order, OrderLine, OrderQuerySet
from reporting.models import Affinity
from reporting.purchases.cube import DIMENSIONS, MEASURES, Cube, Key, Line, read_cube

MOST_PAIRS_SHOWN = 12
# Where a click on a row leads: from the customer to what they bought, from a product to who bought it.
NEXT = {
    "customer": "product",
    "product": "customer",
    "group": "product",
    "country": "customer",
    "region": "customer",
    "industry": "customer",
    "year": "month",
    "quarter": "month",
    "month": "customer",
}
LENGTHS = {
    "year": relativedelta(years=1),
    "quarter": relativedelta(months=3),
    "month": relativedelta(months=1),
}
MOST_DIGITS = 12
PERIODS = [
    ("12m", _("the last 12 months")),
    ("year", _("this year")),
    ("before", _("last year")),
    ("all", _("all time")),
]


class PurchaseForm(forms.Form):
    """How purchases are taken apart; whatever is not understood counts as not said."""

    rows = forms.ChoiceField(
        label=pgettext_lazy("of a table", "Rows"),
        choices=[(name, one.label) for name, one in DIMENSIONS.items()],
        required=False,
    )
    columns = forms.ChoiceField(
        label=pgettext_lazy("of a table", "Columns"),
        choices=[("", _("none")), *((name, one.label) for name, one in DIMENSIONS.items())],
        required=False,
    )
    measure = forms.ChoiceField(
        label=_("Measure"), choices=[(name, one.label) for name, one in MEASURES.items()], required=False
    )
    period = forms.ChoiceField(label=_("Period"), choices=PERIODS, required=False)
    group = forms.ModelChoiceField(
        label=_("Product group"), queryset=ProductGroup.objects.all(), required=False, empty_label=_("all")
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)

    def __init__(self, data: QueryDict, currencies: list[str]) -> None:
        super().__init__(data)
        self.fields["currency"].choices = [(code, code) for code in currencies]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Asked:
    """What a table is asked for: names of dimensions, a measure and a period; the group narrows it down."""

    rows: str
    columns: str
    measure: str
    period: str
    currency: str
    group: ProductGroup | None


class PurchasePage:
    """The purchases a user may see, as the address asks for them."""

    def __init__(self, user: User, query: QueryDict) -> None:
        self.orders = Order.objects.visible_to(user).bought()
        used = self.orders.order_by().values_list("currency", flat=True).distinct()
        self.currencies = sorted(used, key=lambda code: (code != settings.DEFAULT_CURRENCY, code))
        self.query = query
        given = query.copy()
        for name, default in self._defaults.items():
            given.setdefault(name, default)
        self.form = PurchaseForm(given, self.currencies)
        self.form.is_valid()
        said = self.form.cleaned_data
        words = {name: said.get(name) or default for name, default in self._defaults.items()}
        self.asked = Asked(**words, group=said.get("group"))

    @cached_property
    def cube(self) -> Cube:
        """The table."""
        return read_cube(self._lines, self.asked.rows, self.asked.columns, self.asked.measure)

    @cached_property
    def pairs(self) -> list[Affinity]:
        """What is bought together more often than chance, the strongest first; each pair once."""
        strongest = Affinity.objects.together().select_related("has", "other")
        found: dict[frozenset[int], Affinity] = {}
        for one in strongest.order_by("-lift", "-count", "has__sort_key", "pk")[: 2 * MOST_PAIRS_SHOWN]:
            found.setdefault(frozenset((one.has_id, one.other_id)), one)
        return list(found.values())[:MOST_PAIRS_SHOWN]

    @cached_property
    def counted_at(self) -> datetime | None:
        """When the pairs were counted."""
        return self.pairs[0].counted_at if self.pairs else None

    @property
    def places(self) -> int:
        """Decimals of the amounts."""
        return MEASURES[self.asked.measure].places

    @property
    def unit(self) -> str:
        """The currency, where amounts are money."""
        return self.asked.currency if self.asked.measure == "net" else ""

    @property
    def rows_label(self) -> str:
        """What the rows are."""
        return str(DIMENSIONS[self.asked.rows].label)

    @property
    def lines(self) -> list[tuple[Line, str]]:
        """Each row with the address that takes it apart further."""
        return [(line, self._deeper(line)) for line in self.cube.lines]

    @property
    def narrowed(self) -> str:
        """What the purchases were narrowed down to, in words."""
        if self._of is None:
            return ""
        name, key = self._of
        return DIMENSIONS[name].names([key]).get(key, "")

    @property
    def wide_url(self) -> str:
        """The same without that."""
        return f"?{self._address()}"

    def _deeper(self, line: Line) -> str:
        if line.is_rest or line.key is None:
            return ""
        rows = self.asked.rows
        return f"?{self._address(rows=NEXT[rows], of=f'{rows}:{line.key}')}"

    def _address(self, **changes: str) -> str:
        query = QueryDict(mutable=True)
        said = {name: getattr(self.asked, name) for name in self._defaults}
        said |= {"group": str(self.asked.group.pk) if self.asked.group else "", **changes}
        query.update({name: value for name, value in said.items() if value})
        return query.urlencode()

    @cached_property
    def _orders(self) -> OrderQuerySet:
        starts_on, ends_on = _days(self.asked.period)
        orders = self.orders.filter(currency=self.asked.currency)
        if starts_on:
            orders = orders.filter(ordered_on__gte=starts_on)
        return orders.filter(ordered_on__lte=ends_on) if ends_on else orders

    @cached_property
    def _lines(self) -> QuerySet[OrderLine]:
        lines = OrderLine.objects.filter(order__in=self._orders.order_by().values("pk"))
        if group := self.asked.group:
            lines = lines.filter(product__group=group)
        return lines.filter(_condition(*self._of)) if self._of else lines

    @cached_property
    def _of(self) -> tuple[str, Key] | None:
        """The row of the table one came from; None for an address that says something else."""
        name, _colon, text = self.query.get("of", "").partition(":")
        key = _typed(name, text) if name in DIMENSIONS else None
        return None if key is None else (name, key)

    @cached_property
    def _defaults(self) -> dict[str, str]:
        first = self.currencies[0] if self.currencies else settings.DEFAULT_CURRENCY
        return {"rows": "customer", "columns": "", "measure": "net", "period": "12m", "currency": first}


def _days(period: str) -> tuple[date | None, date | None]:
    today = timezone.localdate()
    if period == "year":
        return today.replace(month=1, day=1), None
    if period == "before":
        first = date(today.year - 1, 1, 1)
        return first, date(today.year - 1, 12, 31)
    return (None, None) if period == "all" else (year_up_to(today), None)


def _typed(name: str, text: str) -> Key:
    """The key of a row as an address says it; None for what is none."""
    if name in ("industry", "country", "region"):
        return text[:80] or None
    if DIMENSIONS[name].is_time:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return int(text) if text.lstrip("-").isdecimal() and len(text) < MOST_DIGITS else None


def _condition(name: str, key: Key) -> Q:
    """The condition on order lines that they belong to a row."""
    if isinstance(key, date):
        ends_before = key + LENGTHS[name]
        return Q(order__ordered_on__gte=key, order__ordered_on__lt=ends_before)
    if isinstance(key, int):
        if name == "customer":
            return Q(order__company=key) if key > 0 else Q(order__company=None, order__person=-key)
        return Q(product=key) if name == "product" else Q(product__group=key)
    if name == "industry":
        return Q(order__company__industry=key)
    return _in_place(str(key))


def _in_place(key: str) -> Q:
    """Orders of customers whose main address lies there: a country, or one and the beginning of a code."""
    country, _blank, code = key.partition(" ")

    def there(customers: "QuerySet[Any]", owner: str) -> "QuerySet[Any]":
        main = Address.objects.filter(**{owner: OuterRef("pk")}).order_by("pk")
        place = {
            "main_country": Subquery(main.values("country")[:1]),
            "main_code": Subquery(main.values("postal_code")[:1]),
        }
        found = customers.annotate(**place)
        return found.filter(main_country=country, main_code__startswith=code).values("pk")

    alone = Q(order__company=None, order__person__in=there(Person.objects.all(), "person"))
    return Q(order__company__in=there(Company.objects.all(), "company")) | alone
