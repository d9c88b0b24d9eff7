"""The funnel of a selection: standing, for the page of figures, or lying, over the board."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import pgettext

from core.pictures import FunnelPicture, FunnelStep, funnel_picture
from pipeline.board import board_query
from pipeline.models import Deal, LossReason, StageSetting
from reporting import counts
from reporting.models import WON, Rebuild, StageConversion
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.stage_table import Labels, StageTable, is_few
from reporting.standings import PictureStep, Tally

# A step narrower than this share of the widest cannot hold its words.
NARROW = 0.3


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
    before: Tally | None = None
    """What had come as far in the period it is compared with; None where there is nothing to compare with."""
    share: float | None = None
    """What share of the deals begun came this far."""
    team_share: float | None = None
    """The same in the team of the rep whose funnel it is."""


class Funnel:
    """The funnel picture of a selection, standing or lying; None for `counts` where it may not be shown.

    Over a `board` (what is asked of it) each part of the funnel narrows the board down.
    """

    def __init__(self, selection: Selection, scopes: Scopes, board: QueryDict | None = None) -> None:
        self.selection = selection
        self.board = board
        self.currency = settings.DEFAULT_CURRENCY
        self.labels: Labels = {setting.stage: setting.label for setting in StageSetting.objects.all()}
        self.reasons = {reason.pk: reason.label for reason in LossReason.objects.all()}
        self.table = StageTable(selection, scopes, self.labels)
        self.scopes = scopes
        self.last_rebuild = Rebuild.objects.first()

    @cached_property
    def counts(self) -> counts.FunnelCounts | None:
        """What the picture is drawn from; None where it is made of too few people."""
        return counts.funnel_counts(self.selection, self.scopes)

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
                part_url=self._part_url(one.stage),
                is_asked=self._is_asked(one.stage),
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

    def _is_asked(self, stage: int) -> bool:
        return self.board is not None and self.board.get("came_to") == str(stage)

    def _part_url(self, stage: int) -> str:
        if self.board is None:
            return ""
        asked = None if self._is_asked(stage) else stage
        return reverse("pipeline:deal_board") + board_query(self.board, came_to=asked)

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
                "before": self.deals_url(what="before", stage=stage),
                "entered": self.deals_url(what="entered", stage=stage),
            },
        )


def _trapezoid(here: float, after: float) -> str:
    """From one width to the next, centred in 100 units, 48 high."""
    top, bottom = here * 50, after * 50
    points = ((50 - top, 0), (50 + top, 0), (50 + bottom, 48), (50 - bottom, 48))
    return "M" + " L".join(f"{x:.3f},{y}" for x, y in points) + " Z"


def _beside(here: float, after: float) -> float | None:
    """Where the words of a step begin beside it, from the left; None: between its slants is room for them."""
    above, below = 0.65 * here + 0.35 * after, 0.35 * here + 0.65 * after
    return 0.5 + above / 2 if below < NARROW else None
