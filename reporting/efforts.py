"""From activity to result: calls, conversations, appointments, and how many of each for a deal that moved on.

Nobody is ranked by it: how many calls a deal needs depends on the customers more than on who calls.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Q, QuerySet

from accounts.models import Team, User
from activities.models import Activity
from reporting.actuals import held_appointments
from reporting.durations import ended_stays
from reporting.handovers import handed_over
from reporting.periods import Period
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.shrinkage import LEAST_DECIDED

Result = Activity.Result
NOT_TALKED: Final = ("", Result.NOT_REACHED, Result.FRONT_DESK)
KINDS: Final = ("calls", "reached", "appointments")


@dataclass
class Effort:
    """What was done and what came of it, by a rep, a team, or all."""

    calls: int = 0
    reached: int = 0
    appointments: int = 0
    moved: int = 0
    received: int = 0
    given: int = 0

    @property
    def is_few(self) -> bool:
        """Too few deals moved on for a ratio to say anything."""
        return self.moved < LEAST_DECIDED

    @property
    def reached_share(self) -> float | None:
        """The share of the calls in which somebody was reached who decides."""
        return self.reached / self.calls if self.calls else None

    @property
    def per_move(self) -> dict[str, float | None]:
        """How many of each for every deal that moved on."""
        return {kind: getattr(self, kind) / self.moved if self.moved else None for kind in KINDS}


@dataclass(frozen=True)
class EffortLine:
    """One rep or team, with the lists behind its figures."""

    name: str
    user: User | None
    effort: Effort
    urls: dict[str, str]


class EffortTable:
    """The reps of a team, all teams, or one rep; the team or everyone at the foot."""

    def __init__(self, selection: Selection, scopes: Scopes) -> None:
        self.selection, self.scopes = selection, scopes
        self.parts = _parts(selection)

    @property
    def lines(self) -> list[EffortLine]:
        """By name: few cases make no ranking."""
        found = self._rep_lines() if self.selection.rep or self.selection.team else self._team_lines()
        return sorted(found, key=lambda line: line.name.casefold())

    @property
    def foot(self) -> EffortLine | None:
        """All of them together, where they are enough people; not of a single rep."""
        if self.selection.rep or not self.scopes.shows_people(len({rep for rep, _team in self.parts})):
            return None
        return EffortLine(self.selection.name, None, _together(self.parts.values()), _urls(self.selection))

    def _rep_lines(self) -> Iterable[EffortLine]:
        team = self.selection.team
        reps = User.objects.in_bulk({rep for rep, _team in self.parts})
        for key, rep in reps.items():
            may_see = self.scopes.shows_member(key, team.pk) if team else self.scopes.shows_rep(key)
            own = [effort for (one, _team), effort in self.parts.items() if one == key]
            if may_see:
                member = {"member": key} if team else {}
                yield EffortLine(str(rep), rep, _together(own), _urls(self.selection, **member))

    def _team_lines(self) -> Iterable[EffortLine]:
        for team in Team.objects.filter(pk__in=self.scopes.team_ids):
            own = {pair: effort for pair, effort in self.parts.items() if pair[1] == team.pk}
            if own and self.scopes.shows_people(len(own)):
                yield EffortLine(
                    team.name, None, _together(own.values()), _urls(self.selection.of(team=team))
                )


def activities_of(selection: Selection, kind: str) -> QuerySet:
    """The calls, conversations or appointments held that a figure counts, with `rep` and `team`.

    Calls count to who made them, in the team of today; appointments as beside the targets.
    """
    if kind == "appointments":
        rows = held_appointments()
    else:
        calls = Activity.objects.filter(kind=Activity.Kind.CALL, removed_at=None, deal__voided_at=None)
        calls = calls.exclude(result__in=NOT_TALKED) if kind == "reached" else calls
        rows = calls.annotate(rep=F("author"), team=F("author__team"))
    return _of(_within(rows, selection.period), selection)


def moved_deals(selection: Selection) -> QuerySet:
    """The stays that ended in the period by moving on, by owner at entry."""
    return ended_stays(selection).filter(ending="moved_on")


def _parts(selection: Selection) -> dict[tuple[int, int], Effort]:
    """By rep and team."""
    parts: defaultdict[tuple[int, int], Effort] = defaultdict(Effort)
    calls = activities_of(selection, "calls").values_list("rep", "team").order_by()
    talked = Count("pk", filter=~Q(result__in=NOT_TALKED))
    for rep, team, count, reached in calls.annotate(count=Count("pk"), reached=talked):
        parts[rep, team].calls, parts[rep, team].reached = count, reached
    held = activities_of(selection, "appointments").values_list("rep", "team").order_by()
    for rep, team, count in held.annotate(count=Count("pk")):
        parts[rep, team].appointments = count
    moved = moved_deals(selection).values_list("owner", "team").order_by()
    for rep, team, count in moved.annotate(count=Count("deal", distinct=True)):
        parts[rep, team].moved = count
    for one in handed_over(selection):
        parts[one.to_rep, one.to_team].received += one.deals
        parts[one.from_rep, one.from_team].given += one.deals
    return {pair: effort for pair, effort in parts.items() if _is_own(pair, selection)}


def _is_own(pair: tuple[int, int], selection: Selection) -> bool:
    """Who takes a deal over from elsewhere, or gives it away, is not of the selection."""
    if selection.rep:
        return pair[0] == selection.rep.pk
    return selection.team is None or pair[1] == selection.team.pk


def _together(efforts: Iterable[Effort]) -> Effort:
    total = Effort()
    for one in efforts:
        for name, count in vars(one).items():
            setattr(total, name, getattr(total, name) + count)
    return total


def _urls(selection: Selection, **member: int) -> dict[str, str]:
    deals = {
        name: selection.url("reporting:deals", what=name, **member) for name in ("moved", "received", "given")
    }
    return deals | {kind: selection.url("reporting:activities", what=kind, **member) for kind in KINDS}


def _within(rows: QuerySet, period: Period) -> QuerySet:
    rows = rows.filter(at__gte=period.begins_at)
    return rows.filter(at__lt=period.ends_before) if period.ends_before else rows


def _of(rows: QuerySet, selection: Selection) -> QuerySet:
    if selection.rep:
        return rows.filter(rep=selection.rep.pk)
    return rows.filter(team=selection.team.pk) if selection.team else rows
