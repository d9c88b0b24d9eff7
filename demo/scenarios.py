"""A plan of the demo company for the next quarter: as it is, and with more offers won, in two versions."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal

from accounts.models import Team, User
from demo.targets import MONTHS, PER_WIN, REVENUE_STEP
from pipeline.models import Deal
from planning.actions import Assumptions, save_scenario
from planning.models import Goal, Measure, Planned
from reporting.backwards.asked import next_quarter
from reporting.backwards.chain import Level

NAME = "Wachstum im nächsten Quartal"
AMBITION = Decimal("1.2")
MORE_OFFERS_WON = 10
QUARTER = 3
DAYS_OF_A_YEAR = 365


def plan_scenarios(deals: Iterable[Deal], manager: User, today: date) -> None:
    """Keep a scenario of a manager's team: a fifth more than in an average quarter, then a lever turned."""
    team = manager.team
    won = [deal for deal in deals if _is_counted(deal, team, today)]
    worth = sum((deal.won_value or Decimal(0) for deal in won), start=Decimal(0))
    steps = (worth * AMBITION * QUARTER / MONTHS / REVENUE_STEP).to_integral_value(ROUND_CEILING)
    wins = len(won) * AMBITION * QUARTER / MONTHS
    version = None
    for turn in (0, MORE_OFFERS_WON):
        version = save_scenario(
            Planned(team),
            NAME,
            _assumptions(steps * REVENUE_STEP, wins, today, turn),
            actor=manager,
            scenario=version.scenario if version else None,
            seen=version.number if version else 0,
        )


def _is_counted(deal: Deal, team: Team, today: date) -> bool:
    """Won by the team within a year, in euros."""
    is_recent = deal.closed_at is not None and (today - deal.closed_at.date()).days < DAYS_OF_A_YEAR
    return deal.is_won and is_recent and deal.owner.team_id == team.pk and deal.currency == "EUR"


def _assumptions(amount: Decimal, wins: Decimal, today: date, turn: int) -> Assumptions:
    lift = 1 + Decimal(turn) / 100
    needed = {
        Level.WINS: wins,
        Level.OFFERS: wins * PER_WIN[Measure.OFFERS] / lift,
        Level.APPOINTMENTS: wins * PER_WIN[Measure.APPOINTMENTS] / lift,
    }
    return Assumptions(
        Goal.REVENUE,
        max(amount, REVENUE_STEP),
        "EUR",
        next_quarter(today).code,
        {"offer": turn} if turn else {},
        {str(level): {"whole": {"best": round(float(number), 1)}} for level, number in needed.items()},
    )
