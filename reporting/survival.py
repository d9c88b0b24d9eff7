"""How many of those who entered a stage move on, when some of them are still open.

Two things can end an entry: it moves on, or it is lost. An open entry has not decided yet; it is *censored*
at the age it has reached. The estimate is the cumulative incidence of Aalen and Johansen (1978); definitions,
formulas and sources stand in docs/conversion.md.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, inf, log, sqrt
from operator import itemgetter
from statistics import NormalDist, median
from typing import Final, Literal, NamedTuple, TypeAlias

Ending: TypeAlias = Literal["moved_on", "lost"]
Observation: TypeAlias = tuple[float, Ending | None]
"""Days from the entry to its ending, or, where the ending is None, to the moment we look."""

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


@dataclass(frozen=True, slots=True)
class Incidence:
    """The share that has moved on, as a curve over the days since entry, and the plain counts behind it."""

    steps: list[Step]
    """One for each age at which at least one entry moved on or was lost; youngest first."""
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
    def last(self) -> Step:
        """What is known at the last age at which anything was decided."""
        return self.steps[-1] if self.steps else START

    def at(self, days: float) -> Step:
        """What is known of the age `days`: the last step up to and including it."""
        position = bisect_right(self.steps, days, key=itemgetter(0))
        return self.steps[position - 1] if position else START


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
    seen = list(observations)
    if any(days < 0 for days, _ in seen):
        raise ValueError("An entry cannot end before it began.")
    walk = _Walk(entered=len(seen))
    for age in _ages(seen):
        walk.pass_age(age)

    moved_days = [days for days, ending in seen if ending == "moved_on"]
    return Incidence(
        steps=walk.steps,
        entered=len(seen),
        moved_on=len(moved_days),
        lost=walk.lost,
        median_days=median(moved_days) if moved_days else None,
        longest_days=max((days for days, _ in seen), default=0.0),
        followed_days=walk.followed_days,
    )


class _Age(NamedTuple):
    """What happened to the entries that had reached one age."""

    days: float
    moved_on: int
    lost: int
    open: int


def _ages(seen: list[Observation]) -> Iterator[_Age]:
    moved_on = Counter(days for days, ending in seen if ending == "moved_on")
    lost = Counter(days for days, ending in seen if ending == "lost")
    still_open = Counter(days for days, ending in seen if ending is None)
    for days in sorted({*moved_on, *lost, *still_open}):
        yield _Age(days, moved_on.get(days, 0), lost.get(days, 0), still_open.get(days, 0))


@dataclass(slots=True)
class _Spread:
    """Variance of the share moved on, of the share undecided, and their covariance.

    The increments at one age are multinomial among those standing, and ages are uncorrelated, so each age
    adds its own part to what the ages before left: the Greenwood-type matrix estimator (Andersen, Borgan,
    Gill and Keiding 1993, section IV.4). For two ways of ending it is the formula of Dinse and Larson (1986)
    written as a recursion, which needs one pass and no differences of large sums.
    """

    moved_on: float = 0.0
    undecided: float = 0.0
    both: float = 0.0

    def pass_age(self, age: _Age, standing: int, undecided: float) -> None:
        move = age.moved_on / standing
        stay = (standing - age.moved_on - age.lost) / standing
        fresh = undecided * undecided / standing
        self.moved_on += 2 * move * self.both + move * move * self.undecided + fresh * move * (1 - move)
        self.both = stay * (self.both + move * self.undecided - fresh * move)
        self.undecided = stay * (stay * self.undecided + fresh * (1 - stay))


class _Walk:
    """Goes through the ages, youngest first, with the entries still standing.

    Each entry that stands carries the same share of the whole. One that ends takes its share with it; one
    that is open leaves its share to those that stand longer (Efron 1967). The shares that moved on add up to
    exactly the estimate of Aalen and Johansen; with nothing open that is moved on / entered.
    """

    def __init__(self, entered: int) -> None:
        self.steps: list[Step] = []
        self.lost = 0
        self.followed_days = inf
        self._entered = self._standing = entered
        self._share = 1 / entered if entered else 0.0
        self._moved_before = 0.0
        self._moved_with_share = 0
        self._decided = 0
        self._spread = _Spread()

    def pass_age(self, age: _Age) -> None:
        if age.moved_on or age.lost:
            self._decide(age)
        if age.open:
            self._hand_on_shares(age)

    def _decide(self, age: _Age) -> None:
        self._spread.pass_age(age, self._standing, self._standing * self._share)
        self._standing -= age.moved_on + age.lost
        self._moved_with_share += age.moved_on
        self.lost += age.lost
        self._decided += age.moved_on + age.lost
        undecided = self._standing * self._share
        if self.lost:
            # Counted and multiplied: adding up a hundred thousand equal shares would lose digits.
            moved_on = self._moved_before + self._share * self._moved_with_share
            variance = self._spread.moved_on
        else:
            # The same in other words, and a rate of 1 is 1 to the last digit.
            moved_on, variance = 1 - undecided, self._spread.undecided
        self.steps.append(Step(age.days, moved_on, undecided, variance, self._decided))

    def _hand_on_shares(self, age: _Age) -> None:
        self._moved_before += self._share * self._moved_with_share
        self._moved_with_share = 0
        staying = self._standing - age.open
        if staying:
            self._share *= self._standing / staying
        self._standing = staying
        # The share grows by one over the part still followed: doubled, half of the entries are out of sight.
        if not staying or self._share * self._entered >= 2:
            self.followed_days = min(self.followed_days, age.days)
