"""How many of those who entered a stage move on, when some of them are still open.

Two things can end an entry: it moves on, or it is lost. An open entry has not decided yet; it is *censored*
at the age it has reached. The estimate is the cumulative incidence of Aalen and Johansen (1978); definitions,
formulas and sources stand in docs/conversion.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Final, TypeAlias

import numpy as np

from reporting.curves import CODES, Codes, Curve, Ending, Floats, Step, ages_of, curve_of, followed_days

Observation: TypeAlias = tuple[float, Ending | None]
"""Days from the entry to its ending, or, where the ending is None, to the moment we look."""

CONFIDENCE: Final = 0.95
Z: Final = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
EARLY_DAYS: Final = 90.0

START: Final = Step(days=0.0, moved_on=0.0, undecided=1.0, variance=0.0, decided=0)


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """The share that has moved on, as a curve over the days since entry, and the plain counts behind it."""

    curve: Curve
    entered: int
    moved_on: int
    lost: int
    median_days: float | None
    """The plain median of the days of those that moved on."""
    longest_days: float
    """The greatest age anything was observed at; 0 where nothing entered."""
    followed_days: float
    """The median time of follow-up (Schemper and Smith 1996); infinite where most were seen to their end."""

    @property
    def still_open(self) -> int:
        return self.entered - self.moved_on - self.lost

    @property
    def steps(self) -> list[Step]:
        """One for each age at which at least one entry moved on or was lost; youngest first."""
        return [self.curve.step(position) for position in range(len(self.curve.days))]

    @property
    def last(self) -> Step:
        """What is known at the last age at which anything was decided."""
        return self.curve.step(-1) if len(self.curve.days) else START

    def at(self, days: float) -> Step:
        """What is known of the age `days`: the last step up to and including it."""
        position = int(np.searchsorted(self.curve.days, days, side="right"))
        return self.curve.step(position - 1) if position else START


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One line of the stage table: plain counts, the rate of moving on, and how sure that rate is."""

    entered: int
    moved_on: int
    lost: int
    still_open: int
    rate: float | None
    """None where nothing entered."""
    low: float | None
    high: float | None
    rate_within_90_days: float | None
    """None as long as nothing has been followed for 90 days and something is still open."""
    undecided_share: float | None
    median_days: float | None


def stage_figures(incidence: Incidence) -> StageFigures:
    """Sum up a curve as one line of the stage table; the rate is the one after the last decision."""
    last = incidence.last
    low, high = confidence_interval(last) if incidence.entered else (None, None)
    return StageFigures(
        entered=incidence.entered,
        moved_on=incidence.moved_on,
        lost=incidence.lost,
        still_open=incidence.still_open,
        rate=last.moved_on if incidence.entered else None,
        low=low,
        high=high,
        rate_within_90_days=_early_rate(incidence),
        undecided_share=last.undecided if incidence.entered else None,
        median_days=incidence.median_days,
    )


def _early_rate(incidence: Incidence) -> float | None:
    followed_long_enough = incidence.longest_days >= EARLY_DAYS
    if incidence.entered and (followed_long_enough or not incidence.last.undecided):
        return incidence.at(EARLY_DAYS).moved_on
    return None


def confidence_interval(step: Step) -> tuple[float, float]:
    """The 95 % interval of the share that has moved on.

    Symmetric on the scale log(-log(share)), which keeps it inside 0 and 1 (Choudhury 2002). That scale has no
    place for a share of 0 or 1; there it is the exact interval of Clopper and Pearson (1934) for the decided
    entries, and everything from 0 to 1 where none is decided.
    """
    share = step.moved_on
    if step.variance <= 0:
        tail = ((1 - CONFIDENCE) / 2) ** (1 / step.decided) if step.decided else 0.0
        return (tail, 1.0) if share else (0.0, 1 - tail)
    half_width = Z * sqrt(step.variance) / abs(share * log(share))
    return share ** exp(half_width), share ** exp(-half_width)


def cumulative_incidence(observations: Iterable[Observation]) -> Incidence:
    """Estimate the share that has moved on at every age, for two ways of ending and right censoring.

    Entries that were open when we looked count as observed up to and including their age: what ends at the
    same age ended before. Several endings at one age, of either kind, are taken together. The order of
    `observations` does not matter; an age below zero is refused.
    """
    pairs = list(observations)
    days = np.fromiter((days for days, _ in pairs), float, len(pairs))
    return incidence_of(days, np.fromiter((CODES[ending] for _, ending in pairs), np.int8, len(pairs)))


def incidence_of(days: Floats, codes: Codes) -> Incidence:
    """Estimate the same from columns: days, and what CODES makes of the endings."""
    order = np.argsort(days, kind="stable")
    return incidence_in_order(days[order], codes[order])


def incidence_in_order(days: Floats, codes: Codes) -> Incidence:
    """Estimate the same where the days ascend already."""
    if days.size and days[0] < 0:
        raise ValueError("An entry cannot end before it began.")
    moved_days = days[codes == CODES["moved_on"]]
    ages = ages_of(days, codes)
    return Incidence(
        curve=curve_of(ages),
        entered=days.size,
        moved_on=moved_days.size,
        lost=int(ages.lost.sum()),
        median_days=_median(moved_days),
        longest_days=float(days[-1]) if days.size else 0.0,
        followed_days=followed_days(ages),
    )


def _median(ascending: Floats) -> float | None:
    """The middle one, or the mean of the two in the middle."""
    if not ascending.size:
        return None
    half = ascending.size // 2
    return float(ascending[half] if ascending.size % 2 else (ascending[half - 1] + ascending[half]) / 2)
