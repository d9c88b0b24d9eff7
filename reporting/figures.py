"""From the clocks of a cohort to its figures: of everyone, each team, each rep, compared with the others.

Pure: the worker, the nightly check and the command all count here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

from reporting.clocks import Clock, CreditedObservation, next_target, observations, targets_of
from reporting.shrinkage import LEAST_DECIDED, Verdict, compare_reps, prior_strength, shrunk_rate
from reporting.survival import Incidence, Observation, StageFigures, cumulative_incidence, stage_figures


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
        cohort = _Cohort(observations(clocks, target, as_of), stage, target, wanted)
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


class _Cohort:
    """The observations of one stage and target, with the curves already computed."""

    def __init__(self, seen: Iterable[CreditedObservation], stage: int, target: int, wanted: Wanted) -> None:
        self.stage, self.target = stage, target
        self.wanted = wanted
        self.is_compared = target == next_target(stage)
        # Ordered once: every part of it is then ordered as well.
        self.seen = sorted(seen, key=_age)
        self.by_team: defaultdict[int, list[CreditedObservation]] = defaultdict(list)
        self.by_rep: defaultdict[int, list[CreditedObservation]] = defaultdict(list)
        for one in self.seen:
            self.by_team[one.team_id].append(one)
            self.by_rep[one.owner_id].append(one)

    def plain(self) -> Iterator[Figure]:
        """Everyone and the reps; the teams, too, where they are not compared."""
        parts = {EVERYONE: self.seen} if self.seen else {}
        parts |= {Scope(rep_id=rep_id): own for rep_id, own in self.by_rep.items()}
        if not self.is_compared:
            parts |= {Scope(team_id=team_id): own for team_id, own in self.by_team.items()}
        for scope, own in parts.items():
            if self.wanted(scope, self.target):
                yield self._figure(scope, _curve(own), people=_people(own))

    def compared(self) -> Iterator[Figure]:
        """The teams beside everyone, and the reps of a team beside it."""
        yield from self._compare({Scope(team_id=team): own for team, own in self.by_team.items()}, self.seen)
        for team_id, team in self.by_team.items():
            members: defaultdict[Scope, list[CreditedObservation]] = defaultdict(list)
            for one in team:
                members[Scope(one.owner_id, team_id)].append(one)
            yield from self._compare(members, team)

    def _compare(
        self, parts: Mapping[Scope, list[CreditedObservation]], whole: list[CreditedObservation]
    ) -> Iterator[Figure]:
        """Each part beside the rest of the whole; nothing where none of them is wanted."""
        if not any(self.wanted(scope, self.target) for scope in parts):
            return
        total = _curve(whole)
        # In a fixed order, so that sums over the parts come out equal to the last digit.
        curves = {scope: _curve(parts[scope]) for scope in sorted(parts, key=_order)}
        strength = prior_strength(curves.values(), total)
        verdicts = compare_reps(
            {
                scope: (curve, _curve_without(scope, whole))
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


def _order(scope: Scope) -> tuple[int, int]:
    return scope.team_id or 0, scope.rep_id or 0


def _age(one: CreditedObservation) -> float:
    return one.observation[0]


def _curve(seen: Iterable[CreditedObservation]) -> Incidence:
    return cumulative_incidence([one.observation for one in seen])


def _curve_without(scope: Scope, whole: list[CreditedObservation]) -> Incidence:
    rest: list[Observation]
    if scope.rep_id is not None:
        rest = [one.observation for one in whole if one.owner_id != scope.rep_id]
    else:
        rest = [one.observation for one in whole if one.team_id != scope.team_id]
    return cumulative_incidence(rest)


def _can_be_compared(own: Incidence, whole: Incidence) -> bool:
    """Fewer decided entries on either side never get a verdict: their test can be saved."""
    decided, of_all = own.moved_on + own.lost, whole.moved_on + whole.lost
    return min(decided, of_all - decided) >= LEAST_DECIDED


def _people(seen: Iterable[CreditedObservation]) -> int:
    return len({one.owner_id for one in seen})
