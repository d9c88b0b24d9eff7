"""Many possible futures of the open deals, of open offers and of the deals still to come; seeded.

Each draw weights the deals of the past anew (the Bayesian bootstrap of Rubin 1981, over deals, so that the
stays of one deal hang together), learns the course from them, and then lets each open deal be won or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reporting.forecast.course import Counted, Course, learn, place, win_chances
from reporting.forecast.values import WonValues

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
MEASURES: Final = ("wins", "new", "repeat")


class OpenDeals(NamedTuple):
    """Deals that are open, as columns."""

    stage: Places
    age: Floats
    cell: Places
    """To whose figures they count."""
    customer: Places
    """Deals of one customer have the same; -1 for none: each its own."""
    is_repeat: NDArray[np.bool_]
    """The customer has bought before."""
    value: Floats
    currency: Places


class Arrivals(NamedTuple):
    """Deals opened in the last twelve months, as columns: what is expected to come on like that."""

    deal: Places
    """Its place among all deals of the past, for the weights."""
    stage: Places
    """Where it was opened."""
    cell: Places
    days: float
    """How many days they were counted over."""
    dispersion: float
    """Variance of their monthly numbers over the mean; 1 is pure chance."""


@dataclass(frozen=True, slots=True)
class Futures:
    """What the draws came to: by draw, cell and month; revenue by currency besides."""

    counts: Floats
    """Draw, measure (MEASURES), cell, month."""
    revenue: Floats
    """Draw, currency, cell, month."""


def weights_of(deals: int, draws: int, rng: np.random.Generator) -> Iterator[Floats]:
    """The weights of one draw after the other: exponential, scaled to be 1 on average."""
    for _draw in range(draws):
        weights = rng.standard_exponential(deals)
        yield weights / weights.mean() if deals else weights


class Simulation:
    """The futures of one moment; `until_days` are the ends of the months ahead, the last one the horizon."""

    def __init__(self, counted: Counted, values: WonValues, until_days: list[float], cells: int) -> None:
        self.counted, self.values = counted, values
        self.until_days = until_days
        self.cells = cells

    def open_futures(self, deals: OpenDeals, draws: list[Floats], rng: np.random.Generator) -> Futures:
        """What the open deals come to."""
        at = place(deals.age, self.counted.grid, self.counted.step)
        futures = self._empty(len(draws))
        for number, weights in enumerate(draws):
            chances = win_chances(learn(self.counted, weights), self.until_days)[deals.stage - 1, at]
            month = (chances < rng.random((deals.stage.size, 1))).sum(axis=1)
            self._add_wins(futures, number, deals, month, rng)
        return futures

    def inflow_futures(self, arrivals: Arrivals, draws: list[Floats], rng: np.random.Generator) -> Futures:
        """What deals that are still to be opened come to."""
        futures = self._empty(len(draws))
        if not arrivals.deal.size:
            return futures
        for number, weights in enumerate(draws):
            share = expected_inflow(learn(self.counted, weights), self.until_days)
            daily = np.zeros((self.counted.stages, self.cells))
            np.add.at(daily, (arrivals.stage - 1, arrivals.cell), weights[arrivals.deal] / arrivals.days)
            self._add_inflow(futures, number, daily.T @ share, arrivals.dispersion, rng)
        return futures

    def _empty(self, draws: int) -> Futures:
        months = len(self.until_days)
        return Futures(
            np.zeros((draws, len(MEASURES), self.cells, months)),
            np.zeros((draws, self.values.currencies, self.cells, months)),
        )

    def _add_wins(
        self, futures: Futures, draw: int, deals: OpenDeals, month: Places, rng: np.random.Generator
    ) -> None:
        """Count the deals that were won within the horizon in this draw."""
        months = len(self.until_days)
        won = np.flatnonzero(month < months)
        won = won[np.argsort(month[won], kind="stable")]
        place_of = deals.cell[won] * months + month[won]
        is_new = _first_of_customer(deals.customer[won]) & ~deals.is_repeat[won]
        for measure, counts in enumerate((np.ones(won.size), is_new, ~is_new)):
            self._add(futures.counts[draw, measure], place_of, counts)
        brought = self.values.draw(deals.stage[won], deals.value[won], deals.currency[won], rng)
        for currency in range(self.values.currencies):
            self._add(futures.revenue[draw, currency], place_of, brought * (deals.currency[won] == currency))

    def _add_inflow(
        self, futures: Futures, draw: int, expected: Floats, dispersion: float, rng: np.random.Generator
    ) -> None:
        """Chance numbers of wins around the expected ones, each worth what some past win was worth."""
        months = expected.shape[1]
        wins = rng.poisson(_uneven(expected, dispersion, rng))
        place_of = np.repeat(np.arange(wins.size), wins.ravel())
        like = self.values.some_wins(place_of.size, rng)
        is_new = self.values.is_new[like]
        for measure, counts in enumerate((np.ones(place_of.size), is_new, ~is_new)):
            self._add(futures.counts[draw, measure], place_of, counts, months)
        for currency in range(self.values.currencies):
            brought = self.values.won[like] * (self.values.currency[like] == currency)
            self._add(futures.revenue[draw, currency], place_of, brought, months)

    def _add(self, table: Floats, place_of: Places, amounts: NDArray, months: int | None = None) -> None:
        table += np.bincount(place_of, amounts.astype(float), table.size).reshape(table.shape)


def expected_inflow(course: Course, until_days: list[float]) -> Floats:
    """By stage and month: how many wins one new deal a day, opened there from now on, comes to."""
    by_day = np.concatenate([np.zeros((course.won_by.shape[0] - 1, 1)), course.won_by[:-1]], axis=1)
    ahead = by_day.cumsum(axis=1) * course.step
    upto = [min(int(until // course.step), by_day.shape[1] - 1) for until in until_days]
    return np.diff(ahead[:, upto], axis=1, prepend=0.0)


def bands(draws: Floats) -> Floats:
    """The mean, then the QUANTILES, along the first axis, of draws along the first axis."""
    return np.concatenate([draws.mean(axis=0, keepdims=True), np.quantile(draws, QUANTILES, axis=0)])


def _first_of_customer(customer: Places) -> NDArray[np.bool_]:
    """Of wins in their order: those that are the first of their customer."""
    is_first = customer < 0
    known = np.flatnonzero(~is_first)
    _keys, first = np.unique(customer[known], return_index=True)
    is_first[known[first]] = True
    return is_first


def _uneven(expected: Floats, dispersion: float, rng: np.random.Generator) -> Floats:
    """Let the expected numbers vary from month to month as those of new deals did, beyond pure chance."""
    beyond = dispersion - 1
    if beyond <= 0:
        return expected
    shape = np.maximum(expected, 1e-9) / beyond
    return rng.gamma(shape, beyond)
