"""From the clocks of a cohort to its figures: of everyone, each team, each rep, compared with the others.

Pure: the worker, the nightly check and the command all count here.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reporting.clocks import next_target, targets_of
from reporting.columns import ClockColumns, Observed
from reporting.shrinkage import LEAST_DECIDED, Verdict, compare_reps, prior_strength, shrunk_rate
from reporting.survival import Incidence, StageFigures, incidence_in_order, stage_figures


class Scope(NamedTuple):
    """Whose entries: everyone's, a team's, a rep's, or a rep's within one team."""

    rep_id: int | None = None
    team_id: int | None = None


EVERYONE: Final = Scope()


class Figure(NamedTuple):
    """One computed line: of those of the scope who entered the stage, how many reach the target."""

    scope: Scope
    stage: int
    target: int
    people: int
    numbers: StageFigures
    shrunk_rate: float | None = None
    verdict: Verdict | None = None


Wanted: TypeAlias = Callable[[Scope, int], bool]
"""Whether the figure of a scope and target is asked for."""


def everything(scope: Scope, target: int) -> bool:
    """Ask for every figure."""
    return True


def cohort_figures(
    columns: ClockColumns, stage: int, as_of: datetime, wanted: Wanted = everything
) -> Iterator[Figure]:
    """Give the figures of one stage and cohort that are wanted, of the targets its columns hold."""
    for target in columns.passed:
        cohort = _Cohort(columns.observed(target, as_of), stage, target, wanted)
        yield from cohort.plain()
        if target == next_target(stage):
            yield from cohort.compared()


def existing_figures(columns: ClockColumns, stage: int) -> Iterator[tuple[Scope, int]]:
    """Name the scope and target of every figure a cohort has."""
    credits = set(zip(columns.rep_ids.tolist(), columns.team_ids.tolist(), strict=True))
    plain = {EVERYONE} if credits else set()
    plain |= {Scope(rep_id=rep_id) for rep_id, _ in credits} | {Scope(team_id=team) for _, team in credits}
    for target in targets_of(stage):
        yield from ((scope, target) for scope in plain)
    yield from ((Scope(*credit), next_target(stage)) for credit in credits)


class _Cohort:
    """The observations of one stage and target."""

    def __init__(self, seen: Observed, stage: int, target: int, wanted: Wanted) -> None:
        self.seen = seen
        self.stage, self.target = stage, target
        self.wanted = wanted
        self.reps = [Scope(rep_id=int(key)) for key in np.unique(seen.rep_ids)]
        self.teams = [Scope(team_id=int(key)) for key in np.unique(seen.team_ids)]

    def plain(self) -> Iterator[Figure]:
        """Everyone and the reps; the teams, too, where they are not compared."""
        everyone = [EVERYONE] if self.seen.days.size else []
        teams = [] if self.target == next_target(self.stage) else self.teams
        for scope in (*everyone, *self.reps, *teams):
            if self.wanted(scope, self.target):
                part = _part_of(self.seen, scope)
                yield self._figure(scope, _curve(part), people=_people(part))

    def compared(self) -> Iterator[Figure]:
        """The teams beside everyone, and the reps of a team beside it."""
        yield from self._compare(self.teams, self.seen)
        for team in self.teams:
            part = _part_of(self.seen, team)
            members = [Scope(int(key), team.team_id) for key in np.unique(part.rep_ids)]
            yield from self._compare(members, part)

    def _compare(self, scopes: Sequence[Scope], whole: Observed) -> Iterator[Figure]:
        """Each part beside the rest of the whole; nothing where none of them is wanted."""
        if not any(self.wanted(scope, self.target) for scope in scopes):
            return
        total = _curve(whole)
        parts = {scope: _part_of(whole, scope) for scope in scopes}
        curves = {scope: _curve(part) for scope, part in parts.items()}
        strength = prior_strength(curves.values(), total)
        verdicts = compare_reps(
            {
                scope: (curve, _curve(whole.part(~_belongs_to(whole, scope))))
                for scope, curve in curves.items()
                if _can_be_compared(curve, total)
            }
        )
        for scope, curve in curves.items():
            if self.wanted(scope, self.target):
                yield self._figure(
                    scope,
                    curve,
                    people=_people(parts[scope]),
                    shrunk=shrunk_rate(curve, total, strength),
                    verdict=verdicts.get(scope, "too_few"),
                )

    def _figure(
        self,
        scope: Scope,
        curve: Incidence,
        *,
        people: int,
        shrunk: float | None = None,
        verdict: Verdict | None = None,
    ) -> Figure:
        return Figure(scope, self.stage, self.target, people, stage_figures(curve), shrunk, verdict)


def _part_of(seen: Observed, scope: Scope) -> Observed:
    return seen.part(_belongs_to(seen, scope))


def _curve(seen: Observed) -> Incidence:
    return incidence_in_order(seen.days, seen.codes)


def _people(seen: Observed) -> int:
    return np.unique(seen.rep_ids).size


def _belongs_to(seen: Observed, scope: Scope) -> NDArray[np.bool_]:
    belongs = np.ones(seen.days.size, dtype=bool)
    if scope.rep_id is not None:
        belongs &= seen.rep_ids == scope.rep_id
    if scope.team_id is not None:
        belongs &= seen.team_ids == scope.team_id
    return belongs


def _can_be_compared(own: Incidence, whole: Incidence) -> bool:
    """Fewer decided entries on either side never get a verdict: their test can be saved."""
    decided, of_all = own.moved_on + own.lost, whole.moved_on + whole.lost
    return min(decided, of_all - decided) >= LEAST_DECIDED
