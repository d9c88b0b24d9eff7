"""Ist beside Soll: what of the targets of a period is reached, and what can be expected by today."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from core.money import rounded
from planning.models import Line, Measure, SalesTarget
from reporting.models import MonthActual
from reporting.pace import Pace, pace
from reporting.periods import MONTH, Period, month_of
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.target_form import line_labels, lines_with

ZERO = Decimal(0)

Owner = tuple[int | None, int | None]
"""Rep and team of a target; one of them is None."""


@dataclass(frozen=True)
class TargetStatus:
    """One line of a period: reached, to be reached, expected by today."""

    line: Line
    label: str
    reached: Decimal | None
    """None where it is made of too few people to be shown."""
    target: Decimal
    expected: Decimal
    months: int
    """How many months of the period have a target; only these are compared."""
    url: str
    """The rows that are counted; nothing where a list would hold more, for what has no target."""

    @property
    def share(self) -> float | None:
        """What of the target is reached."""
        return None if self.reached is None else float(self.reached / self.target)

    @property
    def difference(self) -> Decimal | None:
        """What is reached more, or less, than expected by today."""
        return None if self.reached is None else self.reached - self.expected

    @property
    def is_reached(self) -> bool:
        """Nothing is missing any more."""
        return self.reached is not None and self.reached >= self.target

    @property
    def longest(self) -> float:
        """How long the bar has to be, in targets."""
        return max(self.share or 0.0, 1.0)

    @property
    def bar(self) -> float:
        """Where the bar ends, 0 to 1."""
        return (self.share or 0.0) / self.longest

    @property
    def goal_at(self) -> float:
        """Where the target stands on the bar."""
        return 1.0 / self.longest

    @property
    def expected_at(self) -> float:
        """Where the tick of what is expected by today stands."""
        return float(self.expected / self.target) / self.longest


class TargetTable:
    """The targets of a selection's period, with what was reached."""

    def __init__(self, selection: Selection, scopes: Scopes, today: date | None = None) -> None:
        self.selection, self.scopes = selection, scopes
        self.period = selection.period
        self.today = today or timezone.localdate()

    @property
    def pace(self) -> Pace:
        """How far the period has gone."""
        return pace(self.period.starts_on, self.period.ends_on or self.today, self.today, self._land)

    @property
    def is_running(self) -> bool:
        """Whether it has begun and is not over."""
        return self.period.starts_on <= self.today <= (self.period.ends_on or self.today)

    @cached_property
    def statuses(self) -> list[TargetStatus]:
        """One for each line with a target, in the order of the table of targets."""
        targets = self._targets()
        amounts = {(line, month): row.amount for (_owner, month, line), row in targets.items()}
        lines = [line for line in lines_with(amounts) if any(line == key[2] for key in targets)]
        labels = line_labels(lines)
        actuals = self._actuals()
        reached = {key: row for key, row in actuals.items() if key in targets}
        more = {line for _owner, _month, line in actuals.keys() - targets.keys()}
        return [
            self._status(line, labels[line], targets, reached, "" if line in more else self._url(line))
            for line in lines
        ]

    def of(self, measure: Measure, currency: str = "") -> TargetStatus | None:
        """The line of a measure without a stage."""
        wanted = Line(measure, currency=currency)
        return next((status for status in self.statuses if status.line == wanted), None)

    def _targets(self) -> dict[tuple[Owner, date, Line], SalesTarget]:
        rows = SalesTarget.objects.filter(self._whose(), month__in=months_in(self.period))
        rows = rows.select_related("rep__team", "team")
        return {((row.rep_id, row.team_id), row.month, row.line): row for row in rows}

    def _actuals(self) -> dict[tuple[Owner, date, Line], MonthActual]:
        """What was reached: a month, or a team, without a target is not compared, but stands in the lists."""
        is_everyone = not (self.selection.rep or self.selection.team)
        whose = Q(team__isnull=False) if is_everyone else self._whose()
        rows = MonthActual.objects.filter(whose, month__in=months_in(self.period))
        return {((row.rep_id, row.team_id), row.month, row.line): row for row in rows}

    @property
    def _land(self) -> str:
        """Where the rep or the team works; of everyone, the site's."""
        if self.selection.rep:
            return self.selection.rep.works_in
        return self.selection.team.land if self.selection.team else ""

    def _whose(self) -> Q:
        """The rep's, the team's, or, for everyone, those of all teams together."""
        if self.selection.rep:
            return Q(rep=self.selection.rep)
        if self.selection.team:
            return Q(team=self.selection.team)
        return Q(team__isnull=False, team__is_unassigned=False)

    def _status(
        self,
        line: Line,
        label: str,
        targets: dict[tuple[Owner, date, Line], SalesTarget],
        reached: dict[tuple[Owner, date, Line], MonthActual],
        url: str,
    ) -> TargetStatus:
        own = {key: row for key, row in targets.items() if key[2] == line}
        actuals = [reached[key] for key in own if key in reached]
        return TargetStatus(
            line=line,
            label=label,
            reached=sum((row.amount for row in actuals), start=ZERO) if self._may_show(actuals) else None,
            target=sum((row.amount for row in own.values()), start=ZERO),
            expected=sum(map(self._expected, own.values()), start=ZERO),
            months=len({month for _owner, month, _line in own}),
            url=url,
        )

    def _may_show(self, actuals: list[MonthActual]) -> bool:
        """Each month has to be made of enough people, or the missing one could be told from the rest."""
        people: defaultdict[date, int] = defaultdict(int)
        for row in actuals:
            people[row.month] = max(people[row.month], row.people)
        return all(self.scopes.shows_people(count) for count in people.values())

    def _expected(self, target: SalesTarget) -> Decimal:
        """What an even month would have brought by today, by the working days of whose target it is."""
        month = month_of(target.month)
        gone = pace(month.starts_on, month.ends_on or target.month, self.today, target.land)
        return rounded(target.amount * gone.gone / gone.days) if gone.days else target.amount

    def _url(self, line: Line) -> str:
        """The deals, or the appointments, behind what was reached."""
        if line.measure == Measure.APPOINTMENTS:
            return self.selection.url("reporting:activities", what="appointments")
        if line.measure in (Measure.WON, Measure.REVENUE):
            return self.selection.url("reporting:deals", what="won")
        return self.selection.url("reporting:deals", what="entered", stage=line.stage or 0)


def months_in(period: Period) -> list[date]:
    """The first days of the months of a period of whole months; none of any other."""
    if period.kind not in ("month", "quarter", "year") or period.ends_on is None:
        return []
    months = [period.starts_on]
    while (following := months[-1] + MONTH) <= period.ends_on:
        months.append(following)
    return months
