"""Numbers and moments of many rows, read from Postgres as columns: no object is made for a single one."""

from io import BytesIO
from typing import Final

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

# Of COPY (FORMAT binary): signature, flags and extension before the rows, two bytes behind them.
_HEAD: Final = 19
_FOOT: Final = 2


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
