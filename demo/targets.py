"""The targets of the demo company: a little more than what was reached, the same in every month of a year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from django.utils import timezone

from accounts.models import Team, User
from pipeline.models import Deal
from planning.models import Measure, SalesTarget

MONTHS = 12
# What was won in these days is the measure of what is aimed at in a year.
MEASURED = timedelta(days=365)
AMBITION = Decimal("1.08")
REVENUE_STEP = Decimal(5000)
# How many there have to be for each deal won.
PER_WIN = {Measure.WON: Decimal(1), Measure.OFFERS: Decimal("1.6"), Measure.APPOINTMENTS: Decimal("2.2")}

Owner = User | Team


def plan_targets(deals: Iterable[Deal], today: date) -> None:
    """Set the targets of this year and the last one, for the teams and for those who still sell in them."""
    wins: Counter[Owner] = Counter()
    worth: defaultdict[Owner, Decimal] = defaultdict(Decimal)
    for deal in deals:
        if _counts(deal, today):
            for owner in (deal.owner, deal.owner.team):
                wins[owner] += 1
                worth[owner] += deal.won_value or 0
    months = [date(year, month, 1) for year in (today.year - 1, today.year) for month in range(1, MONTHS + 1)]
    SalesTarget.objects.bulk_create(
        target
        for owner in wins
        if isinstance(owner, Team) or owner.is_active
        for month in months
        for target in _of_month(owner, month, wins[owner], worth[owner])
    )


def _counts(deal: Deal, today: date) -> bool:
    closed_at = deal.closed_at if deal.is_won and deal.currency == "EUR" else None
    return closed_at is not None and timezone.localdate(closed_at) > today - MEASURED


def _of_month(owner: Owner, month: date, wins: int, value: Decimal) -> Iterator[SalesTarget]:
    whose = {"team": owner} if isinstance(owner, Team) else {"rep": owner}
    revenue = value * AMBITION / MONTHS
    steps = (revenue / REVENUE_STEP).to_integral_value(ROUND_CEILING)
    yield SalesTarget(
        **whose, month=month, measure=Measure.REVENUE, currency="EUR", amount=steps * REVENUE_STEP
    )
    for measure, share in PER_WIN.items():
        amount = (wins * share * AMBITION / MONTHS).to_integral_value(ROUND_CEILING)
        yield SalesTarget(**whose, month=month, measure=measure, amount=amount)
