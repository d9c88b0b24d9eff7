"""The stage table of a page: reps or teams, five stages, each rate beside that of the team."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from reporting.clocks import next_target
from reporting.figures import Scope
from reporting.models import StageConversion
from reporting.periods import quarter_of
from reporting.scopes import Scopes
from reporting.selection import Selection, figures_day
from reporting.shrinkage import LEAST_DECIDED
from reporting.stage_entries import STAGES
from reporting.switches import period_label
from reporting.trends import Trend, Trends, last_told, trends_of

VERDICTS = {"above": "hi", "below": "lo", "too_few": "few"}

Labels = dict[int, str | Promise]


@dataclass(frozen=True)
class Quarter:
    """A dot of a trend: its rate, and the rows behind it."""

    label: str
    figure: StageConversion
    selection: Selection
    scope: Scope

    @property
    def url(self) -> str:
        """The deals that entered the stage in it."""
        return _entries_url(self.selection, self.scope, self.figure.stage)


@dataclass(frozen=True)
class Cell:
    """One rate of the stage table, beside that of the team."""

    stage: int
    label: str | Promise
    figure: StageConversion | None
    """None where nothing entered, or too few people did for it to be shown."""
    beside: float | None
    verdict: str
    """The class of the colour: hi, lo, few, or nothing where it cannot be told from the others."""
    url: str
    trend: Trend | None
    """The last quarters, where there are any."""
    quarters: list[Quarter]
    """The same one by one, the earliest first."""


@dataclass(frozen=True)
class Line:
    """One rep or team of the stage table."""

    name: str
    user: User | None
    url: str
    cells: list[Cell]


class StageTable:
    """The stored figures a page may show, read once."""

    def __init__(
        self, selection: Selection, scopes: Scopes, labels: Labels, page: str = "reporting:dashboard"
    ) -> None:
        self.selection, self.page = selection, page
        self.scopes = scopes
        self.labels = labels
        rows = StageConversion.objects.filter(
            _within(selection), period=selection.period.kind, starts_on=selection.period.starts_on
        )
        self._figures = {
            (Scope(row.rep_id, row.team_id), row.stage, row.target): row
            for row in rows.select_related("rep", "team")
        }

    @cached_property
    def trends(self) -> Trends:
        """The last quarters of every cell."""
        last = last_told(self.selection.period, figures_day())
        return trends_of(_within(self.selection), last, self.scopes)

    @property
    def has_rates(self) -> bool:
        """Whether rates are computed for such a period: a month has too few cases for them."""
        return self.selection.period.kind in ("rolling12", "quarter")

    @property
    def quarter_url(self) -> str:
        """Where the rates of a month stand: in its quarter."""
        return self.selection.with_period(quarter_of(self.selection.period.starts_on)).url(self.page)

    @property
    def has_figures(self) -> bool:
        """Whether anything was computed for the period."""
        return bool(self._figures)

    @property
    def as_of(self) -> datetime | None:
        """The latest moment any of them was computed for."""
        return max((figure.as_of for figure in self._figures.values()), default=None)

    @cached_property
    def lines(self) -> list[Line]:
        """Reps of a team, all teams, or the one rep: by name, because few cases make no ranking."""
        parts = {scope: figure for (scope, _s, _t), figure in self._figures.items() if self._is_line(scope)}
        lines = [self._line(scope, figure) for scope, figure in parts.items()]
        return sorted(lines, key=lambda line: line.name.casefold())

    @cached_property
    def foot(self) -> Line | None:
        """The team, or everyone: what the lines are compared with."""
        scope = self._foot_scope
        name = _("All teams") if scope.team_id is None else _("Team")
        cells = [self._cell(scope, stage, has_tick=False) for stage in STAGES]
        return Line(name, None, "", cells) if any(cell.figure for cell in cells) else None

    @property
    def all_lines(self) -> list[Line]:
        """The lines and the foot."""
        return [*self.lines, *([self.foot] if self.foot else [])]

    def figure(self, scope: Scope, stage: int, target: int) -> StageConversion | None:
        """A stored figure, unless the reader may not see it."""
        figure = self._figures.get((scope, stage, target))
        if figure is None or not self.scopes.shows_people(figure.people):
            return None
        is_hidden_team = scope.rep_id is None and scope.team_id and not self.scopes.shows_team(scope.team_id)
        return None if is_hidden_team else figure

    @property
    def _foot_scope(self) -> Scope:
        rep = self.selection.rep
        return Scope(team_id=rep.team_id) if rep else self.selection.scope

    def _is_line(self, scope: Scope) -> bool:
        rep_id, team_id = scope
        if self.selection.rep:
            return scope == self.selection.scope
        if self.selection.team:
            return rep_id is not None and team_id is not None and self.scopes.shows_member(rep_id, team_id)
        return rep_id is None and team_id is not None and self.scopes.shows_team(team_id)

    def _line(self, scope: Scope, figure: StageConversion) -> Line:
        chosen = self.selection.of(rep=figure.rep) if figure.rep else self.selection.of(team=figure.team)
        may_open = figure.rep is None or self.scopes.shows_rep(figure.rep.pk)
        cells = [self._cell(scope, stage, has_tick=True) for stage in STAGES]
        return Line(
            str(figure.rep or figure.team), figure.rep, chosen.url(self.page) if may_open else "", cells
        )

    def _cell(self, scope: Scope, stage: int, *, has_tick: bool) -> Cell:
        target = next_target(stage)
        figure = self.figure(scope, stage, target)
        beside = self.figure(self._foot_scope, stage, target) if has_tick else None
        verdict = self._verdict(figure) if figure and has_tick else ""
        url = _entries_url(self.selection, scope, stage)
        trend = self.trends.get((scope, stage)) if figure else None
        return Cell(
            stage,
            self.labels[stage],
            figure,
            beside.rate if beside else None,
            verdict,
            url,
            trend,
            self._quarters(trend, scope) if trend else [],
        )

    def _quarters(self, trend: Trend, scope: Scope) -> list[Quarter]:
        return [
            Quarter(period_label(quarter), figure, self.selection.with_period(quarter), scope)
            for quarter, figure in trend.told
        ]

    def _verdict(self, figure: StageConversion) -> str:
        """A rep's verdict stands with the part in the home team; it holds where that part is the whole."""
        verdict = figure.verdict
        if figure.rep and figure.team_id is None:
            part = self._figures.get((Scope(figure.rep.pk, figure.rep.team_id), figure.stage, figure.target))
            is_whole = part is not None and part.entered == figure.entered
            verdict = part.verdict if part and is_whole else ""
        return "few" if is_few(figure) else VERDICTS.get(verdict, "")


def is_few(figure: StageConversion) -> bool:
    """Too few decided cases for a statement: drawn grey and hollow."""
    return figure.moved_on + figure.lost < LEAST_DECIDED


def _within(selection: Selection) -> Q:
    """The scopes a page of this selection may show."""
    if selection.rep:
        return Q(rep=selection.rep) | Q(rep=None, team=selection.rep.team_id)
    return Q(team=selection.team) if selection.team else Q(rep=None)


def _entries_url(selection: Selection, scope: Scope, stage: int) -> str:
    """The rows behind a cell, or behind one of its quarters."""
    behind = {"what": "entered", "stage": str(stage)}
    if scope.rep_id is not None and scope.team_id is not None:
        behind["member"] = str(scope.rep_id)
    elif scope != selection.scope:
        behind["of"] = f"team-{scope.team_id}"
    return selection.url("reporting:deals", **behind)
