"""Many possible futures of the open deals, of open offers and of the deals still to come; seeded.

Each draw weights the deals of the past anew (the Bayesian bootstrap of Rubin 1981, over deals, so that the
stays of one deal hang together), learns the course from them, and then lets each open deal be won or not.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reporting.forecast.course import Counted, Course, learn, place, win_chances
from reporting.forecast.stays import Floats, Places
from reporting.forecast.values import WonValues

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


class Future(NamedTuple):
    """What one draw came to."""

    counts: Floats
    """Measure (MEASURES), cell, month."""
    revenue: Floats
    """Currency, cell, month."""


class Futures(NamedTuple):
    """What all draws came to; their number comes first in both."""

    counts: Floats
    revenue: Floats


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

    def run(
        self, weights: Iterable[Floats], deals: OpenDeals, arrivals: Arrivals | None, rng: np.random.Generator
    ) -> tuple[Futures, Futures]:
        """What the open deals come to, and what those still to be opened do; one draw per weights."""
        at = place(deals.age, self.counted.grid, self.counted.step)
        ahead: list[Future] = []
        coming: list[Future] = []
        for given in weights:
            course = learn(self.counted, given)
            chances = win_chances(course, self.until_days)[deals.stage - 1, at]
            month = (chances < rng.random((deals.stage.size, 1))).sum(axis=1)
            ahead.append(self._won(deals, month, rng))
            coming.append(self._coming(course, given, arrivals, rng) if arrivals else self._nothing())
        return _together(ahead), _together(coming)

    def _nothing(self) -> Future:
        return nothing(self.values.currencies, self.cells, len(self.until_days))

    def _won(self, deals: OpenDeals, month: Places, rng: np.random.Generator) -> Future:
        """Count the deals that are won within the horizon."""
        months = len(self.until_days)
        won = np.flatnonzero(month < months)
        won = won[np.argsort(month[won], kind="stable")]
        is_new = _first_of_customer(deals.customer[won]) & ~deals.is_repeat[won]
        brought = self.values.draw(deals.stage[won], deals.value[won], deals.currency[won], rng)
        place_of = deals.cell[won] * months + month[won]
        return add_up(self._nothing(), place_of, is_new, brought, deals.currency[won])

    def _coming(
        self, course: Course, weights: Floats, arrivals: Arrivals, rng: np.random.Generator
    ) -> Future:
        """Chance numbers of wins around the expected ones, each worth what some past win was worth."""
        daily = np.zeros((self.counted.stages, self.cells))
        np.add.at(daily, (arrivals.stage - 1, arrivals.cell), weights[arrivals.deal] / arrivals.days)
        expected = daily.T @ expected_inflow(course, self.until_days)
        wins = rng.poisson(_uneven(expected, arrivals.dispersion, rng))
        place_of = np.repeat(np.arange(wins.size), wins.ravel())
        like = self.values.some_wins(place_of.size, rng)
        values = self.values
        is_new, brought, currency = values.is_new[like], values.won[like], values.currency[like]
        return add_up(self._nothing(), place_of, is_new, brought, currency)


def expected_inflow(course: Course, until_days: list[float]) -> Floats:
    """By stage and month: how many wins one new deal a day, opened there from now on, comes to."""
    by_day = np.concatenate([np.zeros((course.won_by.shape[0] - 1, 1)), course.won_by[:-1]], axis=1)
    ahead = by_day.cumsum(axis=1) * course.step
    upto = [min(round(until / course.step), by_day.shape[1] - 1) for until in until_days]
    return np.diff(ahead[:, upto], axis=1, prepend=0.0)


def nothing(currencies: int, cells: int, months: int) -> Future:
    """Empty tables."""
    return Future(np.zeros((len(MEASURES), cells, months)), np.zeros((currencies, cells, months)))


def add_up(
    future: Future, place_of: Places, is_new: NDArray[np.bool_], brought: Floats, currency: Places
) -> Future:
    """Add wins up in empty tables, each at its place (cell and month)."""
    for table, amounts in zip(future.counts, (np.ones(place_of.size), is_new, ~is_new), strict=True):
        _add(table, place_of, amounts)
    for code, table in enumerate(future.revenue):
        _add(table, place_of, brought * (currency == code))
    return future


def bands(draws: Floats) -> Floats:
    """The mean, then the QUANTILES, along the first axis, of draws along the first axis."""
    return np.concatenate([draws.mean(axis=0, keepdims=True), np.quantile(draws, QUANTILES, axis=0)])


def _together(draws: list[Future]) -> Futures:
    return Futures(np.stack([one.counts for one in draws]), np.stack([one.revenue for one in draws]))


def _add(table: Floats, place_of: Places, amounts: NDArray) -> None:
    table += np.bincount(place_of, amounts.astype(float), table.size).reshape(table.shape)


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
