"""What the dashboard shows: the funnel of a period, the stage table, leaks, offers, wins.

Each figure is read when it is shown: the page brings what is on top, what stands below comes by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.functional import Promise, cached_property

from accounts.models import User
from reporting import counts
from reporting.clocks import targets_of
from reporting.counts import FunnelCounts, LeakCount, OfferCounts, WinCounts
from reporting.durations import StageDuration, stage_durations
from reporting.funnel import Funnel, UprightStep
from reporting.models import (
    OFFER_DELIVERED,
    WON,
    AppointmentMark,
    DealStanding,
    StageConversion,
    StaleMark,
)
from reporting.periods import month_of, year_of
from reporting.rows_behind import OFFER_ENDINGS
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.stage_entries import STAGES
from reporting.standings import Tally
from reporting.stuck import StuckTable
from reporting.switches import Switches
from reporting.target_status import TargetTable
from reporting.tiles import Tile, offer_tile, open_tiles, today_tiles, win_tiles

# The parts that come by themselves: below what is seen first, and when they are unfolded.
PARTS = {
    "rest": "reporting/_rest.html",
    "durations": "reporting/_durations.html",
    "numbers": "reporting/_numbers.html",
    "matrix": "reporting/_matrix.html",
}


@dataclass(frozen=True)
class Leak:
    """Deals lost for one reason in one stage, and how long its bar is."""

    stage: int
    label: str | Promise
    reason: str
    lost: Tally
    share: float
    url: str


@dataclass(frozen=True)
class MatrixRow:
    """From one stage to each later one and to the win; None where the target is no later stage."""

    stage: int
    label: str | Promise
    cells: list[StageConversion | None]
    url: str
    """The deals that entered the stage."""


class Dashboard(Funnel):
    """The page of one selection, or a part of it; built in one snapshot."""

    def __init__(self, selection: Selection, user: User, scopes: Scopes) -> None:
        super().__init__(selection, scopes)
        self.user = user
        self.is_catching_up = StaleMark.objects.exists() or AppointmentMark.objects.exists()
        self.switches = Switches(selection, scopes)
        self.targets = TargetTable(selection, scopes)
        self.offer_figure = self.table.figure(selection.scope, OFFER_DELIVERED, WON)
        self.part_urls = {part: selection.part_url(part) for part in PARTS}

    @cached_property
    def leak_counts(self) -> list[LeakCount]:
        """The deals lost in the period, by stage and reason."""
        return counts.leak_counts(self.selection, self.scopes)

    @cached_property
    def offers(self) -> OfferCounts | None:
        """The offers delivered in the period."""
        return counts.offer_counts(self.selection, self.scopes)

    @cached_property
    def wins(self) -> WinCounts | None:
        """The deals won in the period."""
        return counts.win_counts(self.selection, self.scopes)

    @cached_property
    def stuck(self) -> StuckTable:
        """The open deals that do not get on."""
        return StuckTable(self.selection, self.user, self.scopes)

    @cached_property
    def durations(self) -> list[StageDuration]:
        """How long deals stay in each stage."""
        return stage_durations(self.selection, self.scopes)

    @property
    def wall_url(self) -> str:
        """The same for a screen on the wall."""
        return self.selection.url("reporting:wall")

    @cached_property
    def has_before(self) -> bool:
        """Whether the history covers what the period is compared with."""
        return DealStanding.objects.cover(self.selection.compared.period)

    @cached_property
    def year_targets(self) -> TargetTable | None:
        """Beside the targets of a month or quarter those of its year; beside twelve months, of this year."""
        period = self.selection.period
        if period.kind == "year":
            return None
        day = self.targets.today if period.kind == "rolling12" else period.starts_on
        return TargetTable(self.selection.with_period(year_of(day)), self.scopes)

    @cached_property
    def target_tables(self) -> list[TargetTable]:
        """The targets of the period and those of the year, as far as there are any."""
        own = self.targets
        if self.selection.period.kind == "rolling12":
            own = TargetTable(self.selection.with_period(month_of(own.today)), self.scopes)
        return [table for table in (own, self.year_targets) if table and table.statuses]

    @cached_property
    def beside(self) -> list[UprightStep]:
        """The upright funnel beside the period before, and a rep's beside the team's."""
        then = counts.reached_by_then(self.selection.compared, self.scopes) if self.has_before else None
        team = self._team_counts()
        steps = self.upright
        own = [self.size(one.step.reached) for one in steps]
        return [
            replace(
                one,
                before=then.get(one.stage, Tally()) if then is not None else None,
                share=own[index] / own[0] if own[0] else None,
                team_share=_share(team, index, self.size) if team else None,
            )
            for index, one in enumerate(steps)
        ]

    @property
    def has_team_beside(self) -> bool:
        """Whether a rep's funnel stands beside that of the team."""
        return any(one.team_share is not None for one in self.beside)

    @property
    def has_period_beside(self) -> bool:
        """Whether the funnel stands beside an earlier one."""
        return any(one.before is not None for one in self.beside)

    @property
    def is_empty(self) -> bool:
        """Nothing began, ended or was offered in the period."""
        has_funnel = self.counts is None or self.counts.begun.deals
        has_wins = self.wins is None or self.wins.won.deals
        return not (has_funnel or has_wins or self.table.has_figures or self.leak_counts)

    @property
    def shows_persons(self) -> bool:
        """Whether figures of persons other than the reader are on the page."""
        rep, team = self.selection.rep, self.selection.team
        if rep or team is None:
            return rep is not None and rep != self.user
        users = [line.user for line in self.table.lines] or [line.user for line in self.stuck.lines]
        return any(user not in (None, self.user) for user in users)

    @cached_property
    def tiles(self) -> list[Tile]:
        """The figures on top."""
        before = counts.win_counts(self.selection.compared, self.scopes) if self.has_before else None
        return [
            *(win_tiles(self.selection, self.wins, before, self.targets) if self.wins else []),
            *([offer_tile(self.selection, self.offers, self.offer_figure)] if self.offers else []),
            *open_tiles(self.selection, self.user),
            *today_tiles(self.selection, self.user),
        ]

    @cached_property
    def customer_urls(self) -> dict[str, str]:
        """The deals begun and won of new customers, and of those that had bought before."""
        return {
            whose: self.deals_url(what="begun", stage=WON, customers=whose) for whose in ("new", "repeat")
        }

    @property
    def lost_url(self) -> str:
        """All leaks together."""
        return self.deals_url(what="lost")

    @cached_property
    def offer_urls(self) -> dict[str, str]:
        """The deals behind what became of the offers."""
        delivered = self.deals_url(what="entered", stage=OFFER_DELIVERED)
        return {
            "delivered": delivered,
            **{ending: f"{delivered}&ending={ending}" for ending in OFFER_ENDINGS},
        }

    @property
    def stage_heads(self) -> list[tuple[int, str | Promise]]:
        """The five stages as this company calls them."""
        return [(stage, self.labels[stage]) for stage in STAGES]

    @cached_property
    def leaks(self) -> list[Leak]:
        """Where and why deals were lost, the most frequent first."""
        largest = max((self.size(leak.lost) for leak in self.leak_counts), default=0.0) or 1.0
        return [
            Leak(
                leak.stage,
                self.labels[leak.stage],
                self.reasons[leak.reason_id],
                leak.lost,
                self.size(leak.lost) / largest,
                self.deals_url(what="lost", stage=leak.stage, reason=leak.reason_id),
            )
            for leak in self.leak_counts
        ]

    @cached_property
    def lost_total(self) -> Tally:
        """All leaks together."""
        return sum((leak.lost for leak in self.leak_counts), start=Tally())

    @cached_property
    def matrix(self) -> list[MatrixRow]:
        """From each stage to each later one and to the win, for the selected scope."""
        return [
            MatrixRow(
                stage,
                self.labels[stage],
                self._matrix_cells(stage),
                self.selection.url("reporting:deals", what="entered", stage=stage),
            )
            for stage in STAGES
        ]

    def _team_counts(self) -> FunnelCounts | None:
        """The funnel of the team of the rep, where its totals may be seen."""
        rep = self.selection.rep
        if rep is None or not self.scopes.shows_team(rep.team_id):
            return None
        return counts.funnel_counts(self.selection.of(team=rep.team), self.scopes)

    def _matrix_cells(self, stage: int) -> list[StageConversion | None]:
        later = targets_of(stage)
        scope = self.selection.scope
        return [self.table.figure(scope, stage, to) if to in later else None for to in range(2, WON + 1)]


def _share(counted: FunnelCounts, index: int, size: Callable[[Tally], float]) -> float | None:
    """The share of a team's deals that came as far as a step."""
    begun = size(counted.begun)
    return size(counted.steps[index].reached) / begun if begun else None
