"""Many rows at once to and from Postgres: by COPY, without a model instance for each of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import Final

import numpy as np
from django.db import connection
from django.db.models import Model, QuerySet
from numpy.typing import NDArray

# Of COPY (FORMAT binary): signature, flags and extension before the rows, two bytes behind them.
_HEAD: Final = 19
_FOOT: Final = 2
_ROWS_AT_ONCE: Final = 20_000
# What COPY reads as something else than text.
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def read_columns(rows: QuerySet, width: int) -> list[NDArray[np.int64]]:
    """Read rows of so many columns, every one of them a bigint or a moment, and none of them NULL.

    Moments come in microseconds since the year 2000, infinity as the greatest number.
    """
    sql, params = rows.query.sql_with_params()
    answer = BytesIO()
    with connection.cursor() as cursor:
        query = cursor.mogrify(sql, params).decode()
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", answer)
    fields = [part for place in range(width) for part in ((f"length{place}", ">i4"), (str(place), ">i8"))]
    row = np.dtype([("width", ">i2"), *fields])
    count, rest = divmod(answer.tell() - _HEAD - _FOOT, row.itemsize)
    if rest:
        raise ValueError("A column is NULL or not eight bytes wide.")
    table = np.frombuffer(answer.getbuffer(), row, count=count, offset=_HEAD)
    return [table[str(place)].astype(np.int64) for place in range(width)]


def write_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Add rows to the table of a model; columns that are not named get their default."""
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    source = iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(source, _ROWS_AT_ONCE)):
            text = "".join("\t".join(map(_text, row)) + "\n" for row in some)
            cursor.copy_expert(statement, StringIO(text))


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    return value.isoformat() if isinstance(value, datetime) else str(value)
