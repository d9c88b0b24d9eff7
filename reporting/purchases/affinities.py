"""Counting which products go together, over everything that was bought, and keeping the strongest.

No reader waits for it: a worker counts at night and after an import. The numbers name no customer and rest
on three of them or more, so everybody reads the same ones, whichever orders they may see.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from offers.models import Order, OrderLine
from reporting.models import Affinity

# In fewer baskets, or of fewer customers, two products meet by chance.
LEAST_SUPPORT = 3
# Of each product so many others are kept, those with the largest share.
MOST_OTHERS = 20

TOGETHER = """
WITH held AS MATERIALIZED (SELECT DISTINCT order_id, product_id FROM ({lines}) AS lines),
     alone AS (SELECT product_id, count(*) AS baskets FROM held GROUP BY product_id),
     pairs AS (
       SELECT one.product_id AS has, two.product_id AS other, count(*) AS both_times
       FROM held one JOIN held two ON two.order_id = one.order_id AND two.product_id <> one.product_id
       GROUP BY 1, 2 HAVING count(*) >= %s
     ),
     whole AS (SELECT count(DISTINCT order_id) AS baskets FROM held)
SELECT has, other, both_times, one.baskets, two.baskets, whole.baskets,
       both_times::float8 * whole.baskets / (one.baskets::float8 * two.baskets)
FROM pairs JOIN alone one ON one.product_id = has JOIN alone two ON two.product_id = other, whole
"""
# Whoever bought a product, and on a later day for the first time a dearer one of its group.
MOVED_UP = """
WITH bought AS MATERIALIZED (
       SELECT product_id, coalesce(order__company_id, -order__person_id) AS customer,
              min(order__ordered_on) AS since
       FROM ({lines}) AS lines GROUP BY 1, 2
     ),
     alone AS (SELECT product_id, count(*) AS customers FROM bought GROUP BY product_id)
SELECT one.product_id, two.product_id, count(*), min(alone.customers), 0, 0, NULL::float8
FROM bought one
JOIN catalog_product low ON low.id = one.product_id
JOIN catalog_product high ON high.group_id = low.group_id AND high.price > low.price
                         AND high.currency = low.currency AND high.billing = low.billing
JOIN bought two ON two.customer = one.customer AND two.product_id = high.id AND two.since > one.since
JOIN alone ON alone.product_id = one.product_id
GROUP BY 1, 2 HAVING count(*) >= %s
"""
KEEP = """
INSERT INTO reporting_affinity
       (kind, has_id, other_id, count, base, other_base, baskets, lift, confidence, counted_at)
SELECT %s, has, other, both_times, base, other_base, baskets, lift,
       both_times::float8 / base, %s
FROM (
  SELECT *, row_number() OVER (PARTITION BY has ORDER BY both_times::float8 / base DESC, other) AS place
  FROM ({counted}) AS counted (has, other, both_times, base, other_base, baskets, lift)
  WHERE lift IS NULL OR lift > 1
) AS ranked WHERE place <= %s
"""


@transaction.atomic
def count_affinities() -> int:
    """Count everything anew; answer how many are kept. Who counts at the same time waits and counts again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('reporting.affinities'))")
        cursor.execute("DELETE FROM reporting_affinity")
        now = timezone.now()
        kept = _keep(cursor, Affinity.Kind.TOGETHER, TOGETHER, ["order_id", "product_id"], now)
        facts = ["product_id", "order__company_id", "order__person_id", "order__ordered_on"]
        return kept + _keep(cursor, Affinity.Kind.MOVED_UP, MOVED_UP, facts, now)


def counted_at() -> datetime | None:
    """When they were counted; None before the first time, or when nothing is bought together."""
    return Affinity.objects.order_by("-counted_at").values_list("counted_at", flat=True).first()


def _keep(cursor: CursorWrapper, kind: str, counting: str, facts: list[str], now: datetime) -> int:
    lines = OrderLine.objects.filter(order__in=Order.objects.bought(), product__isnull=False)
    sql, params = lines.order_by().values(*facts).query.sql_with_params()
    values = [kind, now, *params, LEAST_SUPPORT, MOST_OTHERS]
    cursor.execute(KEEP.format(counted=counting.format(lines=sql)), values)
    return cursor.rowcount
