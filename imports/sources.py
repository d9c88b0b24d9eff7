"""A foreign file, understood: its rows as values, and those in which something is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from imports.cells import trimmed
from imports.column_names import Field
from imports.columns import ColumnMap, recognise, require
from imports.deal_rows import CHANGE_FIELDS, DEAL_FIELDS, ChangeRow, DealRow, change_row, deal_row
from imports.errors import ColumnsUnknown
from imports.rejects import Reject
from imports.rows import Interpreter, Settings
from imports.tables import Table
from imports.target_rows import TARGET_FIELDS, TargetRow, target_row

Parsed = TypeVar("Parsed", DealRow, ChangeRow, TargetRow)


@dataclass(slots=True)
class Source(Generic[Parsed]):
    """One file: how it was understood, its good rows, and the others. Rows can still be rejected later."""

    interpreter: Interpreter
    rows: list[Parsed]
    rejects: list[Reject]

    @property
    def headers(self) -> list[str]:
        """The columns of the file."""
        return self.interpreter.table.headers

    @property
    def read(self) -> int:
        """How many rows the file has, good and bad."""
        return len(self.interpreter.table.rows) + len(self.interpreter.table.bad_rows)

    def reject(self, lines: Sequence[int], reason: str) -> None:
        """Reject rows that looked good at first."""
        wanted = set(lines)
        rows = (row for row in self.interpreter.table.rows if row.line in wanted)
        self.rejects.extend(Reject(row.line, row.cells, reason) for row in rows)

    def broken_deals(self) -> dict[str, int]:
        """The deals of which a row is rejected, with the line; some rows do not tell their deal."""
        index = self.interpreter.columns.fields[Field.EXTERNAL_ID]
        keyed = (
            (trimmed(reject.cells[index]), reject) for reject in self.rejects if len(reject.cells) > index
        )
        return {key: reject.line for key, reject in keyed if key}


def understand_deals(
    table: Table, settings: Settings, given: Sequence[str], *, has_history: bool
) -> Source[DealRow]:
    """Read a table of deals. Its stages may be missing where a table of stage changes has them."""
    columns = _columns(table, DEAL_FIELDS, given)
    require(columns, [Field.EXTERNAL_ID])
    if not has_history:
        _require_standing(columns)
    interpreter = Interpreter(table, columns, settings)
    return Source(interpreter, *interpreter.rows(deal_row))


def understand_changes(table: Table, settings: Settings, given: Sequence[str]) -> Source[ChangeRow]:
    """Read a table of stage changes."""
    columns = _columns(table, CHANGE_FIELDS, given)
    require(columns, [Field.EXTERNAL_ID, Field.AT])
    _require_standing(columns)
    interpreter = Interpreter(table, columns, settings)
    return Source(interpreter, *interpreter.rows(change_row))


def understand_targets(table: Table, settings: Settings, given: Sequence[str]) -> Source[TargetRow]:
    """Read a table of targets."""
    columns = recognise(table.headers, TARGET_FIELDS, given=given, column=table.column)
    require(columns, [Field.MONTH, Field.VALUE])
    if Field.TEAM not in columns:
        require(columns, [Field.OWNER])
    interpreter = Interpreter(table, columns, settings)
    return Source(interpreter, *interpreter.rows(target_row))


def refuse_unknown_columns(given: Sequence[str], tables: Sequence[tuple[Table, Sequence[Field]]]) -> None:
    """Refuse a word of the user about columns that fits none of the tables."""
    for text in given:
        if not any(_fits(table, wanted, text) for table, wanted in tables):
            table, wanted = tables[0]
            recognise(table.headers, wanted, given=[text])


def _columns(table: Table, wanted: Sequence[Field], given: Sequence[str]) -> ColumnMap:
    fitting = [text for text in given if _fits(table, wanted, text)]
    return recognise(table.headers, wanted, given=fitting, column=table.column)


def _fits(table: Table, wanted: Sequence[Field], text: str) -> bool:
    try:
        recognise(table.headers, wanted, given=[text])
    except ColumnsUnknown:
        return False
    return True


def _require_standing(columns: ColumnMap) -> None:
    if Field.OUTCOME not in columns:
        require(columns, [Field.STAGE])
