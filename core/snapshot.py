"""One snapshot for many reads, so that the numbers of a report agree."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Run a block in one REPEATABLE READ transaction.

    The level has to be the first statement of its transaction: called inside another one, the block joins it
    and reads at its level.
    """
    joins = connection.in_atomic_block
    with transaction.atomic():
        if not joins:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
