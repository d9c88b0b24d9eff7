"""The plan: what the target needs, what is there, what is missing, and which lever saves the most."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from reporting.backwards.ahead import Ahead
from reporting.backwards.chain import (
    SEED,
    Basis,
    Level,
    Number,
    Range,
    Steps,
    best_steps,
    closings,
    drawn_steps,
    levels,
    range_of,
    ranges,
)
from reporting.backwards.dates import Waits, Window, window
from reporting.backwards.levers import NAMES, Levers, turned

IMPROVEMENT: Final = 10
"""Percent: every lever is turned by as much to compare them."""
NO_WAIT: Final = Waits((0.0,) * 19, 0)


@dataclass(frozen=True)
class Aim:
    """What is to be reached, and by when; `reached` of it is there already."""

    amount: float
    reached: float
    is_money: bool
    first: date
    last: date
    today: date
    land: str = ""


@dataclass(frozen=True)
class Found:
    """What is known to reckon with."""

    basis: Basis
    ahead: Ahead
    waits: dict[Level, Waits]


@dataclass(frozen=True)
class Plan:
    """The answer."""

    whole: dict[Level, Range]
    """For the whole target."""
    missing: dict[Level, Range]
    """For what is neither reached nor expected of the open deals."""
    expected: Range
    """Of the open deals, in the unit of the target."""
    gap: Range
    """In the unit of the target."""
    windows: dict[Level, Window]

    @property
    def top(self) -> Level:
        """Where the funnel is filled: leads, or what comes nearest to them."""
        known = [level for level in (Level.LEADS, Level.DEALS, Level.CONTACTS) if level in self.missing]
        return known[0] if known else Level.WINS

    def a_day(self, level: Level) -> float | None:
        """How many have to come in on each working day; None where it is too late, or nobody knows."""
        days = self.windows[level].working_days if level in self.windows else 0
        return self.missing[level].best / days if days else None

    @property
    def effort(self) -> float:
        """What has to be put in at the top per working day; all at once where no day is left."""
        days = self.windows[self.top].working_days if self.top in self.windows else 0
        return self.missing[self.top].best / max(days, 1)


@dataclass(frozen=True)
class LeverEffect:
    """What turning one lever by IMPROVEMENT does."""

    name: str
    gap: float
    top: float
    effort: float
    saved: float
    """The share of the effort that is saved."""


def plan(aim: Aim, found: Found, levers: Levers) -> Plan | None:
    """Reckon backwards; None where it is not known what a closing brings."""
    rng = np.random.default_rng(SEED)
    best = turned(best_steps(found.basis), levers, is_money=aim.is_money)
    drawn = turned(drawn_steps(found.basis, rng), levers, is_money=aim.is_money)
    span = _days_ahead(aim)
    expected = found.ahead.best(*span, levers)
    drawn_expected = found.ahead.draws(*span, levers, rng)
    gap = max(aim.amount - aim.reached - expected, 0.0)
    drawn_gap = np.maximum(aim.amount - aim.reached - drawn_expected, 0.0)
    whole = _ranges(aim.amount, aim.amount, best, drawn)
    missing = _ranges(gap, drawn_gap, best, drawn)
    if whole is None or missing is None:
        return None
    waits = {Level.WINS: NO_WAIT} | found.waits
    windows = {
        level: window(aim.first, aim.last, waits[level].at_pace(levers.pace), aim.today, aim.land)
        for level in whole
        if level in waits
    }
    return Plan(whole, missing, range_of(expected, drawn_expected), range_of(gap, drawn_gap), windows)


def lever_effects(aim: Aim, found: Found, levers: Levers, base: Plan) -> list[LeverEffect]:
    """Turn each lever alone by the same percentage, on top of how it is turned; the strongest first."""
    effects = []
    for name in NAMES:
        percent = round((100 + getattr(levers, name)) * (1 + IMPROVEMENT / 100)) - 100
        other = plan(aim, found, levers._replace(**{name: percent}))
        if other is not None and _is_known(found.basis, name):
            saved = 1 - other.effort / base.effort if base.effort else 0.0
            effects.append(
                LeverEffect(name, other.gap.best, other.missing[other.top].best, other.effort, saved)
            )
    return sorted(effects, key=lambda effect: -effect.saved)


def _is_known(basis: Basis, name: str) -> bool:
    return name == "speed" or getattr(basis, name) is not None


def _days_ahead(aim: Aim) -> tuple[float, float]:
    """The days of the period from today on; what lies before is reached, or not."""
    return float((aim.first - aim.today).days), float((aim.last - aim.today).days + 1)


def _ranges(best: Number, drawn: Number, steps: Steps, drawn_steps: Steps) -> dict[Level, Range] | None:
    wins, drawn_wins = closings(best, steps), closings(drawn, drawn_steps)
    if wins is None or drawn_wins is None:
        return None
    few, many = levels(wins, steps), levels(drawn_wins, drawn_steps)
    return ranges(few, many)
