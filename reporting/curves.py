"""The shares behind the estimate: what happened at each age, and the curve that adds it up.

Arrays are used by their methods, and as few of them are made as can be: most cohorts are small, and there
the calls are the work.
"""

from math import inf
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ending: TypeAlias = Literal["moved_on", "lost"]

Floats: TypeAlias = NDArray[np.float64]
Counts: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.int8]

CODES: Final[dict[Ending | None, int]] = {None: 0, "moved_on": 1, "lost": 2}
"""How endings stand in a column."""
_ENDINGS: Final[tuple[Ending | None, ...]] = ("moved_on", "lost", None)


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


class Ages(NamedTuple):
    """What happened to the entries that had reached each age, and the share of the whole each carried.

    At first it is one over all. One that ends takes its share with it; one that is open leaves its share to
    those that stand longer (Efron 1967).
    """

    days: Floats
    standing: Counts
    moved_on: Counts
    lost: Counts
    open: Counts
    left: Counts
    """Those that still stand when what ends at this age has ended."""
    share: Floats
    share_after: Floats


def ages_of(days: Floats, codes: Codes) -> Ages:
    """Count what happened at each age; `days` ascend."""
    if not days.size:
        none = np.zeros(0, np.int64)
        return Ages(days, none, none, none, none, none, days, days)
    is_first = np.empty(days.size, bool)
    is_first[0] = True
    np.not_equal(days[1:], days[:-1], out=is_first[1:])
    first = is_first.nonzero()[0]
    standing = days.size - first
    moved_on, lost, still_open = (_counted(codes == CODES[ending], first) for ending in _ENDINGS)
    left = standing - moved_on - lost
    staying = left - still_open
    shares = np.ones(first.size + 1)
    shares[0] = 1 / days.size
    leaves = ((still_open > 0) & (staying > 0)).nonzero()[0]
    shares[1:][leaves] = left[leaves] / staying[leaves]
    shares = shares.cumprod()
    return Ages(days[first], standing, moved_on, lost, still_open, left, shares[:-1], shares[1:])


def _counted(is_ending: NDArray[np.bool_], first: NDArray[np.intp]) -> Counts:
    """How many there are at each age, whose first place is given."""
    ones = is_ending.astype(np.int64)
    return ones if first.size == ones.size else np.add.reduceat(ones, first)


def curve_of(ages: Ages) -> Curve:
    """The estimate at each age: the sum of the shares that moved on is that of Aalen and Johansen."""
    undecided = ages.left * ages.share
    # Until the first loss it is the same in other words, and a rate of 1 is 1 to the last digit.
    has_loss = ages.lost.nonzero()[0]
    first_loss = int(has_loss[0]) if has_loss.size else ages.lost.size
    moved_on = _shares_moved_on(ages)
    moved_on[:first_loss] = 1 - undecided[:first_loss]
    decided = ages.moved_on + ages.lost
    spread = _spread(ages, decided, moved_on, undecided, first_loss)
    kept = decided.nonzero()[0]
    return Curve(
        days=ages.days[kept],
        moved_on=moved_on[kept],
        undecided=undecided[kept],
        variance=np.maximum(spread, 0.0)[kept],
        decided=decided.cumsum()[kept],
    )


def _shares_moved_on(ages: Ages) -> Floats:
    """Add up the shares of those that moved on: counted and multiplied wherever neighbours carry the same.

    Adding up a hundred thousand equal shares one by one would lose digits.
    """
    if not ages.share.size:
        return ages.share.copy()
    is_other = np.empty(ages.share.size, bool)
    is_other[0] = True
    np.not_equal(ages.share[1:], ages.share[:-1], out=is_other[1:])
    starts = is_other.nonzero()[0]
    counted = ages.moved_on.cumsum()
    before_run = (counted - ages.moved_on)[starts]
    if starts.size == 1:
        return ages.share * counted
    run = is_other.cumsum() - 1
    whole_runs = ages.share[starts] * np.add.reduceat(ages.moved_on, starts)
    sum_before = np.zeros(starts.size)
    whole_runs[:-1].cumsum(out=sum_before[1:])
    return sum_before[run] + ages.share * (counted - before_run[run])


def _spread(ages: Ages, decided: Counts, moved_on: Floats, undecided: Floats, first_loss: int) -> Floats:
    """The variance after Dinse and Larson (1986), their sums over (F1(t) - F1(t_i)) multiplied out.

    Before the first loss it is Greenwood's formula for the share that stays.
    """
    n, moved = ages.standing.astype(float), ages.moved_on
    greenwood = _greenwood(decided, n, ages.left)
    sum_of_greenwood = greenwood.cumsum()
    without_loss = undecided[:first_loss] ** 2 * sum_of_greenwood[:first_loss]
    if first_loss == ages.lost.size:
        return without_loss
    undecided_before = n * ages.share
    shared = undecided_before * moved / n**2
    own = (undecided_before**2 * moved * (n - moved) / (n * n * n)).cumsum()
    squared = moved_on**2
    squares = squared * sum_of_greenwood - 2 * moved_on * (moved_on * greenwood).cumsum()
    products = moved_on * shared.cumsum() - (moved_on * shared).cumsum()
    spread: Floats = squares + (squared * greenwood).cumsum() + own - 2 * products
    spread[:first_loss] = without_loss
    return spread


def _greenwood(decided: Counts, standing: Floats, left: Counts) -> Floats:
    """d / (n (n - d)), and nothing where all that stand end: at the last age, if anywhere."""
    result: Floats = decided / (standing * np.maximum(left, 1))
    if left.size and not left[-1]:
        result[-1] = 0.0
    return result


def followed_days(ages: Ages) -> float:
    """The age at which half of the entries are out of sight."""
    # The share grows by one over the part still followed: doubled, half of the entries are out of sight.
    is_half = ages.share_after >= 2 * ages.share[:1]
    reached = ((ages.open > 0) & ((ages.left == ages.open) | is_half)).nonzero()[0]
    return float(ages.days[reached[0]]) if reached.size else inf
