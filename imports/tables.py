"""A foreign table once it is read: header, good rows, bad rows; the same for CSV and workbooks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from django.utils.functional import Promise

from core.sentences import sentence as _
from core.sentences import spoken
from imports.cells import Cell, trimmed
from imports.errors import TableUnreadable


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken in before it is refused; from `unpacked_bytes` on they guard workbooks."""

    file_bytes: int = 100 * 2**20
    rows: int = 300_000
    columns: int = 500
    cells: int = 6_000_000
    cell_characters: int = 100_000
    unpacked_bytes: int = 400 * 2**20
    ratio: int = 200
    members: int = 1_000
    memory: int = 2 * 2**30
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Record:
    """Cells as they stand in the file, and the physical line of the first; `problem`: they cannot be told."""

    line: int
    cells: list[Cell]
    problem: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with exactly one cell per column, and its physical line (in a workbook: its row number)."""

    line: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not taken in, with the reason for the user; it may be wider or narrower than others."""

    line: int
    cells: list[Cell]
    reason: str


@dataclass(slots=True)
class Table:
    """What was read. `read_as` says how: format, encoding, delimiter, sheet."""

    headers: list[str]
    rows: list[Row]
    bad_rows: list[BadRow]
    read_as: dict[str, str] = field(default_factory=dict)

    def column(self, index: int) -> list[Cell]:
        """All cells of one column, good rows only."""
        return [row.cells[index] for row in self.rows]


def build_table(records: Iterable[Record], limits: Limits, read_as: dict[str, str]) -> Table:
    """Make a table of records: the first one that is not blank is the header.

    Blank rows and columns without name and content are left out; a row with fewer or more cells than the
    header is a bad row, unless everything beyond the header is blank.
    """
    source = iter(records)
    headers = _header(source, limits)
    table = Table(headers, [], [], read_as)
    for record in source:
        if not record.problem and not any(map(trimmed, record.cells)):
            continue
        _add(table, record, limits)
    _drop_blank_columns(table)
    table.headers = _named(table.headers)
    return table


def _header(source: Iterable[Record], limits: Limits) -> list[str]:
    for record in source:
        if record.problem:
            raise TableUnreadable(
                _("Line %(line)s (header): %(reason)s") % {"line": record.line, "reason": record.problem}
            )
        names = [" ".join(trimmed(cell).split()) for cell in record.cells]
        if not any(names):
            continue
        if len(names) > limits.columns:
            raise TableUnreadable(_("The table has more than %(limit)s columns.") % {"limit": limits.columns})
        return names
    raise TableUnreadable(_("The file holds no table: there is no line with column names."))


def _add(table: Table, record: Record, limits: Limits) -> None:
    if len(table.rows) + len(table.bad_rows) >= limits.rows:
        raise TableUnreadable(_("The table has more than %(limit)s rows.") % {"limit": limits.rows})
    width = len(table.headers)
    cells = record.cells
    if len(cells) > width and not any(map(trimmed, cells[width:])):
        cells = cells[:width]
    problem = record.problem or _problem(cells, width, limits)
    if problem:
        table.bad_rows.append(BadRow(record.line, record.cells, spoken(problem)))
    else:
        table.rows.append(Row(record.line, cells))


def _problem(cells: list[Cell], width: int, limits: Limits) -> str:
    if len(cells) != width:
        return _("The row has %(found)s cells, the header has %(expected)s.") % {
            "found": len(cells),
            "expected": width,
        }
    for cell in cells:
        if isinstance(cell, str) and len(cell) > limits.cell_characters:
            return _("A cell is longer than %(limit)s characters.") % {"limit": limits.cell_characters}
        if isinstance(cell, str) and "\x00" in cell:
            return _("A cell holds a NUL character, which is no text.")
    return ""


def _drop_blank_columns(table: Table) -> None:
    unnamed = [index for index, name in enumerate(table.headers) if not name]
    blank = {index for index in unnamed if not any(trimmed(row.cells[index]) for row in table.rows)}
    if not blank:
        return
    keep = [index for index in range(len(table.headers)) if index not in blank]
    table.headers = [table.headers[index] for index in keep]
    table.rows = [Row(row.line, [row.cells[index] for index in keep]) for row in table.rows]


def _named(headers: list[str]) -> list[str]:
    """Every column with a name of its own: `Column 3` for one without, `Name (2)` for the second of one."""
    taken: set[str] = set()
    names = []
    for position, header in enumerate(headers, start=1):
        stem = header or _("Column %(position)s") % {"position": position}
        others = (f"{stem} ({number})" for number in range(2, len(headers) + 2))
        name = next(candidate for candidate in chain([stem], others) if candidate not in taken)
        taken.add(name)
        names.append(name)
    return names
