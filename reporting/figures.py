"""From the clocks of a cohort to its figures: of everyone, each team, each rep, compared with the others.

Pure: the worker, the nightly check and the command all count here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reporting.clocks import Clock, next_target, observations, targets_of
from reporting.shrinkage import LEAST_DECIDED, Verdict, compare_reps, prior_strength, shrunk_rate
from reporting.survival import (
    CODES,
    Codes,
    Floats,
    Incidence,
    StageFigures,
    incidence_of,
    stage_figures,
)

Keys: TypeAlias = NDArray[np.int64]


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
    clocks: Sequence[Clock], stage: int, as_of: datetime, wanted: Wanted = everything
) -> Iterator[Figure]:
    """Give the figures of one stage and cohort that are wanted."""
    for target in targets_of(stage):
        cohort = _Cohort(_observed(clocks, target, as_of), stage, target, wanted)
        yield from cohort.plain()
        if target == next_target(stage):
            yield from cohort.compared()


def existing_figures(clocks: Iterable[Clock], stage: int) -> Iterator[tuple[Scope, int]]:
    """Name the scope and target of every figure a cohort has."""
    credits = {(clock.owner_id, clock.team_id) for clock in clocks}
    plain = {EVERYONE} if credits else set()
    plain |= {Scope(rep_id=rep_id) for rep_id, _ in credits} | {Scope(team_id=team) for _, team in credits}
    for target in targets_of(stage):
        yield from ((scope, target) for scope in plain)
    yield from ((Scope(*credit), next_target(stage)) for credit in credits)


class _Observed(NamedTuple):
    """What was known of some clocks, in columns, and whom each is credited to."""

    days: Floats
    codes: Codes
    rep_ids: Keys
    team_ids: Keys

    def of(self, scope: Scope) -> "_Observed":
        """The part of the scope."""
        return self.part(self._belongs_to(scope))

    def without(self, scope: Scope) -> "_Observed":
        """All but the part of the scope."""
        return self.part(~self._belongs_to(scope))

    def curve(self) -> Incidence:
        """The estimate for these."""
        return incidence_of(self.days, self.codes)

    def people(self) -> int:
        """How many reps they are credited to."""
        return np.unique(self.rep_ids).size

    def part(self, kept: NDArray[np.bool_] | NDArray[np.intp]) -> "_Observed":
        """These places of every column."""
        return _Observed(self.days[kept], self.codes[kept], self.rep_ids[kept], self.team_ids[kept])

    def _belongs_to(self, scope: Scope) -> NDArray[np.bool_]:
        belongs = np.ones(self.days.size, dtype=bool)
        if scope.rep_id is not None:
            belongs &= self.rep_ids == scope.rep_id
        if scope.team_id is not None:
            belongs &= self.team_ids == scope.team_id
        return belongs


class _Cohort:
    """The observations of one stage and target."""

    def __init__(self, seen: _Observed, stage: int, target: int, wanted: Wanted) -> None:
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
                part = self.seen.of(scope)
                yield self._figure(scope, part.curve(), people=part.people())

    def compared(self) -> Iterator[Figure]:
        """The teams beside everyone, and the reps of a team beside it."""
        yield from self._compare(self.teams, self.seen)
        for team in self.teams:
            part = self.seen.of(team)
            members = [Scope(int(key), team.team_id) for key in np.unique(part.rep_ids)]
            yield from self._compare(members, part)

    def _compare(self, scopes: Sequence[Scope], whole: _Observed) -> Iterator[Figure]:
        """Each part beside the rest of the whole; nothing where none of them is wanted."""
        if not any(self.wanted(scope, self.target) for scope in scopes):
            return
        total = whole.curve()
        parts = {scope: whole.of(scope) for scope in scopes}
        curves = {scope: part.curve() for scope, part in parts.items()}
        strength = prior_strength(curves.values(), total)
        verdicts = compare_reps(
            {
                scope: (curve, whole.without(scope).curve())
                for scope, curve in curves.items()
                if _can_be_compared(curve, total)
            }
        )
        for scope, curve in curves.items():
            if self.wanted(scope, self.target):
                yield self._figure(
                    scope,
                    curve,
                    people=parts[scope].people(),
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


def _observed(clocks: Iterable[Clock], target: int, as_of: datetime) -> _Observed:
    """Turn what was known at `as_of` into columns, ordered by age, so that every part of it is ordered."""
    seen = observations(clocks, target, as_of)
    size = len(seen)
    days = np.fromiter((one.observation[0] for one in seen), np.float64, size)
    columns = _Observed(
        days,
        np.fromiter((CODES[one.observation[1]] for one in seen), np.int8, size),
        np.fromiter((one.owner_id for one in seen), np.int64, size),
        np.fromiter((one.team_id for one in seen), np.int64, size),
    )
    return columns.part(np.argsort(days, kind="stable"))


def _can_be_compared(own: Incidence, whole: Incidence) -> bool:
    """Fewer decided entries on either side never get a verdict: their test can be saved."""
    decided, of_all = own.moved_on + own.lost, whole.moved_on + whole.lost
    return min(decided, of_all - decided) >= LEAST_DECIDED
