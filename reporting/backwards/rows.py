"""What the page shows of a plan: a row per level, one per lever; places in pictures as shares of a width."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.templatetags.money import percent
from reporting.backwards.asked import lever_label
from reporting.backwards.chain import Level, Range
from reporting.backwards.dates import SHARES, Waits, Window
from reporting.backwards.planning import Aim, LeverEffect, Plan

LABELS: Final[Mapping[Level, str | Promise]] = {
    Level.WINS: gettext_lazy("Closings"),
    Level.OFFERS: gettext_lazy("Offers"),
    Level.APPOINTMENTS: gettext_lazy("On-site appointments"),
    Level.CONTACTS: gettext_lazy("Contacts"),
    Level.DEALS: gettext_lazy("Deals begun"),
    Level.LEADS: pgettext_lazy("plural", "Leads"),
}


@dataclass(frozen=True)
class Bar:
    """Where the parts of a level end in the picture, 0 to 1."""

    reached: float
    expected: float
    """The end of what the open deals bring."""
    whole: float
    low: float
    high: float

    @property
    def ahead(self) -> float:
        """How wide the part of the open deals is."""
        return self.expected - self.reached

    @property
    def missing(self) -> float:
        """How wide the missing part is."""
        return self.whole - self.expected


@dataclass(frozen=True)
class Strip:
    """The window of a level on the axis of days, 0 to 1; `today` where we stand."""

    first: float
    last: float
    safe: float
    today: float


@dataclass(frozen=True)
class LevelRow:
    """One level: how many, how many of them are missing, by when, how many a day."""

    level: Level
    label: str | Promise
    whole: Range
    missing: Range
    bar: Bar
    window: Window | None
    strip: Strip | None
    waits: Waits | None
    a_day: float | None

    @property
    def in_time(self) -> str:
        """The share of what comes in today that is closed in time; of the fastest and slowest, their end."""
        share = self.window.in_time if self.window else 0.0
        if share <= SHARES[0]:
            return _("less than %(share)s") % {"share": percent(SHARES[0])}
        return percent(share)

    @property
    def is_late(self) -> bool:
        """More is missing than can come in any more."""
        return self.window is not None and self.window.is_over and self.missing.best > 0


@dataclass(frozen=True)
class LeverRow:
    """What a lever would save."""

    name: str
    label: str | Promise
    effect: LeverEffect
    share: float
    """How long its bar is."""
    is_strongest: bool


def level_rows(plan: Plan, aim: Aim, waits: Mapping[Level, Waits]) -> list[LevelRow]:
    """From the closing back to the lead, on one scale each."""
    widest = max((row.high for row in plan.whole.values()), default=1.0) or 1.0
    dates = [day for window in plan.windows.values() for day in (window.first, window.last, window.safe)]
    start = min([aim.today, *dates]).toordinal()
    span = max(max([aim.today, aim.last, *dates]).toordinal() - start, 1)

    def strip(window: Window) -> Strip:
        days = (window.first, window.last, window.safe, aim.today)
        return Strip(*((day.toordinal() - start) / span for day in days))

    return [
        LevelRow(
            level,
            LABELS[level],
            whole,
            plan.missing[level],
            _bar(plan, aim, level, widest),
            plan.windows.get(level),
            strip(plan.windows[level]) if level in plan.windows else None,
            waits.get(level),
            plan.a_day(level),
        )
        for level, whole in plan.whole.items()
    ]


def lever_rows(effects: list[LeverEffect], goal: str) -> list[LeverRow]:
    """The strongest first; those that save as much as it are the strongest, too."""
    most = max((effect.saved for effect in effects), default=0.0)
    return [
        LeverRow(
            effect.name,
            lever_label(effect.name, goal),
            effect,
            max(effect.saved, 0.0) / most if most > 0 else 0.0,
            is_strongest=most > 0 and round(effect.saved, 2) == round(most, 2),
        )
        for effect in effects
    ]


def _bar(plan: Plan, aim: Aim, level: Level, widest: float) -> Bar:
    """Reached, expected and missing lie in the same proportion on every level."""
    whole = plan.whole[level]
    end = whole.best / widest
    reached = min(aim.reached / aim.amount, 1.0)
    expected = min(reached + plan.expected.best / aim.amount, 1.0)
    if plan.gap.best <= 0:
        expected = 1.0
    return Bar(reached * end, expected * end, end, whole.low / widest, whole.high / widest)
