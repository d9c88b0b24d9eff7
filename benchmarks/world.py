"""Loading the measured company: the same for the same seed and size, in a database of its own."""

from datetime import datetime
from random import Random

from django.db import connection, transaction

from benchmarks.copying import without_triggers
from benchmarks.customers import write_customers
from benchmarks.deals import Teller
from benchmarks.histories import write_history
from benchmarks.leads import write_leads
from benchmarks.offers import write_offers
from benchmarks.orders import write_orders
from benchmarks.staff import hire
from benchmarks.words import PRODUCTS, SOURCES, SUBJECTS
from catalog.models import Product, ProductGroup
from demo.management.commands.load_demo import empty_tables
from leads.models import Source
from reporting.purchases.affinities import count_affinities
from reporting.purchases.reorders import count_reorders

SEED = 7
# A hundred thousand companies and twice as many persons are what search and lists are to be quick with.
MOST_STRANGERS = 100_000
GROUPS = 8
# What the triggers and keys would have refused, asked of all rows at once.
ENDS_ELSEWHERE = """
SELECT count(*) FROM pipeline_deal deal LEFT JOIN LATERAL (
  SELECT to_stage, to_outcome FROM pipeline_stagechange WHERE deal_id = deal.id ORDER BY seq DESC LIMIT 1
) latest ON true
WHERE (latest.to_stage, latest.to_outcome) IS DISTINCT FROM (deal.stage, deal.outcome)
"""
FIRST_WINS = """
UPDATE pipeline_deal SET is_new_customer = false FROM (
  SELECT id, row_number() OVER (
    PARTITION BY company_id, CASE WHEN company_id IS NULL THEN person_id END ORDER BY closed_at, id
  ) AS place FROM pipeline_deal WHERE outcome = 'won'
) wins WHERE wins.id = pipeline_deal.id AND wins.place > 1
"""


def load(deals: int, now: datetime) -> None:
    """Throw away what is there and write a company with so many deals."""
    rng = Random(SEED)  # noqa: S311 - plausible, not secret
    with transaction.atomic():
        empty_tables()
        staff = hire()
        _write_wares()
        with without_triggers():
            strangers = min(deals, MOST_STRANGERS)
            customers = write_customers(deals, strangers, now.isoformat(), rng)
            Teller(staff, customers, now, rng).tell_all(deals)
            write_orders(customers, staff, now.date(), now.isoformat(), rng)
            write_leads(deals)
        with connection.cursor() as cursor:
            cursor.execute(FIRST_WINS)
        write_history(staff.reps[0][0], now, Random(SEED))  # noqa: S311 - plausible, not secret
    write_offers()
    count_affinities()
    count_reorders()
    _check()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _write_wares() -> None:
    Source.objects.bulk_create(Source(name=name) for name in SOURCES)
    groups = ProductGroup.objects.bulk_create(
        ProductGroup(name=f"Gruppe {number}") for number in range(GROUPS)
    )
    Product.objects.bulk_create(
        Product(
            number=f"P-{number:03}",
            name=f"{SUBJECTS[number % len(SUBJECTS)]} {number}",
            price=100,
            group=groups[number % GROUPS],
        )
        for number in range(PRODUCTS)
    )


def _check() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ENDS_ELSEWHERE)
        wrong = cursor.fetchone()[0]
    if wrong:
        raise AssertionError(f"The histories of {wrong} deals do not end in their present state.")
