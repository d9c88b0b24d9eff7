"""What counts as a purchase, and the mirror of it on companies and persons. The one place of this rule.

A purchase is an order that stands (neither cancelled nor voided) and has no deal or a won one; and a won
deal without such an order, on the day it was won. So a win and its order are one purchase, two orders of
one deal are two, and an order of a deal that is not won yet is none: its confirmation is the win. The
customer is the company, or the person where there is no company, as in pipeline.new_customers.

Orders and deals live in apps above this one and are read by the names of their tables; whoever writes them
calls `mirror_purchases` in the same transaction. A nightly check compares (offers.invariants).
"""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import connection

from contacts.models import Company, Person

_PURCHASES = """
WITH standing AS (
  SELECT company_id, person_id, deal_id, ordered_on FROM offers_order
   WHERE cancelled_at IS NULL AND voided_at IS NULL AND {of_customer}
), wins AS (
  SELECT id, company_id, person_id, (closed_at AT TIME ZONE %(zone)s)::date AS won_on FROM pipeline_deal
   WHERE outcome = 'won' AND voided_at IS NULL AND {of_customer}
), bought AS (
  SELECT {customer} AS id, ordered_on AS bought_on FROM standing
   WHERE deal_id IS NULL
      OR EXISTS (SELECT FROM pipeline_deal deal
                  WHERE deal.id = standing.deal_id AND deal.outcome = 'won' AND deal.voided_at IS NULL)
  UNION ALL
  SELECT {customer} AS id, won_on FROM wins
   WHERE NOT EXISTS (SELECT FROM offers_order o
                      WHERE o.deal_id = wins.id AND o.cancelled_at IS NULL AND o.voided_at IS NULL)
), counted AS (
  SELECT asked.id, count(bought.id) AS purchases, min(bought_on) AS first_on, max(bought_on) AS last_on
    FROM {table} asked LEFT JOIN bought ON bought.id = asked.id
   WHERE {asked}
   GROUP BY asked.id
)
UPDATE {table} ours
   SET purchases = counted.purchases, first_bought_on = counted.first_on, last_bought_on = counted.last_on
  FROM counted
 WHERE ours.id = counted.id
   AND (ours.purchases, ours.first_bought_on, ours.last_bought_on)
       IS DISTINCT FROM (counted.purchases::int, counted.first_on, counted.last_on)
RETURNING ours.id
"""
_LOCK = "SELECT id FROM {table} WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE"


def mirror_purchases(*customers: Company | Person | None) -> None:
    """Write what these customers bought; None is nobody. The caller's transaction holds orders and deals."""
    mirror_many(
        companies=[row.pk for row in customers if isinstance(row, Company)],
        persons=[row.pk for row in customers if isinstance(row, Person)],
    )


def mirror_many(*, companies: Iterable[int] = (), persons: Iterable[int] = ()) -> None:
    """As mirror_purchases, for many customers by their keys, in two statements for each kind."""
    for model, ids in ((Company, sorted(set(companies))), (Person, sorted(set(persons)))):
        if ids:
            # In the order of their keys, so that two imports wait for each other instead of colliding.
            _run(_LOCK.format(table=model._meta.db_table), ids)
            _run(_statement(model, only_asked=True), ids)


def repair_purchases() -> tuple[list[int], list[int]]:
    """Compare every company and person with what they bought; answer the keys of those that differed."""
    companies, persons = (_run(_statement(model, only_asked=False), []) for model in (Company, Person))
    return companies, persons


def _statement(model: type[Company] | type[Person], *, only_asked: bool) -> str:
    is_company = model is Company
    column = "company_id" if is_company else "person_id"
    of_kind = f"{column} IS NOT NULL" if is_company else f"{column} IS NOT NULL AND company_id IS NULL"
    return _PURCHASES.format(
        table=model._meta.db_table,
        customer=column,
        of_customer=f"{of_kind} AND {column} = ANY(%(ids)s)" if only_asked else of_kind,
        asked="asked.id = ANY(%(ids)s)" if only_asked else "TRUE",
    )


def _run(statement: str, ids: Sequence[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": list(ids), "zone": settings.TIME_ZONE})
        return [pk for (pk,) in cursor.fetchall()]
