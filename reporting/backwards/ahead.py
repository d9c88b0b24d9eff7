"""What the open deals already bring: the forecast's figures of the months ahead, by day and by stage."""

from typing import NamedTuple

import numpy as np

from reporting.backwards.levers import Levers, lift_of_stage
from reporting.backwards.measured import DRAWS
from reporting.curves import Floats


class StageAhead(NamedTuple):
    """The open deals of one stage: their part in what is expected, and their mean chance."""

    stage: int
    part: float
    chance: float


class Ahead(NamedTuple):
    """What is expected by the end of each month ahead, counted in days from the forecast on."""

    days: tuple[float, ...] = (0.0,)
    expected: tuple[float, ...] = (0.0,)
    """Added up from the first month on; it begins with nothing on day 0."""
    spread: tuple[float, ...] = (0.0,)
    """Standard deviations, added up as well: as if all months erred to the same side."""
    stages: tuple[StageAhead, ...] = ()

    def best(self, first: float, last: float, levers: Levers) -> float:
        """What comes between two days; at another speed the same comes sooner or later."""
        return self._between(self.expected, first, last, levers) * self._lift(levers)

    def draws(
        self, first: float, last: float, levers: Levers, rng: np.random.Generator, count: int = DRAWS
    ) -> Floats:
        """What may come: a gamma distribution with the forecast's mean and spread."""
        mean = self._between(self.expected, first, last, levers)
        spread = self._between(self.spread, first, last, levers)
        if mean <= 0 or spread <= 0:
            return np.full(count, max(mean, 0.0) * self._lift(levers))
        return rng.gamma((mean / spread) ** 2, spread**2 / mean, count) * self._lift(levers)

    def _between(self, amounts: tuple[float, ...], first: float, last: float, levers: Levers) -> float:
        """Within a month it comes evenly."""
        ends = np.array([max(first, 0.0), max(last, 0.0)]) / levers.pace
        began, ended = np.interp(ends, self.days, amounts)
        return float(ended - began)

    def _lift(self, levers: Levers) -> float:
        parts = sum(one.part for one in self.stages)
        if not parts:
            return 1.0
        lifted = sum(one.part * lift_of_stage(one.stage, one.chance, levers) for one in self.stages)
        return lifted / parts
