"""The stage table, the matrix and the offers of any moment, from history alone."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, TypeAlias

from accounts.models import Team, User
from core.snapshot import snapshot
from reporting.clocks import Clock, next_target
from reporting.columns import ClockColumns
from reporting.figures import EVERYONE, Figure, Scope, cohort_figures
from reporting.histories import deal_histories
from reporting.periods import Period
from reporting.stage_entries import STAGES

By: TypeAlias = Literal["rep", "team", "all"]


def stage_table(as_of: datetime, period: Period, by: By) -> list[tuple[str, Figure]]:
    """Give the stage table as it was known at `as_of`: what entered in the period, followed up to then.

    One line per stage and rep (by e-mail address), team (by name) or everyone (`all`); lines without entries
    are left out.
    """
    with snapshot():
        cohorts = _cohorts(as_of, period)
        names = _names(by)
    figures = (figure for stage in STAGES for figure in _stage_figures(cohorts[stage], stage, as_of, by))
    lines = [(names[figure.scope], figure) for figure in figures]
    return sorted(lines, key=lambda line: (line[0], line[1].stage))


def _cohorts(as_of: datetime, period: Period) -> defaultdict[int, list[Clock]]:
    cohorts: defaultdict[int, list[Clock]] = defaultdict(list)
    for history in deal_histories(as_of):
        for clock in history.clocks:
            if period.holds(clock.entered_at):
                cohorts[clock.stage].append(clock)
    return cohorts


def _stage_figures(clocks: list[Clock], stage: int, as_of: datetime, by: By) -> Iterator[Figure]:
    def wanted(scope: Scope, target: int) -> bool:
        return target == next_target(stage) and _kind(scope) == by

    columns = ClockColumns.of(clocks, [next_target(stage)])
    return cohort_figures(columns, stage, as_of, wanted)


def _kind(scope: Scope) -> By | None:
    if scope == EVERYONE:
        return "all"
    if scope.rep_id is None:
        return "team"
    return "rep" if scope.team_id is None else None


def _names(by: By) -> dict[Scope, str]:
    if by == "rep":
        return {Scope(rep_id=pk): email for pk, email in User.objects.values_list("pk", "email")}
    if by == "team":
        return {Scope(team_id=pk): name for pk, name in Team.objects.values_list("pk", "name")}
    return {EVERYONE: "all"}
