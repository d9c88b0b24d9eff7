"""How good stated chances were, on cases they were not made from: order, distance, calibration."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from leads.learning.regression import probability

BANDS = 5
NORMAL = 1.96


@dataclass(frozen=True)
class Band:
    """Cases of similar stated chance: how many, what was stated on average, and what came."""

    cases: int
    stated: float
    came: float

    def interval(self) -> tuple[float, float]:
        """Where the true share lies, 95 times of 100 (Wilson 1927)."""
        spread = NORMAL**2 / self.cases
        middle = self.came + spread / 2
        half = NORMAL * sqrt((self.came * (1 - self.came) + spread / 4) / self.cases)
        return max((middle - half) / (1 + spread), 0.0), min((middle + half) / (1 + spread), 1.0)


@dataclass(frozen=True)
class Quality:
    """What the page shows beside the chance."""

    cases: int
    # Of a won and a lost one: how often the won one was given the higher chance; 0.5 is guessing.
    auc: float
    # Mean squared distance between chance and outcome; and what stating the mean for all would give.
    brier: float
    brier_of_mean: float
    bands: tuple[Band, ...]

    @property
    def is_useful(self) -> bool:
        """Whether it orders cases better than guessing, and is nearer to what came than the mean is."""
        return self.auc > 0.5 and self.brier < self.brier_of_mean


@dataclass(frozen=True)
class Calibration:
    """A line through log odds that makes stated chances what comes on average (Platt 1999)."""

    slope: float
    shift: float

    def chance(self, log_odds: float) -> float:
        """The chance that log odds mean."""
        return probability(self.slope * log_odds + self.shift)


def judge(chances: Sequence[float], outcomes: Sequence[bool]) -> Quality:
    """Compare what was stated with what came; both kinds of outcome must be there."""
    cases, mean = len(outcomes), sum(outcomes) / len(outcomes)
    distance = sum((chance - came) ** 2 for chance, came in zip(chances, outcomes, strict=True))
    return Quality(
        cases, auc(chances, outcomes), distance / cases, mean * (1 - mean), _bands(chances, outcomes)
    )


def auc(chances: Sequence[float], outcomes: Sequence[bool]) -> float:
    """The area under the ROC curve from ranks; ties count half (Mann and Whitney)."""
    ordered = sorted(zip(chances, outcomes, strict=True))
    won = sum(outcomes)
    ranks, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        # Ranks count from one; all of a tie get the mean of theirs.
        ranks += sum(came for _chance, came in ordered[start:end]) * (start + 1 + end) / 2
        start = end
    return (ranks - won * (won + 1) / 2) / (won * (len(ordered) - won))


def calibrate(log_odds: Sequence[float], outcomes: Sequence[bool], *, steps: int = 50) -> Calibration:
    """Fit the line by Newton's method on cases the weights were not learned from."""
    slope, shift = 1.0, 0.0
    for _step in range(steps):
        g_slope = g_shift = h_ss = h_st = h_tt = 0.0
        for value, came in zip(log_odds, outcomes, strict=True):
            chance = probability(slope * value + shift)
            rest, weight = came - chance, max(chance * (1 - chance), 1e-9)
            g_slope, g_shift = g_slope + rest * value, g_shift + rest
            h_ss, h_st, h_tt = h_ss + weight * value * value, h_st + weight * value, h_tt + weight
        # A touch of pull towards "as it is" keeps few cases from a wild line.
        g_slope, h_ss = g_slope - (slope - 1.0), h_ss + 1.0
        determinant = h_ss * h_tt - h_st * h_st
        d_slope = (g_slope * h_tt - g_shift * h_st) / determinant
        d_shift = (g_shift * h_ss - g_slope * h_st) / determinant
        slope, shift = slope + d_slope, shift + d_shift
        if abs(d_slope) + abs(d_shift) < 1e-9:
            break
    return Calibration(max(slope, 0.0), shift)


def _bands(chances: Sequence[float], outcomes: Sequence[bool]) -> tuple[Band, ...]:
    """Fifths of the cases, from the least to the most likely."""
    ordered = sorted(zip(chances, outcomes, strict=True))
    edges = [len(ordered) * number // BANDS for number in range(BANDS + 1)]
    parts = [ordered[first:last] for first, last in pairwise(edges) if last > first]
    return tuple(
        Band(
            len(part),
            sum(one for one, _came in part) / len(part),
            sum(came for _one, came in part) / len(part),
        )
        for part in parts
    )
