"""How many of those who entered a stage move on, when some of them are still open.

Two things can end an entry: it moves on, or it is lost. An open entry has not decided yet; it is *censored*
at the age it has reached. The estimate is the cumulative incidence of Aalen and Johansen (1978); definitions,
formulas and sources stand in docs/conversion.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, inf, log, sqrt
from statistics import NormalDist
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ending: TypeAlias = Literal["moved_on", "lost"]
Observation: TypeAlias = tuple[float, Ending | None]
"""Days from the entry to its ending, or, where the ending is None, to the moment we look."""

Floats: TypeAlias = NDArray[np.float64]
Counts: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.int8]

CODES: Final[dict[Ending | None, int]] = {None: 0, "moved_on": 1, "lost": 2}
"""How endings stand in a column."""

CONFIDENCE: Final = 0.95
Z: Final = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
EARLY_DAYS: Final = 90.0


class Step(NamedTuple):
    """What is known of a group of entries `days` after they entered."""

    days: float
    moved_on: float
    """Estimated share that has moved on by then: the cumulative incidence."""
    undecided: float
    """Estimated share that has neither moved on nor been lost by then."""
    variance: float
    """Of `moved_on`: the Greenwood-type estimator of Dinse and Larson (1986)."""
    decided: int
    """How many entries had been seen to move on or to be lost by then."""

    @property
    def effective_size(self) -> float:
        """The number of fully followed entries that would know the rate as well as these do.

        With p(1 - p) / n for a variance of n fully followed entries, n is p(1 - p) / variance. Where all or
        none moved on the variance says nothing, and only what has been decided counts.
        """
        if self.variance <= 0:
            return float(self.decided)
        return self.moved_on * (1 - self.moved_on) / self.variance


START: Final = Step(days=0.0, moved_on=0.0, undecided=1.0, variance=0.0, decided=0)


class Curve(NamedTuple):
    """The columns of the steps; one place for each age at which anything was decided, youngest first."""

    days: Floats
    moved_on: Floats
    undecided: Floats
    variance: Floats
    decided: Counts

    def step(self, position: int) -> Step:
        """One place of every column."""
        days, moved_on, undecided, variance = (float(column[position]) for column in self[:4])
        return Step(days, moved_on, undecided, variance, int(self.decided[position]))


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
    ages = _ages(days, codes)
    return Incidence(
        curve=_curve(ages),
        entered=days.size,
        moved_on=moved_days.size,
        lost=int(ages.lost.sum()),
        median_days=float(np.median(moved_days)) if moved_days.size else None,
        longest_days=float(days[-1]) if days.size else 0.0,
        followed_days=_followed_days(ages),
    )


class _Ages(NamedTuple):
    """What happened to the entries that had reached each age, and the share of the whole each carried.

    At first it is one over all. One that ends takes its share with it; one that is open leaves its share to
    those that stand longer (Efron 1967).
    """

    days: Floats
    standing: Counts
    moved_on: Counts
    lost: Counts
    open: Counts
    share: Floats
    share_after: Floats

    @property
    def left(self) -> Counts:
        """Those that still stand when what ends at this age has ended."""
        return self.standing - self.moved_on - self.lost


def _ages(days: Floats, codes: Codes) -> _Ages:
    """Count what happened at each age; `days` ascend."""
    first = np.flatnonzero(np.diff(days, prepend=-1.0))
    standing = days.size - first
    moved_on, lost, still_open = (
        np.add.reduceat((codes == CODES[ending]).astype(np.int64), first) if first.size else first
        for ending in ("moved_on", "lost", None)
    )
    left = standing - moved_on - lost
    staying = left - still_open
    growth = np.where((still_open > 0) & (staying > 0), left / np.maximum(staying, 1), 1.0)
    shares: Floats = np.cumprod(np.concatenate((np.array([1 / max(days.size, 1)]), growth)))
    return _Ages(days[first], standing, moved_on, lost, still_open, shares[:-1], shares[1:])


def _curve(ages: _Ages) -> Curve:
    """The estimate at each age: the sum of the shares that moved on is that of Aalen and Johansen."""
    undecided = ages.left * ages.share
    without_loss = np.cumsum(ages.lost) == 0
    # Until the first loss it is the same in other words, and a rate of 1 is 1 to the last digit.
    moved_on = np.where(without_loss, 1 - undecided, _shares_moved_on(ages))
    spread = np.where(without_loss, _spread_without_loss(ages, undecided), _spread(ages, moved_on))
    decided = ages.moved_on + ages.lost
    kept = decided > 0
    return Curve(
        days=ages.days[kept],
        moved_on=moved_on[kept],
        undecided=undecided[kept],
        variance=np.maximum(spread, 0.0)[kept],
        decided=np.cumsum(decided)[kept],
    )


def _shares_moved_on(ages: _Ages) -> Floats:
    """Add up the shares of those that moved on: counted and multiplied wherever neighbours carry the same.

    Adding up a hundred thousand equal shares one by one would lose digits.
    """
    is_other = np.diff(ages.share, prepend=0.0) != 0
    starts = np.flatnonzero(is_other)
    if not starts.size:
        return ages.share
    run = np.cumsum(is_other) - 1
    counted = np.cumsum(ages.moved_on)
    before_run = (counted - ages.moved_on)[starts]
    whole_runs = ages.share[starts] * np.add.reduceat(ages.moved_on, starts)
    sum_before = np.concatenate(([0.0], np.cumsum(whole_runs)[:-1]))
    return sum_before[run] + ages.share * (counted - before_run[run])


def _spread(ages: _Ages, moved_on: Floats) -> Floats:
    """The variance after Dinse and Larson (1986), their sums over (F1(t) - F1(t_i)) multiplied out."""
    n, moved = ages.standing.astype(float), ages.moved_on
    undecided_before = n * ages.share
    greenwood, shared = _greenwood(ages), undecided_before * moved / n**2
    own = np.cumsum(undecided_before**2 * moved * (n - moved) / n**3)
    squares = moved_on**2 * np.cumsum(greenwood) - 2 * moved_on * np.cumsum(moved_on * greenwood)
    products = moved_on * np.cumsum(shared) - np.cumsum(moved_on * shared)
    return squares + np.cumsum(moved_on**2 * greenwood) + own - 2 * products


def _spread_without_loss(ages: _Ages, undecided: Floats) -> Floats:
    """The same where nothing is lost: Greenwood's formula for the share that stays."""
    return undecided**2 * np.cumsum(_greenwood(ages))


def _greenwood(ages: _Ages) -> Floats:
    """d / (n (n - d)), and nothing where all that stand end."""
    ended = ages.moved_on + ages.lost
    return np.where(ages.left > 0, ended / (ages.standing.astype(float) * np.maximum(ages.left, 1)), 0.0)


def _followed_days(ages: _Ages) -> float:
    """The age at which half of the entries are out of sight."""
    is_last = ages.left == ages.open
    # The share grows by one over the part still followed: doubled, half of the entries are out of sight.
    is_half = ages.share_after >= 2 * ages.share[:1]
    reached = np.flatnonzero((ages.open > 0) & (is_last | is_half))
    return float(ages.days[reached[0]]) if reached.size else inf
