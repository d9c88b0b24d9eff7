"""Customers who have not ordered for longer than usual for them.

The rhythm is that of offers.bought: the median of the days between one order day and the next, from three
order days on; a customer is silent from the day after the last order day plus that interval.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from offers.bought import FEWEST_DAYS
from offers.models import Order

SILENT = """
WITH day AS ({days}),
gap AS (
    SELECT company_id, ordered_on,
           ordered_on - lag(ordered_on) OVER (PARTITION BY company_id ORDER BY ordered_on) AS days
    FROM day
),
rhythm AS (
    SELECT company_id, max(ordered_on) AS last_on,
           round(percentile_cont(0.5) WITHIN GROUP (ORDER BY days))::int AS days
    FROM gap GROUP BY company_id HAVING count(*) >= %s
)
SELECT rhythm.company_id, rhythm.last_on, rhythm.last_on + rhythm.days + 1 + %s AS falls_due_on
FROM rhythm JOIN contacts_company company ON company.id = rhythm.company_id
WHERE company.archived_at IS NULL AND company.owner_id IS NOT NULL {only}
ORDER BY falls_due_on, company_id
"""


@dataclass(frozen=True)
class Silent:
    """A customer with a rhythm, and the day on which a rule acts."""

    company_id: int
    last_on: date
    falls_due_on: date

    @property
    def occasion(self) -> str:
        """The same as long as nothing is ordered."""
        return f"order-{self.last_on}"

    @property
    def is_due(self) -> bool:
        """Whether that day has come."""
        return self.falls_due_on <= timezone.localdate()


def customers_with_rhythm(days: int, company_id: int | None = None) -> list[Silent]:
    """Every customer somebody is in charge of, or one, that has a rhythm; `days` more than usual."""
    bought = Order.objects.bought().filter(company__isnull=False).order_by()
    if company_id is not None:
        bought = bought.filter(company=company_id)
    sql, params = bought.values("company_id", "ordered_on").distinct().query.sql_with_params()
    only = "" if company_id is None else "AND company.id = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            SILENT.format(days=sql, only=only),
            [*params, FEWEST_DAYS, days, *([] if company_id is None else [company_id])],
        )
        return [Silent(*row) for row in cursor.fetchall()]
