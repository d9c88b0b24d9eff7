"""From the cells of a mapped table to values, with all that is wrong in a row."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import partial

from contacts.models import Channel
from core.errors import DomainError
from core.sentences import joined
from core.sentences import sentence as _
from extra_fields.values import read as read_extra
from imports.amounts import DecimalSign, decimal_sign, parse_number
from imports.cells import Cell, folded, is_blank, trimmed
from imports.column_specs import Column, ColumnKind, parted
from imports.columns import ColumnMap, normal_name
from imports.countries import country_code
from imports.errors import ValueUnreadable
from imports.moments import DayOrder, day_order, in_zone, parse_day, parse_moment
from imports.reach_values import email_address, phone_number, social_profile, web_address
from imports.tables import Row, Table

Values = dict[str, object]
MOST_WHOLE = 2**31 - 1
# What cannot be read as such is kept as text, beside the row and not in its place.
KEPT_AS_TEXT: dict[ColumnKind, Callable[[str], str | None]] = {
    ColumnKind.EMAIL: email_address,
    ColumnKind.WEB: web_address,
    ColumnKind.LINKEDIN: partial(social_profile, Channel.Kind.LINKEDIN),
    ColumnKind.XING: partial(social_profile, Channel.Kind.XING),
    ColumnKind.PROFILE: partial(social_profile, Channel.Kind.PROFILE),
}


@dataclass(frozen=True, slots=True)
class Conventions:
    """How the values of a file are written, where its cells do not tell, and the user's words for them."""

    zone: tzinfo
    order: DayOrder | None = None
    sign: DecimalSign | None = None
    # By code of the column and folded value of the file.
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # The users by folded name or address.
    users: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class ReadRow:
    """A row as values by code; `remarks` hold what is kept as text, `problems` why it is not taken in."""

    line: int
    cells: Sequence[Cell]
    values: Values = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    # Words for people whom we do not know, and moments of which only the day is known; by code.
    unknown: dict[str, str] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)

    def text(self, code: str) -> str:
        """A text, empty where nothing is said."""
        return str(self.values.get(code) or "")

    def words(self, code: str) -> list[str]:
        """What a column of several words means."""
        value = self.values.get(code)
        return [str(one) for one in value] if isinstance(value, list) else []

    def number(self, code: str) -> Decimal | None:
        """A number of an amount column."""
        value = self.values.get(code)
        return value if isinstance(value, Decimal) else None

    def key(self, code: str) -> int | None:
        """The row of ours that a mapped word stands for."""
        value = self.values.get(code)
        return int(str(value)) if value and str(value).isdigit() else None

    def moment(self, code: str) -> datetime | None:
        """A moment."""
        value = self.values.get(code)
        return value if isinstance(value, datetime) else None


class RowReader:
    """Reads the rows of one table under the columns that it was mapped to."""

    def __init__(
        self, table: Table, columns: ColumnMap, specs: Sequence[Column], conventions: Conventions
    ) -> None:
        self.table, self.columns, self.conventions = table, columns, conventions
        self._specs = [spec for spec in specs if spec.code in columns]
        self._country = next((spec for spec in self._specs if spec.kind == ColumnKind.COUNTRY), None)
        self._orders = self._conventions_of((ColumnKind.DAY, ColumnKind.MOMENT), day_order, conventions.order)
        numbers = (ColumnKind.AMOUNT, ColumnKind.NUMBER, ColumnKind.EXTRA)
        self._signs = self._conventions_of(numbers, decimal_sign, conventions.sign)
        self.unmapped: Counter[tuple[str, str]] = Counter()

    def rows(self) -> Iterator[ReadRow]:
        """Every row that has the cells it should have."""
        for row in self.table.rows:
            yield self._read(row)

    def _conventions_of(self, kinds: Sequence[str], decide: Callable, given: object) -> dict[str, object]:
        columns = {
            spec.code: self.table.column(self.columns.fields[spec.code])
            for spec in self._specs
            if spec.kind in kinds
        }
        return {code: decide(cells, given=given).convention for code, cells in columns.items()}

    def _read(self, row: Row) -> ReadRow:
        read = ReadRow(row.line, row.cells)
        region = self._region(row)
        for spec in self._specs:
            cell = self.columns.cell(row.cells, spec.code)
            if is_blank(cell):
                continue
            try:
                value = self._value(spec, cell, region, read)
            except (ValueUnreadable, DomainError) as problem:
                read.problems.append(joined([spec.label, problem.message], ": "))
                continue
            if value not in (None, "", []):
                read.values[spec.code] = value
        return read

    def _region(self, row: Row) -> str:
        cell = self.columns.cell(row.cells, self._country.code) if self._country else None
        return "" if is_blank(cell) else country_code(trimmed(cell)) or ""

    def _value(self, spec: Column, cell: Cell, region: str, read: ReadRow) -> object:
        if spec.kind in (ColumnKind.DAY, ColumnKind.MOMENT):
            return self._date(spec, cell, read)
        if spec.kind in (ColumnKind.AMOUNT, ColumnKind.NUMBER):
            return self._number(spec, cell)
        if spec.is_mapped:
            return self._mapped(spec, cell, read)
        if spec.kind == ColumnKind.EXTRA:
            mark = self._signs.get(spec.code)
            return read_extra(spec.extra, cell, decimal_mark=str(mark or ""))  # type: ignore[arg-type]
        return self._text(spec, trimmed(cell), region, read)

    def _date(self, spec: Column, cell: Cell, read: ReadRow) -> object:
        order: DayOrder | None = self._orders[spec.code]  # type: ignore[assignment]
        if spec.kind == ColumnKind.DAY:
            return parse_day(cell, order, self.conventions.zone)
        moment = parse_moment(cell, order)
        if not isinstance(moment, datetime):
            read.days.add(spec.code)
        return None if moment is None else in_zone(moment, self.conventions.zone)

    def _number(self, spec: Column, cell: Cell) -> object:
        sign: DecimalSign | None = self._signs[spec.code]  # type: ignore[assignment]
        number = parse_number(cell, sign)
        if spec.kind == ColumnKind.AMOUNT or number is None:
            return number
        if number != number.to_integral_value() or not 0 <= number <= MOST_WHOLE:
            raise ValueUnreadable(_("“%(value)s” is no whole number.") % {"value": trimmed(cell)[:40]})
        return int(number)

    def _mapped(self, spec: Column, cell: Cell, read: ReadRow) -> object:
        """Our word for theirs: as the user said, else the usual one; an unknown one is counted."""
        if spec.holds_many:
            ours = [self._meaning(spec, theirs[:200], read) for theirs in parted(trimmed(cell))]
            return [one for one in ours if one is not None]
        return self._meaning(spec, trimmed(cell)[:200], read)

    def _meaning(self, spec: Column, theirs: str, read: ReadRow) -> object:
        said = self.conventions.values.get(spec.code, {})
        if folded(theirs) in said:
            return said[folded(theirs)] or None
        if spec.kind == ColumnKind.USER:
            ours: object = self.conventions.users.get(folded(theirs))
        else:
            ours = spec.words.get(normal_name(theirs))
        if ours is None:
            self.unmapped[spec.code, theirs] += 1
            read.unknown[spec.code] = theirs
        return ours

    def _text(self, spec: Column, text: str, region: str, read: ReadRow) -> object:
        if spec.kind == ColumnKind.COUNTRY:
            return country_code(text) or _remarked(spec, text, read)
        if spec.kind == ColumnKind.PHONE:
            return phone_number(text, region) or _remarked(spec, text, read)
        if spec.kind in KEPT_AS_TEXT:
            return KEPT_AS_TEXT[spec.kind](text) or _remarked(spec, text, read)
        if len(text) > spec.longest:
            raise ValueUnreadable(_("longer than %(limit)s characters.") % {"limit": spec.longest})
        return text


def _remarked(spec: Column, text: str, read: ReadRow) -> str:
    read.remarks.append(f"{spec.label}: {text[:200]}")
    return ""
