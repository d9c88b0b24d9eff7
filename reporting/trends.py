"""The stage conversion of the last quarters: a small line for each cell of the stage table.

A change is said to be one only where the intervals of the two quarters do not touch: with thirty cells on a
page, anything less would find changes every day. And only between quarters that are decided: what has been
watched for a short time has had no time to move on.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from django.db.models import F, Q

from reporting.figures import Scope
from reporting.models import OFFER_DELIVERED, StageConversion
from reporting.periods import Period, quarter_of, recent_quarters
from reporting.scopes import Scopes
from reporting.shrinkage import LEAST_DECIDED

QUARTERS = 5
# A larger undecided rest may still move the rate.
MOST_UNDECIDED = 0.1
WIDTH, HEIGHT = 60.0, 16.0
Direction: TypeAlias = Literal["up", "down", ""]


@dataclass(frozen=True)
class Trend:
    """The rates of some quarters, the earliest first; None where nothing entered."""

    quarters: list[Period]
    figures: list[StageConversion | None]

    @property
    def points(self) -> list[tuple[str, str, bool]]:
        """Places of the dots, and whether one tells little yet: too few cases, or too many undecided."""
        step = WIDTH / (QUARTERS - 1)
        return [
            (f"{2 + index * step:.1f}", _height(figure.rate), _is_vague(figure))
            for index, figure in enumerate(self.figures)
            if figure
        ]

    @property
    def line(self) -> str:
        """The dots, joined."""
        return " ".join(f"{x},{y}" for x, y, _vague in self.points)

    @property
    def direction(self) -> Direction:
        """Whether the last quarter can be told from the one before it."""
        before, last = self.figures[-2:]
        if before is None or last is None or _is_vague(before) or _is_vague(last):
            return ""
        if last.low > before.high:
            return "up"
        return "down" if last.high < before.low else ""

    @property
    def told(self) -> list[tuple[Period, StageConversion]]:
        """The quarters with their figures, for the words and the table behind the line."""
        pairs = zip(self.quarters, self.figures, strict=True)
        return [(quarter, figure) for quarter, figure in pairs if figure]


Trends = dict[tuple[Scope, int], Trend]


def trends_of(within: Q, last: Period, scopes: Scopes) -> Trends:
    """Read the lines of the scopes of a page, up to a quarter."""
    quarters = recent_quarters(last.starts_on, QUARTERS)[::-1]
    starts = [quarter.starts_on for quarter in quarters]
    rows = StageConversion.objects.filter(
        within,
        period=StageConversion.Kind.QUARTER,
        starts_on__in=starts,
        stage__gt=OFFER_DELIVERED,
        target=F("stage") + 1,
    )
    found: defaultdict[tuple[Scope, int], list[StageConversion | None]] = defaultdict(
        lambda: [None] * QUARTERS
    )
    for row in rows:
        if scopes.shows_people(row.people):
            found[Scope(row.rep_id, row.team_id), row.stage][starts.index(row.starts_on)] = row
    return {key: Trend(quarters, figures) for key, figures in found.items()}


def last_told(period: Period, day: date) -> Period:
    """Up to where the lines go: the quarter shown, else the last one that is over."""
    return period if period.kind == "quarter" else quarter_of(day).before()


def _height(rate: float) -> str:
    return f"{2 + (1 - rate) * (HEIGHT - 4):.1f}"


def _is_vague(figure: StageConversion) -> bool:
    is_few = figure.moved_on + figure.lost < LEAST_DECIDED
    return is_few or figure.undecided_share > MOST_UNDECIDED
