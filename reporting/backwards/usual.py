"""The amount a plan begins with where none is typed."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Sum

from planning.models import Goal, Measure, Planned, SalesTarget
from reporting import counts
from reporting.backwards.asked import currency_of
from reporting.periods import Period, rolling_year
from reporting.selection import Selection
from reporting.target_status import months_in

ROUND_TO: Final = Decimal(1000)
DAYS_OF_A_YEAR: Final = Decimal(365)


def usual_amount(planned: Planned, goal: str, period: Period, today: date) -> Decimal:
    """The target that is set, else what as long a time brought in the last twelve months."""
    is_money = goal == Goal.REVENUE
    if is_money and (total := _set_already(planned, period, currency_of(goal))):
        return total
    won = counts.won_deals(Selection(rolling_year(today), rep=planned.rep, team=planned.team))
    if is_money:
        ours = won.filter(currency=currency_of(goal))
        reached = ours.aggregate(total=Sum("closing_value"))["total"] or Decimal(0)
    else:
        reached = Decimal(won.filter(is_new_customer=True).count())
    unit = ROUND_TO if is_money else Decimal(1)
    part = reached * _days(period) / DAYS_OF_A_YEAR / unit
    return max(part.quantize(Decimal(1)), Decimal(1)) * unit


def _set_already(planned: Planned, period: Period, currency: str) -> Decimal | None:
    rows = SalesTarget.objects.of(planned).filter(
        month__in=months_in(period), measure=Measure.REVENUE, currency=currency
    )
    total: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return total


def _days(period: Period) -> int:
    return ((period.ends_on or period.starts_on) - period.starts_on).days + 1
