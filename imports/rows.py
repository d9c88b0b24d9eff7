"""From cells to values: one foreign row at a time, with everything that is wrong with it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TypeVar

from core.money import rounded
from core.sentences import joined
from core.sentences import sentence as _
from imports.amounts import Amount, DecimalSign, currency_code, decimal_sign, parse_amount
from imports.cells import Cell, is_blank, trimmed
from imports.column_names import Field
from imports.columns import ColumnMap
from imports.conventions import Certainty, Reading
from imports.errors import ValueUnreadable
from imports.mapping import ValueMap
from imports.moments import DayOrder, day_order, in_zone, parse_day, parse_moment, parse_month
from imports.rejects import Reject
from imports.tables import Row, Table
from imports.words import Standing, standing_of
from pipeline.models import Outcome

Parsed = TypeVar("Parsed")

MOST = Decimal("999999999999.99")
LONGEST: Mapping[Field, int] = {
    Field.EXTERNAL_ID: 100,
    Field.TITLE: 200,
    Field.COMPANY: 200,
    Field.PERSON: 80,
    Field.OWNER: 80,
    Field.TEAM: 80,
    Field.PRODUCT: 200,
    Field.SOURCE: 80,
    Field.LOSS_REASON: 500,
    Field.NEXT_STEP: 200,
    Field.NOTE: 4000,
}
_DATE_FIELDS = (Field.OPENED_AT, Field.CLOSED_AT, Field.EXPECTED_CLOSE_ON, Field.AT, Field.MONTH)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC; `is_day` when the file gave the day only and the time is ours."""

    at: datetime
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How foreign values are to be understood, as far as the file itself does not say."""

    zone: tzinfo
    currency: str = "EUR"
    order: DayOrder | None = None
    sign: DecimalSign | None = None
    values: ValueMap = field(default_factory=ValueMap)
    own_words: Mapping[str, Standing] = field(default_factory=dict)
    # Under which external id a foreign id is kept here.
    key_of: Callable[[str], str] = str


class Interpreter:
    """Reads the rows of one table; knows how its columns write days and numbers, counts the words it met."""

    def __init__(self, table: Table, columns: ColumnMap, settings: Settings) -> None:
        self.table, self.columns, self.settings = table, columns, settings
        self.orders = _day_orders(table, columns, settings.order)
        value = columns.fields.get(Field.VALUE)
        self.sign = None if value is None else decimal_sign(table.column(value), given=settings.sign)
        self.understood: Counter[tuple[Field, str, str]] = Counter()
        self.unmapped: Counter[tuple[Field, str]] = Counter()

    def rows(self, build: Callable[["RowValues"], Parsed | None]) -> tuple[list[Parsed], list[Reject]]:
        """What `build` makes of each good row, and the rows in which something is wrong."""
        good = []
        rejects = [Reject(row.line, row.cells, row.reason) for row in self.table.bad_rows]
        for row in self.table.rows:
            values = RowValues(self, row)
            parsed = build(values)
            if parsed is None or values.problems:
                rejects.append(Reject(row.line, row.cells, joined(values.problems)))
            else:
                good.append(parsed)
        return good, rejects

    def readings(self) -> dict[str, dict[str, str | int]]:
        """How days and numbers were read, by field."""
        found = {name.value: order.summary() for name, order in self.orders.items()}
        return found if self.sign is None else {**found, Field.VALUE.value: self.sign.summary()}


class RowValues:
    """The values of one row; what cannot be read is nothing, and noted in `problems`."""

    def __init__(self, interpreter: Interpreter, row: Row) -> None:
        self.line, self.problems = row.line, list[str]()
        self._cells, self._of = row.cells, interpreter

    def text(self, name: Field) -> str:
        """The text of a field, the user's word for it where there is one."""
        cell = self._of.columns.cell(self._cells, name)
        text = "" if is_blank(cell) else trimmed(cell)
        if len(text) > LONGEST.get(name, 200):
            self.problems.append(
                _("“%(field)s” is longer than %(limit)s characters.")
                % {"field": name, "limit": LONGEST.get(name, 200)}
            )
            return ""
        return self._of.settings.values.ours(name, text) if text else ""

    def key(self) -> str:
        """The external id, which no row may lack."""
        text = self.text(Field.EXTERNAL_ID)
        if not text and not self.problems:
            self.problems.append(_("The external id is missing."))
        return self._of.settings.key_of(text)

    def foreign_key(self, name: Field) -> str:
        """The id of something else; of several, parted by semicolons, the first."""
        return self._of.settings.key_of(self.text(name).partition(";")[0].strip())

    def moment(self, name: Field) -> Moment | None:
        """A moment in UTC, a day without time as its noon."""
        parsed = self._tried(lambda: parse_moment(self._cell(name), self._order(name)))
        if parsed is None:
            return None
        return Moment(in_zone(parsed, self._of.settings.zone), is_day=not isinstance(parsed, datetime))

    def day(self, name: Field) -> date | None:
        """A day."""
        return self._tried(lambda: parse_day(self._cell(name), self._order(name), self._of.settings.zone))

    def month(self) -> date | None:
        """The first day of a month: `2026-05`, `5/2026`, `Mai 2026`, or any day in it."""
        name = Field.MONTH
        return self._tried(lambda: parse_month(self._cell(name), self._order(name), self._of.settings.zone))

    def amount(self) -> Amount | None:
        """The value in cents; its currency is that of its sign, its column, the header, or the usual one."""
        sign = self._of.sign.convention if self._of.sign else None
        amount = self._tried(lambda: parse_amount(self._cell(Field.VALUE), sign))
        stated = self._tried(lambda: currency_code(self.text(Field.CURRENCY))) or ""
        if amount and not 0 <= amount.number <= MOST:
            self.problems.append(
                _("The value %(value)s is negative or too large.") % {"value": amount.number}
            )
            return None
        if amount and amount.currency and stated and amount.currency != stated:
            self.problems.append(
                _("The value is in %(sign)s, the currency says %(column)s.")
                % {"sign": amount.currency, "column": stated}
            )
        default = self._of.columns.currency or self._of.settings.currency
        currency = (amount.currency if amount else "") or stated or default
        return Amount(rounded(amount.number), currency) if amount else Amount(Decimal(0), currency)

    def standing(self) -> Standing:
        """Where the deal stands: what the stage says, what the outcome says, and that they agree."""
        words = [self._word(name) for name in (Field.STAGE, Field.OUTCOME)]
        stages = {word.stage for word in words if word.stage}
        outcomes = {word.outcome for word in words if word.outcome}
        closed = outcomes - {Outcome.OPEN}
        if len(stages) > 1 or len(closed) > 1 or (closed and words[1].outcome == Outcome.OPEN):
            self.problems.append(_("Stage and outcome contradict each other."))
        return Standing(next(iter(stages), None), next(iter(closed or outcomes), None))

    def says(self, name: Field) -> bool:
        """Whether anything stands in the column of a field."""
        return not is_blank(self._cell(name))

    def count_unmapped(self, name: Field) -> None:
        """Count a word of the file for which we have none."""
        self._of.unmapped[name, trimmed(self._cell(name))[:200]] += 1

    def _word(self, name: Field) -> Standing:
        cell = self._cell(name)
        if is_blank(cell):
            return Standing()
        theirs, ours = trimmed(cell)[:200], self.text(name)
        standing = standing_of(ours, self._of.settings.own_words)
        if standing is None:
            self.count_unmapped(name)
            self.problems.append(
                _("“%(value)s” is no known stage or outcome; map it with “%(field)s:%(value)s=…”.")
                % {"value": theirs, "field": name}
            )
            return Standing()
        self._of.understood[name, theirs, _meaning(standing)] += 1
        return standing

    def _cell(self, name: Field) -> Cell:
        return self._of.columns.cell(self._cells, name)

    def _order(self, name: Field) -> DayOrder | None:
        reading = self._of.orders.get(name)
        return reading.convention if reading else None

    def _tried(self, read: Callable[[], Parsed]) -> Parsed | None:
        try:
            return read()
        except ValueUnreadable as unreadable:
            self.problems.append(str(unreadable))
            return None


def _meaning(standing: Standing) -> str:
    parts = [standing.stage.name.lower() if standing.stage else "", standing.outcome or ""]
    return " ".join(filter(None, parts))


def _day_orders(table: Table, columns: ColumnMap, given: DayOrder | None) -> dict[Field, Reading[DayOrder]]:
    """The order of each column of dates; one that leaves it open follows the others of its file."""
    cells = {name: table.column(columns.fields[name]) for name in _DATE_FIELDS if name in columns}
    orders = {name: day_order(column, given=given) for name, column in cells.items()}
    told = {order.convention for order in orders.values() if order.certainty in _TELLING and order.convention}
    if len(told) == 1:
        usual = told.pop()
        open_ones = [name for name, order in orders.items() if order.certainty == Certainty.ASSUMED]
        orders |= {name: day_order(cells[name], given=usual) for name in open_ones}
    return orders


_TELLING: Sequence[Certainty] = (Certainty.PLAIN, Certainty.DECIDED)
