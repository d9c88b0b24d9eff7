"""How long before the win each step lay, and what the forecast expects of the open deals."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
from django.conf import settings
from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from activities.models import Activity
from pipeline.models import Outcome
from reporting.backwards.ahead import Ahead, StageAhead
from reporting.backwards.chain import Level
from reporting.backwards.dates import SHARES, Waits
from reporting.figures import Scope
from reporting.forecast.outlook import HORIZON_DAYS
from reporting.lead_figures import MICROSECONDS_OF_A_DAY
from reporting.models import OFFER_DELIVERED, DealChance, DealStanding, ForecastDiary, ForecastRun, StageEntry
from reporting.periods import Period, local_day, month_of
from reporting.shrinkage import LEAST_DECIDED
from reporting.wire import read_columns

Measure, Basis = ForecastDiary.Measure, ForecastDiary.Basis
STAGES_OF_LEVELS: Final = {Level.OFFERS: OFFER_DELIVERED, Level.CONTACTS: 2, Level.DEALS: 1}
WIDTH_OF_90: Final = 3.29
"""From the 5 % quantile to the 95 % quantile in standard deviations, as of a normal distribution."""


class Open(NamedTuple):
    """What is known of the open deals, and of which night."""

    ahead: Ahead
    deals: int
    made_on: date | None


def read_waits(circles: Sequence[Scope], period: Period) -> dict[Level, Waits]:
    """Measure the days before the win of what was won in a period: the innermost that has enough wins."""
    found = {}
    for level, rows in _beginnings(period).items():
        began, closed, closer, team = read_columns(rows, 4)
        days = np.maximum(closed - began, 0) / MICROSECONDS_OF_A_DAY
        for scope in reversed(circles):
            own = days
            if scope.rep_id:
                own = days[closer == scope.rep_id]
            elif scope.team_id:
                own = days[team == scope.team_id]
            if own.size >= LEAST_DECIDED:
                found[level] = Waits(tuple(map(float, np.quantile(own, SHARES))), own.size)
                break
    return found


def read_open(scope: Scope, *, is_money: bool) -> Open:
    """Read what the last forecast expects of the open deals, by month, and where these deals stand."""
    run = ForecastRun.objects.filter(is_recomputed=False).first()
    if run is None:
        return Open(Ahead(), 0, None)
    measure, currency = (Measure.REVENUE, settings.DEFAULT_CURRENCY) if is_money else (Measure.NEW, "")
    lines = run.lines.of_scope(scope).filter(basis=Basis.OPEN, measure=measure, currency=currency)
    months = {line.month: line for line in lines}
    whole = months.pop(None, None)
    if whole is None:
        return Open(Ahead(), 0, run.made_on)
    day = local_day(run.as_of)
    days, expected, spread = [0.0], [0.0], [0.0]
    for month in sorted(one for one in months if one):
        line = months[month]
        ends = month_of(month).ends_on or month
        days.append(float((ends - day).days + 1))
        expected.append(expected[-1] + line.expected)
        spread.append(spread[-1] + (line.q95 - line.q05) / WIDTH_OF_90)
    days.append(max(HORIZON_DAYS, days[-1] + 1))
    expected.append(max(whole.expected, expected[-1]))
    spread.append(max((whole.q95 - whole.q05) / WIDTH_OF_90, spread[-1]))
    stages, deals = _stages(scope, is_money=is_money)
    return Open(Ahead(tuple(days), tuple(expected), tuple(spread), stages), deals, run.made_on)


def _stages(scope: Scope, *, is_money: bool) -> tuple[tuple[StageAhead, ...], int]:
    rows = (
        DealChance.objects.of_scope(scope)
        .values("stage")
        .annotate(
            deals=Count("pk"),
            wins=Sum("probability"),
            value=Sum("expected_value", filter=Q(currency=settings.DEFAULT_CURRENCY)),
        )
    )
    stages = tuple(
        StageAhead(
            row["stage"], float(row["value"] or 0) if is_money else row["wins"], row["wins"] / row["deals"]
        )
        for row in rows
    )
    return stages, sum(row["deals"] for row in rows)


def _beginnings(period: Period) -> dict[Level, QuerySet]:
    """By level: its moment, the win, and who closed it, of what was won in the period."""
    won = DealStanding.objects.won_in(period)
    entries = {
        level: StageEntry.objects.filter(
            stage=stage, deal__standing__in=won.values("pk"), entered_at__lte=F("deal__standing__closed_at")
        ).values_list("entered_at", *_closing("deal__standing__"))
        for level, stage in STAGES_OF_LEVELS.items()
    }
    held = Activity.objects.filter(
        kind=Activity.Kind.APPOINTMENT,
        status=Activity.Status.HELD,
        removed_at=None,
        deal__standing__outcome=Outcome.WON,
        deal__standing__in=won.values("pk"),
        at__lte=F("deal__standing__closed_at"),
    ).values_list("at", *_closing("deal__standing__"))
    leads = won.filter(deal__lead__isnull=False, deal__lead__received_at__lte=F("closed_at"))
    return entries | {
        Level.APPOINTMENTS: held.order_by(),
        Level.LEADS: leads.values_list("deal__lead__received_at", *_closing("")),
    }


def _closing(path: str) -> list[Combinable]:
    """The win, and to whom it counts."""
    return [
        F(f"{path}closed_at"),
        Coalesce(F(f"{path}closer_id"), Value(0), output_field=BigIntegerField()),
        Coalesce(F(f"{path}closing_team_id"), Value(0), output_field=BigIntegerField()),
    ]
