"""The figures of a team, or of all, large enough for a wall: no single persons, for whoever passes by."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import User
from reporting import counts
from reporting.funnel import Funnel, UprightStep
from reporting.models import WON
from reporting.periods import Period, month_of, rolling_year
from reporting.scopes import Scopes
from reporting.selection import Selection, figures_day, read_selection
from reporting.target_status import TargetTable

# The picture is 1000 units wide; its shapes stand in the middle.
SHAPE_FROM, SHAPE_WIDTH, STEP_HEIGHT = 250, 460, 84
UNIT_WIDTH, UNIT_HEIGHT = 100, 48
ROOM_BELOW = 6
MIDDLE = STEP_HEIGHT * 0.58


@dataclass(frozen=True)
class WallStep:
    """One step of the funnel, with its places in the picture as attributes."""

    one: UprightStep
    place: str
    scale: str
    words_at: str
    is_beside: bool
    middle: str
    is_won: bool


class Wall(Funnel):
    """The wall of one selection; built in one snapshot."""

    def __init__(self, selection: Selection, scopes: Scopes) -> None:
        super().__init__(selection, scopes)
        self.today = timezone.localdate()
        self.targets = TargetTable(selection.with_period(month_of(self.today)), scopes, self.today)
        monday = self.today - timedelta(days=self.today.weekday())
        self.week = counts.win_counts(selection.with_period(Period("days", monday)), scopes)
        self.month = counts.win_counts(selection.with_period(month_of(self.today)), scopes)

    @property
    def url(self) -> str:
        """Where the fragment comes from that keeps it fresh."""
        return self.selection.url("reporting:wall_figures")

    @cached_property
    def steps(self) -> list[WallStep]:
        """The funnel, top to bottom."""
        return [_placed(one, index) for index, one in enumerate(self.upright)]

    @property
    def height(self) -> str:
        """How high the picture is."""
        return str((STEP_HEIGHT + ROOM_BELOW) * len(self.steps))


def wall_selection(query: QueryDict, user: User, scopes: Scopes) -> Selection:
    """Whose wall: the team or everyone the address names, else the reader's own team; never a person's.

    Http404 for what is not visible.
    """
    selection = read_selection(query, user, scopes)
    if selection.rep:
        if query.get("of"):
            raise Http404
        team = selection.rep.team
        selection = selection.of(team=team if scopes.shows_team(team.pk) else None)
        if selection.team is None and not scopes.everyone:
            raise Http404
    return selection.with_period(rolling_year(figures_day()))


def _placed(one: UprightStep, index: int) -> WallStep:
    wide, high = SHAPE_WIDTH / UNIT_WIDTH, STEP_HEIGHT / UNIT_HEIGHT
    center = SHAPE_WIDTH / 2 if one.beside_at is None else SHAPE_WIDTH * one.beside_at + 12
    return WallStep(
        one=one,
        place=f"translate(0 {index * (STEP_HEIGHT + ROOM_BELOW)})",
        scale=f"translate({SHAPE_FROM} 0) scale({wide:.3f} {high:.3f})",
        words_at=f"{SHAPE_FROM + center:.1f}",
        is_beside=one.beside_at is not None,
        middle=f"{MIDDLE:.0f}",
        is_won=one.stage == WON,
    )
