"""What Postgres believes of its tables when it plans how to join them."""

from django.db import connection, models


def tell_planner(*tables: type[models.Model]) -> None:
    """Have these tables counted now, in the caller's transaction.

    For those that were just filled: a planner that believes in an empty table would join row by row.
    """
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
