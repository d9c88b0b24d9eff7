"""What deals bring when they are won, compared with what was stated of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reporting.forecast.stays import Floats, Places

BORROWED: Final = 20
"""So many wins of all stages stand beside those of one stage: with few of its own a stage says little."""


class _Pool(NamedTuple):
    """Values stated, and their sums up to each: to draw from in proportion to them."""

    stated: Floats
    upto: Floats


@dataclass(frozen=True)
class WonValues:
    """The wins of the past: what each brought, and what had been stated where it stood before.

    `stated_at` has a row per stage: the value stated when the deal came there, NaN where it never stood.
    """

    won: Floats
    stated_at: Floats
    currency: Places
    is_new: NDArray[np.bool_]
    currencies: int

    def ratios(self) -> Floats:
        """Per stage: won value over stated value, drawn towards that of all stages by BORROWED wins."""
        stages = self.stated_at.shape[0]
        own = np.nan_to_num(self.stated_at)
        counts = (own > 0).sum(axis=1)
        stated = own.sum(axis=1)
        brought = (np.where(own > 0, 1.0, 0.0) * self.won).sum(axis=1)
        together = brought.sum() / stated.sum() if stated.sum() else 1.0
        ratios = np.divide(brought, stated, out=np.full(stages, together), where=stated > 0)
        return (counts * ratios + BORROWED * together) / (counts + BORROWED)

    def expected(self, stage: Places, value: Floats, currency: Places) -> Floats:
        """What a deal is expected to bring if it is won; without a stated value, what the wins brought."""
        usual = self._usual()
        return np.where(value > 0, value * self.ratios()[stage - 1], usual[currency])

    def draw(self, stage: Places, value: Floats, currency: Places, rng: np.random.Generator) -> Floats:
        """What each of these wins brings in one possible future.

        The ratio is that of a past win from the same stage, or with the weight of BORROWED of any stage,
        taken in proportion to its stated value, so that on average it is the ratio of the sums.
        """
        ratio = np.empty(value.size)
        for number in range(self.stated_at.shape[0]):
            here = np.flatnonzero(stage == number + 1)
            ratio[here] = self._some_ratios(number, here.size, rng)
        return np.where(value > 0, value * ratio, self._some_values(currency, rng))

    def some_wins(self, count: int, rng: np.random.Generator) -> Places:
        """Places of past wins, taken at random."""
        return rng.integers(0, self.won.size, count) if self.won.size else np.zeros(0, np.int64)

    def _some_ratios(self, stage: int, count: int, rng: np.random.Generator) -> Floats:
        pools, together = self._pools
        own = int((pools[stage].stated > 0).sum())
        borrows = rng.random(count) < BORROWED / (own + BORROWED)
        ratio = np.ones(count)
        for pool, chosen in ((pools[stage], ~borrows), (together, borrows)):
            if pool.stated.sum() > 0 and chosen.any():
                upto = pool.upto
                like = np.searchsorted(upto, rng.random(int(chosen.sum())) * upto[-1], side="right")
                like = np.minimum(like, upto.size - 1)
                ratio[chosen] = self.won[like % self.won.size] / pool.stated[like]
        return ratio

    @cached_property
    def _pools(self) -> tuple[list[_Pool], _Pool]:
        """The wins to draw from, of each stage and of all: the same in every draw."""
        stated = np.nan_to_num(self.stated_at)
        return [_Pool(row, row.cumsum()) for row in stated], _Pool(stated.ravel(), stated.ravel().cumsum())

    def _some_values(self, currency: Places, rng: np.random.Generator) -> Floats:
        values = np.zeros(currency.size)
        for number in range(self.currencies):
            pool = self.won[self.currency == number]
            here = np.flatnonzero(currency == number)
            if pool.size:
                values[here] = rng.choice(pool, here.size)
        return values

    def _usual(self) -> Floats:
        """The mean of the wins, by currency."""
        sums = np.bincount(self.currency, self.won, self.currencies)
        return sums / np.maximum(np.bincount(self.currency, minlength=self.currencies), 1)
