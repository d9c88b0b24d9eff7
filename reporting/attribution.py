"""What a lead is owed to, by source or campaign: its first touch, its last, or all of them in equal parts.

What came after the lead was converted or disqualified has no part in that, and is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.db import connection

from leads.models import Campaign, LeadQuerySet, Source

Owed: TypeAlias = Literal["source", "campaign"]
NAMED: dict[Owed, type[Source] | type[Campaign]] = {"source": Source, "campaign": Campaign}
_CREDIT = """
WITH chosen (id) AS ({leads}),
told AS (
  SELECT touch.lead_id, touch.{to}_id AS owed,
         row_number() OVER first_to_last AS place,
         count(*) OVER (PARTITION BY touch.lead_id) AS touches
    FROM leads_touch touch
    JOIN chosen ON chosen.id = touch.lead_id
    JOIN leads_lead lead ON lead.id = touch.lead_id
   WHERE lead.state IN ('new', 'working', 'qualified')
      OR touch.at <= greatest(lead.state_since, lead.received_at)
  WINDOW first_to_last AS (PARTITION BY touch.lead_id ORDER BY touch.at, touch.id)
)
SELECT told.owed,
       count(*) FILTER (WHERE place = 1),
       count(*) FILTER (WHERE place = touches),
       sum(1.0 / touches),
       count(*) FILTER (WHERE place = 1 AND deal.outcome = 'won'),
       count(*) FILTER (WHERE place = touches AND deal.outcome = 'won'),
       coalesce(sum(1.0 / touches) FILTER (WHERE deal.outcome = 'won'), 0)
  FROM told LEFT JOIN pipeline_deal deal ON deal.lead_id = told.lead_id AND deal.voided_at IS NULL
 GROUP BY 1
"""


@dataclass(frozen=True)
class Credit:
    """What one source or campaign is owed by each way of counting: leads, and won deals."""

    key: str
    name: str
    first: int
    last: int
    linear: float
    won_first: int
    won_last: int
    won_linear: float


def attribution(leads: LeadQuerySet, to: Owed = "source") -> list[Credit]:
    """The credit of each for these leads; each way of counting adds up to the leads with touches."""
    query, params = leads.order_by().values("pk").query.sql_with_params()
    names = {row.pk: row.name for row in NAMED[to]._default_manager.all()}
    with connection.cursor() as cursor:
        cursor.execute(_CREDIT.format(leads=query, to=to), params)
        rows: Iterable[tuple] = cursor.fetchall()
    credits = [
        Credit(str(pk or ""), names.get(pk, ""), first, last, float(linear), w_first, w_last, float(w_linear))
        for pk, first, last, linear, w_first, w_last, w_linear in rows
    ]
    return sorted(credits, key=lambda one: (-one.first, one.name))
