"""What the dashboard shows: the funnel of a period, the stage table, leaks, offers, wins."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Team, User
from core.pictures import FunnelPicture, FunnelStep, funnel_picture
from pipeline.models import Deal, LossReason, StageSetting
from reporting import counts
from reporting.clocks import targets_of
from reporting.models import OFFER_DELIVERED, WON, DealStanding, Rebuild, StageConversion, StaleMark
from reporting.periods import Period, quarter_number, quarter_of, recent_quarters, rolling_year
from reporting.scopes import Scopes
from reporting.selection import Selection, figures_day
from reporting.stage_entries import STAGES
from reporting.stage_table import Labels, StageTable, is_few
from reporting.standings import PictureStep, Tally
from reporting.tiles import Tile, offer_tile, open_tiles, win_tiles

QUARTERS_OFFERED = 5
# A step narrower than this share of the widest cannot hold its words.
NARROW = 0.3
# Ten years back are enough for a list to choose from; addresses reach further.
EARLIER_QUARTERS = 40


@dataclass(frozen=True)
class View:
    """A pill: another period of the same."""

    label: str
    url: str
    is_on: bool


@dataclass(frozen=True)
class Choice:
    """An entry of a switch: everyone, a team, a rep; a quarter."""

    code: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class UprightStep:
    """One step of the upright funnel."""

    stage: int
    label: str | Promise
    step: PictureStep
    shape: str
    beside_at: float | None
    """How far from the left its number stands beside the shape, 0 to 1; None: it fits inside."""
    reason: str
    """Why most of those lost here were lost."""
    figure: StageConversion | None
    is_few: bool
    urls: dict[str, str]


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


class Funnel:
    """The funnel picture of a selection, standing or lying; None for `counts` where it may not be shown."""

    def __init__(self, selection: Selection, scopes: Scopes) -> None:
        self.selection = selection
        self.currency = settings.DEFAULT_CURRENCY
        self.labels: Labels = {setting.stage: setting.label for setting in StageSetting.objects.all()}
        self.reasons = {reason.pk: reason.label for reason in LossReason.objects.all()}
        self.table = StageTable(selection, scopes, self.labels)
        self.counts = counts.funnel_counts(selection, scopes)
        self.last_rebuild = Rebuild.objects.first()

    @property
    def as_of(self) -> datetime | None:
        """The latest moment any figure was computed for."""
        return self.table.as_of or (self.last_rebuild.as_of if self.last_rebuild else None)

    @cached_property
    def is_awaited(self) -> bool:
        """Whether there are deals, but their figures have never been computed yet."""
        return self.as_of is None and Deal.objects.exists()

    @property
    def upright(self) -> list[UprightStep]:
        """Each step as wide as its number, from its own width to that of the next."""
        if self.counts is None:
            return []
        sizes = [self.size(step.reached) for step in self.counts.steps]
        widest = sizes[0] or 1.0
        return [
            self._step(step, here / widest, after / widest)
            for step, here, after in zip(self.counts.steps, sizes, [*sizes[1:], sizes[-1]], strict=True)
        ]

    @property
    def picture(self) -> FunnelPicture:
        """The funnel lying, for the board."""
        steps = [
            FunnelStep(
                stage=one.stage,
                label=str(one.label),
                count=one.step.reached.deals,
                value=one.step.reached.value,
                currency=self.currency,
                rate=one.figure.rate if one.figure else None,
                low=one.figure.low if one.figure else None,
                high=one.figure.high if one.figure else None,
                still_open=one.step.still_open.deals,
                is_few=one.is_few,
                url=one.urls["reached"],
                lost=one.step.lost.deals,
                lost_value=one.step.lost.value,
                reason=one.reason,
                lost_url=one.urls["lost"],
            )
            for one in self.upright
            if one.stage != WON
        ]
        return funnel_picture(steps, by_value=self.selection.by_value)

    def size(self, tally: Tally) -> float:
        """How much a tally weighs in pictures."""
        return float(tally.value if self.selection.by_value else tally.deals)

    def deals_url(self, **what: str | int) -> str:
        """The rows behind a number."""
        return self.selection.url("reporting:deals", **what)

    def _step(self, step: PictureStep, here: float, after: float) -> UprightStep:
        stage = step.stage
        figure = self.table.figure(self.selection.scope, stage, stage + 1) if stage != WON else None
        reason_id = self.counts.main_reasons.get(stage) if self.counts else None
        return UprightStep(
            stage=stage,
            label=self.labels.get(stage) or pgettext("deals", "Won"),
            step=step,
            shape=_trapezoid(here, after),
            beside_at=_beside(here, after),
            reason=self.reasons[reason_id] if reason_id else "",
            figure=figure,
            is_few=figure is not None and is_few(figure),
            urls={
                "reached": self.deals_url(what="begun", stage=stage),
                "open": self.deals_url(what="begun", stage=stage, ending="open"),
                "lost": self.deals_url(what="begun", stage=stage, ending="lost"),
            },
        )


class Dashboard(Funnel):
    """The page of one selection; built in one snapshot."""

    def __init__(self, selection: Selection, user: User, scopes: Scopes) -> None:
        super().__init__(selection, scopes)
        self.user = user
        self.scopes = scopes
        self.is_catching_up = StaleMark.objects.exists()
        self.leak_counts = counts.leak_counts(selection, scopes)
        self.offers = counts.offer_counts(selection, scopes)
        self.wins = counts.win_counts(selection, scopes)
        self.offer_figure = self.table.figure(selection.scope, OFFER_DELIVERED, WON)

    @property
    def is_empty(self) -> bool:
        """Nothing began, ended or was offered in the period."""
        has_funnel = self.counts is None or self.counts.begun.deals
        has_wins = self.wins is None or self.wins.won.deals
        return not (has_funnel or has_wins or self.leak_counts or self.table.all_lines)

    @property
    def shows_persons(self) -> bool:
        """Whether figures of persons other than the reader are on the page."""
        shown = {line.user.pk for line in self.table.lines if line.user}
        rep = self.selection.rep
        return bool((shown | ({rep.pk} if rep else set())) - {self.user.pk})

    @property
    def views(self) -> list[View]:
        """The periods to choose from first."""
        day = figures_day()
        periods = (rolling_year(day), *recent_quarters(day, QUARTERS_OFFERED))
        return [
            View(_period_label(period), self.selection.with_period(period).url(), is_on=self._is_on(period))
            for period in periods
        ]

    @property
    def earlier_quarters(self) -> list[Choice]:
        """The quarters before those, as far back as there are figures, the latest first."""
        offered = recent_quarters(figures_day(), QUARTERS_OFFERED)[-1]
        starts = (
            StageConversion.objects.filter(
                rep=None, team=None, period=StageConversion.Kind.QUARTER, starts_on__lt=offered.starts_on
            )
            .order_by("-starts_on")
            .values_list("starts_on", flat=True)
            .distinct()[:EARLIER_QUARTERS]
        )
        quarters = [quarter_of(day) for day in starts]
        return [Choice(one.code, _period_label(one), is_on=self._is_on(one)) for one in quarters]

    @property
    def units(self) -> dict[str, str]:
        """Counted by number or by value."""
        return {
            "number": self.selection.counted(by_value=False).url(),
            "value": self.selection.counted(by_value=True).url(),
        }

    @property
    def whose(self) -> dict[str, list[Choice]]:
        """The switch: everyone, the teams and the reps the reader may see."""
        teams = Team.objects.filter(pk__in=self.scopes.team_ids).order_by("name")
        chosen = self.selection.rep.pk if self.selection.rep else None
        period = self.selection.period
        counted = StageConversion.objects.filter(
            team=None, period=period.kind, starts_on=period.starts_on
        ).values("rep")
        reps = User.objects.filter(
            Q(is_active=True) | Q(pk=chosen) | Q(pk__in=counted), pk__in=self.scopes.rep_ids
        )
        return {
            "everyone": [self._whose(self.selection.of())] if self.scopes.everyone else [],
            "teams": [self._whose(self.selection.of(team=team)) for team in teams],
            "reps": [self._whose(self.selection.of(rep=rep)) for rep in reps.by_name()],
        }

    @property
    def tiles(self) -> list[Tile]:
        """The figures on top."""
        before = self.selection.with_period(self.selection.period.before())
        wins_before = (
            counts.win_counts(before, self.scopes) if DealStanding.objects.cover(before.period) else None
        )
        return [
            *(win_tiles(self.selection, self.wins, wins_before) if self.wins else []),
            *([offer_tile(self.selection, self.offers, self.offer_figure)] if self.offers else []),
            *open_tiles(self.selection, self.user),
        ]

    @property
    def stage_heads(self) -> list[tuple[int, str | Promise]]:
        """The five stages as this company calls them."""
        return [(stage, self.labels[stage]) for stage in STAGES]

    @property
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

    @property
    def lost_total(self) -> Tally:
        """All leaks together."""
        return sum((leak.lost for leak in self.leak_counts), start=Tally())

    @property
    def matrix(self) -> list[MatrixRow]:
        """From each stage to each later one and to the win, for the selected scope."""
        return [MatrixRow(stage, self.labels[stage], self._matrix_cells(stage)) for stage in STAGES]

    def _matrix_cells(self, stage: int) -> list[StageConversion | None]:
        later = targets_of(stage)
        scope = self.selection.scope
        return [self.table.figure(scope, stage, to) if to in later else None for to in range(2, WON + 1)]

    def _is_on(self, period: Period) -> bool:
        return period.code == self.selection.period.code

    def _whose(self, selection: Selection) -> Choice:
        return Choice(selection.whose, selection.name, is_on=selection.whose == self.selection.whose)


def _period_label(period: Period) -> str:
    """`12 Monate`, `Q4 2026`."""
    if period.kind == "quarter":
        number, year = quarter_number(period.starts_on), period.starts_on.year
        return _("Q%(number)s %(year)s") % {"number": number, "year": year}
    return _("12 months")


def _trapezoid(here: float, after: float) -> str:
    """From one width to the next, centred in 100 units, 48 high."""
    top, bottom = here * 50, after * 50
    points = ((50 - top, 0), (50 + top, 0), (50 + bottom, 48), (50 - bottom, 48))
    return "M" + " L".join(f"{x:.3f},{y}" for x, y in points) + " Z"


def _beside(here: float, after: float) -> float | None:
    """Where the words of a step begin beside it, from the left; None: between its slants is room for them."""
    above, below = 0.65 * here + 0.35 * after, 0.35 * here + 0.65 * after
    return 0.5 + above / 2 if below < NARROW else None
