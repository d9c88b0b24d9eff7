"""What a table that can be brought in is: its columns, how its rows are found again and written.

A new table is one module with a TableKind in it, named in `imports.kinds`.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from django.utils.functional import Promise

from core.sentences import joined
from imports.column_specs import Column
from imports.columns import PREFIXES, ColumnMap, recognise
from imports.read_rows import ReadRow, RowReader
from imports.run import Run
from imports.tables import Table

CHUNK = 1000


class TableKind:
    """One table that can be brought in. `take_in` writes; a trial run is a real one that is rolled back."""

    code: str
    label: str | Promise
    # What one row of it is, for counts.
    one: str | Promise
    # Tables come in by this order: what others refer to comes first.
    order: int
    # Whether reps may bring in their own lists of it, with themselves as owner.
    is_for_reps = False
    prefixes: Sequence[str] = PREFIXES
    # By what existing rows may be found, the surest first: code of the column to its label.
    keys: dict[str, str | Promise] = {}

    def columns(self) -> list[Column]:
        """The columns it may have, in the order in which they claim the columns of a file."""
        raise NotImplementedError

    def missing(self, mapped: Collection[str]) -> str:
        """Why a file with these columns cannot be taken in; nothing if it can."""
        raise NotImplementedError

    def take_in(self, rows: Sequence[ReadRow], run: Run) -> None:
        """Write good rows: `run` is told what was made, changed, rejected and doubted."""
        raise NotImplementedError

    def recognise(self, table: Table) -> ColumnMap:
        """Which column of a file is what, as far as their names tell."""
        columns = self.columns()
        labels = {str(column.label): column.code for column in columns}
        if all(header in labels for header in table.headers):
            # The headers of our own example files.
            places = {labels[header]: index for index, header in enumerate(table.headers)}
            return ColumnMap(table.headers, places)
        names = {column.code: column.names for column in columns}
        return recognise(table.headers, list(names), names=names, prefixes=self.prefixes, column=table.column)

    def take_file(self, reader: RowReader, run: Run) -> None:
        """Take in all rows of a file, some at a time; whoever needs the whole file at once overrides this."""
        for bad in reader.table.bad_rows:
            run.reject(bad.line, bad.cells, bad.reason)
        for rows in _chunks(reader.rows()):
            good = [row for row in rows if not row.problems]
            for row in rows:
                if row.problems:
                    run.reject(row.line, row.cells, joined(row.problems))
            run.guarded(self.take_in, good)
            run.advance(len(rows))

    def usual_key(self, mapped: Collection[str]) -> str:
        """The surest key that the file has a column for; the last one needs none of its own."""
        return next((key for key in self.keys if key in mapped), next(reversed(self.keys), ""))


def _chunks(rows: Iterator[ReadRow]) -> Iterator[list[ReadRow]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
