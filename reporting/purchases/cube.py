"""Purchases by one or two dimensions: revenue, quantity, orders or customers, with sums that add up.

Counted are the orders by which somebody has bought, of one currency: amounts of different currencies are
never mixed. What is unknown is a row of its own; what does not fit into the table is added up in "others".
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.rates import AMOUNT, converted
from offers.models import OrderLine
from reporting.purchases.dimensions import CUSTOMER, DIMENSIONS, Dimension, Key

MOST_ROWS = 100
MOST_COLUMNS = 12


@dataclass(frozen=True)
class Measure:
    """What is added up."""

    label: str | Promise
    expression: Combinable
    places: int
    # Whether the parts of a whole add up to it; a customer who bought twice is one.
    adds_up: bool = True


MEASURES: dict[str, Measure] = {
    "net": Measure(_("Revenue, net"), Sum("net"), 2),
    "quantity": Measure(pgettext_lazy("of goods", "Quantity"), Sum("quantity"), 0),
    "orders": Measure(_("Orders"), Count("order", distinct=True), 0, adds_up=False),
    "customers": Measure(_("Customers"), Count(CUSTOMER, distinct=True), 0, adds_up=False),
}


@dataclass(frozen=True)
class Line:
    """One row of the table; `cells` follow the columns, the last one is the whole row."""

    key: Key
    label: str
    cells: list[Decimal | int | None]
    is_rest: bool = False


@dataclass(frozen=True)
class Cube:
    """A table of purchases with its totals."""

    columns: list[str]
    lines: list[Line]
    total: Line
    has_rest: bool


def read_cube(
    lines: QuerySet[OrderLine],
    rows: str,
    columns: str,
    measure: str,
    *,
    dimensions: Mapping[str, Dimension] = DIMENSIONS,
    converted_to: str = "",
) -> Cube:
    """Add up these order lines; `rows` and `columns` are names of dimensions, `columns` may be empty.

    `converted_to` is a currency: then amounts of others count by the rate of the day of their order.

    A table has at most MOST_ROWS rows and MOST_COLUMNS columns, the largest ones; the others are one more,
    where they add up: two products that one customer bought make no two customers.
    """
    down, across, asked = dimensions[rows], dimensions.get(columns), MEASURES[measure]
    if converted_to and measure == "net":
        amount = converted("net", currency="order__currency", day="order__ordered_on", to=converted_to)
        asked = replace(asked, expression=Coalesce(Sum(amount), Value(0), output_field=AMOUNT))
    table = _table(lines, down, across, asked)
    keys, heads = (
        table.largest(table.down, down, MOST_ROWS),
        table.largest(table.across, across, MOST_COLUMNS),
    )
    names, head_names = _names(down, keys), _names(across, heads)
    found = [Line(key, names[key], table.row(key, heads)) for key in keys]
    if len(keys) < len(table.down) and asked.adds_up:
        found.append(Line(None, str(_("Others")), table.rest(keys, heads), is_rest=True))
    columns_shown = [head_names[key] for key in heads]
    if len(heads) < len(table.across):
        columns_shown.append(str(_("Others")))
    total = Line(None, str(_("Total")), table.margin(heads))
    return Cube(columns_shown, found, total, has_rest=len(keys) < len(table.down))


Cells = dict[tuple[Key, Key], Decimal | int]
Sums = dict[Key, Decimal | int]


@dataclass(frozen=True)
class _Table:
    """Cells by the keys of rows and columns, with their own sums."""

    cells: Cells
    down: Sums
    across: Sums
    total: Decimal | int
    adds_up: bool

    def largest(self, sums: Sums, dimension: Dimension | None, most: int) -> list[Key]:
        """The keys of the largest groups, the largest first; of times the latest, as they run."""
        if dimension and dimension.is_time:
            return sorted(sums, key=str)[-most:]
        return sorted(sums, key=lambda key: (-sums[key], str(key)))[:most]

    def row(self, key: Key, heads: list[Key]) -> list[Decimal | int | None]:
        """The cells of a row, column by column, then its rest, then the whole."""
        return self._line({head: self.cells.get((key, head)) for head in heads}, self.down[key])

    def margin(self, heads: list[Key]) -> list[Decimal | int | None]:
        """The sums of the columns, and of everything."""
        return self._line({head: self.across[head] for head in heads}, self.total)

    def rest(self, keys: list[Key], heads: list[Key]) -> list[Decimal | int | None]:
        """What the rows of these keys leave of the sums."""
        shown = [self.row(key, heads) for key in keys]
        return [
            (whole or 0) - sum(row[place] or 0 for row in shown)
            for place, whole in enumerate(self.margin(heads))
        ]

    def _line(
        self, cells: dict[Key, Decimal | int | None], whole: Decimal | int
    ) -> list[Decimal | int | None]:
        line = list(cells.values())
        if len(cells) < len(self.across):
            line.append(whole - sum(amount or 0 for amount in line) if self.adds_up else None)
        return [*line, whole]


def _table(lines: QuerySet[OrderLine], down: Dimension, across: Dimension | None, measure: Measure) -> _Table:
    """Where a measure adds up one query is enough: it answers every cell, shown or not."""
    cells = _cells(lines, down, across, measure)
    if not measure.adds_up:
        total = lines.aggregate(total_amount=measure.expression)["total_amount"] or 0
        sums = (_sums(lines, down, measure), _sums(lines, across, measure) if across else {})
        return _Table(cells, *sums, total, adds_up=False)
    by_row: defaultdict[Key, Decimal | int] = defaultdict(int)
    by_column: defaultdict[Key, Decimal | int] = defaultdict(int)
    for (row, column), amount in cells.items():
        by_row[row] += amount
        by_column[column] += amount
    total = sum(by_row.values())
    return _Table(cells, dict(by_row), dict(by_column) if across else {}, total, adds_up=True)


def _sums(lines: QuerySet[OrderLine], dimension: Dimension, measure: Measure) -> Sums:
    return {key: amount for (key, _none), amount in _cells(lines, dimension, None, measure).items()}


def _cells(lines: QuerySet[OrderLine], down: Dimension, across: Dimension | None, measure: Measure) -> Cells:
    grouped = lines.order_by().annotate(down_key=down.expression)
    names = ["down_key"]
    if across:
        grouped = grouped.annotate(across_key=across.expression)
        names.append("across_key")
    rows = grouped.values_list(*names).annotate(total_amount=measure.expression)
    found = list(rows)
    down_facts = _facts(down, [row[0] for row in found])
    across_facts = _facts(across, [row[1] for row in found]) if across else {}
    cells: defaultdict[tuple[Key, Key], Decimal | int] = defaultdict(int)
    for *keys, amount in found:
        cells[down_facts[keys[0]], across_facts[keys[1]] if across else None] += amount
    return dict(cells)


def _facts(dimension: Dimension, keys: list[Any]) -> dict[Any, Key]:
    """What the groups of the database stand for: themselves, or a fact of the customers they are."""
    facts = dimension.of_customer(set(keys)) if dimension.of_customer else None
    return {key: facts.get(key) if facts is not None else key for key in keys}


def _names(dimension: Dimension | None, keys: list[Key]) -> dict[Key, str]:
    if dimension is None:
        return {}
    names = dimension.names([key for key in keys if key is not None])
    return {key: names.get(key) or str(dimension.rest) for key in keys}
