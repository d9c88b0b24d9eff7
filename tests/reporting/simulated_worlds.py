"""Worlds whose truth is known: two years of deals that walk the funnel at given rates and speeds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reporting.forecast.course import count
from reporting.forecast.simulation import OpenDeals, Simulation, bands, weights_of
from reporting.forecast.stays import LOST, STILL_THERE, WON, Stays
from reporting.forecast.values import WonValues

MONTHS: Final = 24
DAYS: Final = 730.0
DEALS_A_MONTH: Final = (60, 121)
RATES: Final = (0.40, 0.60, 0.55, 0.65, 0.95)
"""How many of each stage move on, of those that do not step back; the last is the order that comes."""
SKIPS: Final = 0.25
"""So many of the accepted offers pass Verhandlung by."""
STEPS_BACK: Final = 0.10
"""So many of the stays after Akquise end with a step back."""
DAYS_TO_MOVE: Final = (20.0, 25.0, 20.0, 18.0, 10.0)
DAYS_SHAPE: Final = 2.0


@dataclass(frozen=True)
class World:
    """How long losses take, compared with moving on."""

    name: str
    losses_take: float


LINGERING: Final = World("losses that linger", 2.75)
FAST: Final = World("losses that are fast", 0.30)
EQUAL: Final = World("equal speed", 1.0)
WORLDS: Final = (LINGERING, FAST, EQUAL)


class Seen(NamedTuple):
    """What is known on the last day, and what became of the deals that were open then."""

    stays: Stays
    open_deal: NDArray[np.int64]
    open_stage: NDArray[np.int64]
    open_age: NDArray[np.float64]
    wins_to_come: int


class _Round(NamedTuple):
    """One stay of each deal that still goes on."""

    deal: NDArray[np.int64]
    stage: NDArray[np.int64]
    begins: NDArray[np.float64]
    days: NDArray[np.float64]
    goes_to: NDArray[np.int64]


def live_through(world: World, seed: int) -> Seen:
    """Two years of 60 to 120 new deals a month, seen on their last day."""
    rng = np.random.default_rng(seed)
    monthly = rng.integers(*DEALS_A_MONTH, size=MONTHS)
    opened = (np.repeat(np.arange(MONTHS), monthly) + rng.random(monthly.sum())) * DAYS / MONTHS
    stays = _Round(*(np.concatenate(column) for column in zip(*_rounds(world, opened, rng), strict=True)))
    seen = stays.begins < DAYS
    runs = seen & (stays.begins + stays.days > DAYS)
    won_later = np.isin(stays.deal, stays.deal[runs]) & (stays.goes_to == WON)
    days = np.where(runs, DAYS - stays.begins, stays.days)
    goes_to = np.where(runs, STILL_THERE, stays.goes_to)
    known = Stays(stays.deal[seen], stays.stage[seen], days[seen], goes_to[seen])
    return Seen(known, stays.deal[runs], stays.stage[runs], days[runs], int(won_later.sum()))


def rate_times_stock(seen: Seen) -> float:
    """What is usual: of those decided in each stage the share that moved on, times what stands there."""
    rates = []
    for stage in range(1, WON):
        gone = seen.stays.went_to[(seen.stays.stage == stage) & (seen.stays.went_to > stage)]
        rates.append(float((gone != LOST).mean()))
    stock = np.bincount(seen.open_stage, minlength=WON)[1:WON]
    return float((np.array(rates)[::-1].cumprod()[::-1] * stock).sum())


def _rounds(world: World, opened: NDArray[np.float64], rng: np.random.Generator) -> Iterator[_Round]:
    deal = np.arange(opened.size)
    stage, begins = np.ones(opened.size, np.int64), opened
    while deal.size:
        goes_to = _goes_to(stage, rng)
        slower = np.where(goes_to == LOST, world.losses_take, 1.0)
        days = rng.gamma(DAYS_SHAPE, np.array(DAYS_TO_MOVE)[stage - 1] * slower / DAYS_SHAPE)
        yield _Round(deal, stage, begins, days, goes_to)
        goes_on = goes_to < WON
        deal, stage, begins = deal[goes_on], goes_to[goes_on], (begins + days)[goes_on]


def _goes_to(stage: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    moves_on = rng.random(stage.size) < np.array(RATES)[stage - 1]
    onwards = stage + 1 + ((stage == 3) & (rng.random(stage.size) < SKIPS))
    steps_back = (stage > 1) & (rng.random(stage.size) < STEPS_BACK)
    return np.where(steps_back, stage - 1, np.where(moves_on, onwards, LOST))


def open_deals(seen: Seen) -> OpenDeals:
    """The open deals alone, without customers and values."""
    nothing = np.zeros(seen.open_stage.size, np.int64)
    return OpenDeals(
        seen.open_stage, seen.open_age, nothing, nothing - 1, nothing > 0, nothing.astype(float), nothing
    )


def wins_band(seen: Seen, *, seed: int, draws: int, step: float) -> NDArray[np.float64]:
    """The mean and the quantiles of the wins to come, as the forecast computes them."""
    return bands(drawn_wins(seen, seed=seed, draws=draws, step=step))


def drawn_wins(seen: Seen, *, seed: int, draws: int, step: float) -> NDArray[np.float64]:
    """The wins to come in each possible future."""
    rng = np.random.default_rng(seed)
    nothing = np.zeros(0, np.int64)
    no_values = WonValues(np.zeros(0), np.zeros((5, 0)), nothing, nothing > 0, 0)
    simulation = Simulation(count(seen.stays, 5, step), no_values, [DAYS - step], 1)
    weights = weights_of(int(seen.stays.deal.max()) + 1, draws, rng)
    ahead, _none = simulation.run(weights, open_deals(seen), None, rng)
    return ahead.counts[:, 0, 0, 0]
