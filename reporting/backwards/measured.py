"""What is measured and how sure it is: shares, ratios and values, each drawn towards those of the others.

Every one answers its best value and, for the intervals, many values it might truly have. All draws of one
plan come from one generator, a parent's draw first: what a rep borrows from the team is as unsure as there.
"""

from math import log
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from reporting.curves import Floats
from reporting.shrinkage import USUAL_STRENGTH
from reporting.survival import Z

DRAWS: Final = 2000
# Without others to lean on: Jeffreys' prior, half a case on either side.
HALF_A_CASE: Final = 0.5
SMALLEST: Final = 1e-6


class Share(NamedTuple):
    """So much of something moves on, known as well as from `size` cases seen to their end."""

    rate: float
    size: float
    parent: "Share | None" = None
    """Those of the team or of everyone; without one it stands for itself."""

    @property
    def best(self) -> float:
        """Drawn towards the others', as in the comparison with the team (docs/conversion.md)."""
        if self.parent is None:
            return (self.size * self.rate + HALF_A_CASE) / (self.size + 2 * HALF_A_CASE)
        return (self.size * self.rate + USUAL_STRENGTH * self.parent.best) / (self.size + USUAL_STRENGTH)

    def draws(self, rng: np.random.Generator, count: int = DRAWS) -> Floats:
        """Values it may have: a beta distribution around the best one."""
        moved, stayed = self.size * self.rate, self.size * (1 - self.rate)
        if self.parent is None:
            return rng.beta(moved + HALF_A_CASE, stayed + HALF_A_CASE, count)
        others = np.clip(self.parent.draws(rng, count), SMALLEST, 1 - SMALLEST)
        return rng.beta(moved + USUAL_STRENGTH * others, stayed + USUAL_STRENGTH * (1 - others))


class Ratio(NamedTuple):
    """So many of one thing for each of another, such as appointments for each offer."""

    counted: float
    per: float
    parent: "Ratio | None" = None

    @property
    def best(self) -> float:
        """Drawn towards that of the others by as much as the usual strength of theirs is worth."""
        if self.parent is None:
            return (self.counted + HALF_A_CASE) / self.per if self.per else 0.0
        return (self.counted + USUAL_STRENGTH * self.parent.best) / (self.per + USUAL_STRENGTH)

    def draws(self, rng: np.random.Generator, count: int = DRAWS) -> Floats:
        """Values it may have: a gamma distribution, as of a rate of counted events."""
        if self.parent is None:
            return rng.gamma(self.counted + HALF_A_CASE, 1 / self.per, count)
        others = self.parent.draws(rng, count)
        return rng.gamma(self.counted + USUAL_STRENGTH * others, 1 / (self.per + USUAL_STRENGTH))


class Mean(NamedTuple):
    """What one brings on average, from so many cases that differ by `spread` (their standard deviation)."""

    mean: float
    spread: float
    size: int
    parent: "Mean | None" = None

    @property
    def best(self) -> float:
        """Drawn towards that of the others by the usual strength."""
        if self.parent is None:
            return self.mean
        own = self.size * self.mean + USUAL_STRENGTH * self.parent.best
        return own / (self.size + USUAL_STRENGTH)

    def draws(self, rng: np.random.Generator, count: int = DRAWS) -> Floats:
        """Values it may have: a gamma distribution with the standard error of the mean."""
        if self.parent is None:
            return _spread_around(np.full(count, self.mean), self._relative, self.size, rng)
        others = self.parent.draws(rng, count)
        size = self.size + USUAL_STRENGTH
        middle = (self.size * self.mean + USUAL_STRENGTH * others) / size
        return _spread_around(middle, self._relative, size, rng)

    @property
    def _relative(self) -> float:
        """How much single cases differ, in means; a few cases alike do not prove that all are."""
        own = self.spread / self.mean if self.mean else 0.0
        return max(own, self.parent._relative) if self.parent else own


Measured: TypeAlias = Share | Ratio | Mean


def effective_size(rate: float, low: float, high: float, decided: int, entered: int) -> float:
    """Give the number of cases seen to their end that would know a rate as well as its interval says.

    The way back from the interval of docs/conversion.md to its variance, p (1 - p) / Var; for a rate of 0
    or 1 what has been decided. Never more than there were.
    """
    if not 0 < rate < 1 or not 0 < low < high < 1:
        return float(min(decided, entered))
    half_width = (log(-log(low)) - log(-log(high))) / 2
    deviation = half_width / Z * rate * -log(rate)
    return min(rate * (1 - rate) / deviation**2, float(entered)) if deviation else float(entered)


def _spread_around(middle: Floats, relative: float, size: float, rng: np.random.Generator) -> Floats:
    if not relative or not size:
        return middle
    shape = size / relative**2
    return rng.gamma(shape, middle / shape)
