"""The page of purchases: what is asked of it, and what it answers."""

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from catalog.models import ProductGroup
from core.moments import year_up_to
from offers.models import Order, OrderLine, OrderQuerySet
from reporting.models import Affinity, Reorder
from reporting.purchases.conversion import Conversion, read_conversion
from reporting.purchases.cube import MEASURES, Cube, Line, read_cube
from reporting.purchases.dimensions import DIMENSIONS, Key, dimensions_for
from reporting.purchases.rows import of_row, typed_key
from reporting.purchases.sources import OF_DEMAND, Sources, read_sources

MOST_PAIRS_SHOWN = 12
MOST_DUE = 20
OF_REORDER = {"customer": "company", "product": "product", "group": "product__group"}
# Where a click on a row leads: from the customer to what they bought, from a product to who bought it.
NEXT = {
    "customer": "product",
    "product": "customer",
    "group": "product",
    "country": "customer",
    "region": "customer",
    "industry": "customer",
    "status": "customer",
    "supply": "customer",
    "team": "owner",
    "owner": "customer",
    "year": "month",
    "quarter": "month",
    "month": "customer",
}
# Every currency, converted.
ALL = "all"
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
        choices = [(code, code) for code in currencies]
        if len(currencies) > 1:
            choices.append((ALL, _("all, in %(currency)s") % {"currency": settings.DEFAULT_CURRENCY}))
        self.fields["currency"].choices = choices  # type: ignore[attr-defined]


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
        self.user = user
        self.dimensions = dimensions_for(user)
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
        asked = self.asked
        return read_cube(
            self._lines,
            asked.rows,
            asked.columns,
            asked.measure,
            dimensions=self.dimensions,
            converted_to=self.currency if asked.currency == ALL else "",
        )

    @property
    def currency(self) -> str:
        """The currency of the amounts."""
        return settings.DEFAULT_CURRENCY if self.asked.currency == ALL else self.asked.currency

    @cached_property
    def conversion(self) -> Conversion | None:
        """By which rates amounts were converted; None where none were."""
        return read_conversion(self._orders, self.currency) if self.asked.currency == ALL else None

    @cached_property
    def sources(self) -> Sources | None:
        """From whom customers have what they need; of what a demand cannot be narrowed down to, nothing."""
        group, company = self.asked.group.pk if self.asked.group else None, None
        if self._of is not None:
            name, key = self._of
            if not isinstance(key, int) or name not in ("customer", "group") or key < 0:
                return None
            group, company = (key, None) if name == "group" else (group, key)
        return read_sources(self.asked.rows, self.currency, group=group, company=company)

    @cached_property
    def reorders(self) -> list[Reorder]:
        """What was due before today by the rhythm of a customer with a product, the largest amounts first."""
        due = Reorder.objects.visible_to(self.user).filter(due_on__lt=timezone.localdate())
        due = due.filter(currency=self.currency)
        if group := self.asked.group:
            due = due.filter(product__group=group)
        if self._of is not None:
            name, key = self._of
            if name not in OF_REORDER or not isinstance(key, int) or key < 0:
                return []
            due = due.filter(**{OF_REORDER[name]: key})
        return list(
            due.select_related("company", "person", "product").order_by("-usual_net", "pk")[:MOST_DUE]
        )

    @property
    def source_lines(self) -> list[dict[str, object]]:
        """Each row of the sources with the address that takes it apart further."""
        if self.sources is None:
            return []
        rows = self.asked.rows if self.asked.rows in OF_DEMAND else "group"
        return [
            {"label": label, "shares": shares, "url": self._deeper_of(rows, key)}
            for label, key, shares in self.sources.lines
        ]

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
        return self.currency if self.asked.measure == "net" else ""

    @property
    def rows_label(self) -> str:
        """What the rows are."""
        return str(self.dimensions[self.asked.rows].label)

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
        return self.dimensions[name].names([key]).get(key, "")

    @property
    def wide_url(self) -> str:
        """The same without that."""
        return f"?{self._address()}"

    def _deeper(self, line: Line) -> str:
        return "" if line.is_rest else self._deeper_of(self.asked.rows, line.key)

    def _deeper_of(self, rows: str, key: Key) -> str:
        return "" if key is None else f"?{self._address(rows=NEXT[rows], of=f'{rows}:{key}')}"

    def _address(self, **changes: str) -> str:
        query = QueryDict(mutable=True)
        said = {name: getattr(self.asked, name) for name in self._defaults}
        said |= {"group": str(self.asked.group.pk) if self.asked.group else "", **changes}
        query.update({name: value for name, value in said.items() if value})
        return query.urlencode()

    @cached_property
    def _orders(self) -> OrderQuerySet:
        starts_on, ends_on = _days(self.asked.period)
        orders = self.orders
        if self.asked.currency != ALL:
            orders = orders.filter(currency=self.asked.currency)
        if starts_on:
            orders = orders.filter(ordered_on__gte=starts_on)
        return orders.filter(ordered_on__lte=ends_on) if ends_on else orders

    @cached_property
    def _lines(self) -> QuerySet[OrderLine]:
        lines = OrderLine.objects.filter(order__in=self._orders.order_by().values("pk"))
        if group := self.asked.group:
            lines = lines.filter(product__group=group)
        return of_row(lines, *self._of) if self._of else lines

    @cached_property
    def _of(self) -> tuple[str, Key] | None:
        """The row of the table one came from; None for an address that says something else."""
        name, _colon, text = self.query.get("of", "").partition(":")
        key = typed_key(name, text) if name in DIMENSIONS else None
        if name in ("owner", "team") and isinstance(key, int):
            # Whose figures this reader may not see, they are not shown alone either.
            key = key if key in (self.dimensions[name].only or ()) else None
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
