"""Rows on their way into tables: collected as text, copied in batches."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from itertools import count

from django.db import connection, models

NULL = "\\N"


class Copied:
    """Rows of one model, numbered from 1; `fixed` says what a column holds in every row."""

    def __init__(self, model: type[models.Model], columns: str, **fixed: object) -> None:
        self.table = connection.ops.quote_name(model._meta.db_table)
        self.columns = ", ".join(["id", *columns.split(), *fixed])
        self._end = "".join(f"\t{_text(value)}" for value in fixed.values()) + "\n"
        self._keys = count(1)
        self._lines: list[str] = []

    def add(self, *values: object) -> int:
        """Take down one row; answer its key."""
        key = next(self._keys)
        self._lines.append("\t".join([str(key), *map(_text, values)]) + self._end)
        return key

    def copy(self) -> None:
        """Write what was taken down since the last time."""
        if not self._lines:
            return
        with connection.cursor() as cursor:
            rows = StringIO("".join(self._lines))
            cursor.cursor.copy_expert(f"COPY {self.table} ({self.columns}) FROM STDIN", rows)
        self._lines.clear()

    def finish(self) -> None:
        """Write the rest; keys made by the database go on behind the last one."""
        self.copy()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)",
                [self.table, next(self._keys)],
            )


def moment(seconds: float) -> str:
    """Seconds since 1970 as the database reads them."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


@contextmanager
def without_triggers() -> Iterator[None]:
    """Let foreign keys and triggers rest: they look at one row after the other.

    Only for rows that are checked as a whole afterwards, in a database that can be thrown away.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("RESET session_replication_role")


def _text(value: object) -> str:
    return NULL if value is None else str(value)
