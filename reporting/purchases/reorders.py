"""Counting the rhythm of each customer and product, as offers.bought does for one customer; no forecast.

Kept are products ordered on three days or more, by customers who are not archived, until three intervals have
passed since the last order: who has not ordered for longer has stopped, and is dormant rather.
"""

from django.db import connection, transaction

from offers.bought import FEWEST_DAYS
from offers.models import Order, OrderLine

COUNTED = """
WITH days AS (
  SELECT product_id, company_id, CASE WHEN company_id IS NULL THEN person_id END AS person_id, currency,
         ordered_on, sum(net) AS net
  FROM ({lines}) AS lines (product_id, company_id, person_id, currency, ordered_on, net)
  GROUP BY 1, 2, 3, 4, 5
), gaps AS (
  SELECT *, ordered_on - lag(ordered_on) OVER (
    PARTITION BY product_id, company_id, person_id, currency ORDER BY ordered_on) AS gap
  FROM days
), habits AS (
  SELECT product_id, company_id, person_id, currency, count(*) AS times, max(ordered_on) AS last_on,
         round(percentile_cont(0.5) WITHIN GROUP (ORDER BY gap))::int AS usual,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY net)::numeric(14, 2) AS usual_net
  FROM gaps GROUP BY 1, 2, 3, 4 HAVING count(*) >= %s
)
INSERT INTO reporting_reorder
       (product_id, company_id, person_id, currency, times, last_on, interval, due_on, usual_net)
SELECT habits.product_id, habits.company_id, habits.person_id, habits.currency, times, last_on, usual,
       last_on + usual, usual_net
FROM habits
LEFT JOIN contacts_company company ON company.id = habits.company_id
LEFT JOIN contacts_person person ON person.id = habits.person_id
JOIN catalog_product product ON product.id = habits.product_id AND product.is_active
WHERE usual > 0 AND last_on + 3 * usual >= CURRENT_DATE
  AND company.archived_at IS NULL AND person.archived_at IS NULL
  AND (company.id IS NOT NULL OR person.id IS NOT NULL)
"""


@transaction.atomic
def count_reorders() -> int:
    """Count all of them anew; answer how many customers have a rhythm with a product."""
    facts = (
        "product_id",
        "order__company_id",
        "order__person_id",
        "order__currency",
        "order__ordered_on",
        "net",
    )
    lines = OrderLine.objects.filter(order__in=Order.objects.bought(), product__isnull=False)
    sql, params = lines.order_by().values(*facts).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('reporting.reorders'))")
        cursor.execute("DELETE FROM reporting_reorder")
        cursor.execute(COUNTED.format(lines=sql), [*params, FEWEST_DAYS])
        return cursor.rowcount
