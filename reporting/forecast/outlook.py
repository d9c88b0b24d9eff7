"""From what is known at a moment to the forecast: bands per month for everyone, each team and each rep."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from reporting.figures import EVERYONE, Scope
from reporting.forecast.course import Counted, Course, count, learn, place, win_chances
from reporting.forecast.past import Past
from reporting.forecast.simulation import (
    MEASURES,
    Arrivals,
    Futures,
    OpenDeals,
    Simulation,
    bands,
    weights_of,
)
from reporting.forecast.stays import OPEN, Floats, Places, offer_stays, stays_of
from reporting.forecast.values import WonValues
from reporting.stage_entries import STAGES

DRAWS: Final = 400
HORIZON_DAYS: Final = 729.0
LEARNED_DAYS: Final = 1096
"""Stays begun in the last three years: older ones tell of another company."""
ARRIVAL_DAYS: Final = 365.0
LEAST_WINS: Final = 20
"""With fewer wins to learn from nothing is foretold."""

BASES: Final = ("open", "total", "offers")
"""Today's open deals; they and what is expected to come in; the open offers alone."""
NO_OFFER: Final = (None, None)
_MONTH_DAYS: Final = 30.4375
_WON_AT: Final = 1


class Band(NamedTuple):
    """The expected figure of a month (None: within the two years) and its quantiles."""

    scope: Scope
    basis: str
    month: int | None
    measure: str
    currency: str
    numbers: tuple[float, ...]
    """The mean, then QUANTILES."""


class Chance(NamedTuple):
    """What is expected of one open deal, and on what it rests."""

    deal: int
    stage: int
    age: float
    probability: float
    expected_value: float
    alike: int
    """How many past stays in this stage were seen to last as long."""
    offer_age: float | None
    """The days its offer has waited; None without an open offer."""
    offer_probability: float | None
    """The chance by the ratio of offers to closings and that age alone."""


class Outlook(NamedTuple):
    """The forecast of one moment."""

    bands: list[Band]
    chances: list[Chance]
    open_deals: int
    open_offers: int
    wins_learned: int


def scopes_of(cells: Sequence[tuple[int, int]]) -> Iterator[tuple[Scope, list[int]]]:
    """Everyone, each team, each rep, with the places of the pairs (rep and team) they are made of."""
    yield EVERYONE, list(range(len(cells)))
    for team in sorted({team for _rep, team in cells}):
        yield Scope(team_id=team), [n for n, cell in enumerate(cells) if cell[1] == team]
    for rep in sorted({rep for rep, _team in cells}):
        yield Scope(rep_id=rep), [n for n, cell in enumerate(cells) if cell[0] == rep]


class Forecaster:
    """Computes the outlook of a past; `until_days` end the months ahead."""

    def __init__(
        self, past: Past, until_days: Sequence[float], *, draws: int = DRAWS, step: float = 1.0
    ) -> None:
        self.past, self.draws, self.step = past, draws, step
        self.until_days = [*until_days, HORIZON_DAYS]
        self.rng = np.random.default_rng(int(past.now))
        self.last = past.steps.last
        self.open = np.flatnonzero(past.steps.outcome[self.last] == OPEN)
        learned_from = past.now - LEARNED_DAYS
        self.stays = stays_of(past.steps, past.now, learned_from=learned_from)
        self.offers = offer_stays(past.steps, past.delivered_at, past.now)
        self.values = self._won_values(len(STAGES))
        first = past.steps.first
        self.recent = np.flatnonzero(past.steps.at[first] > past.now - ARRIVAL_DAYS)
        self.cells, self._cell_of_open, self._cell_of_recent = self._cells(first[self.recent])

    @property
    def is_possible(self) -> bool:
        """Whether there are enough wins to learn from."""
        return self.values.won.size >= LEAST_WINS

    def outlook(self) -> Outlook:
        """Compute all of it; only the facts where it is not possible."""
        open_offers = self.open_offers()
        facts = {
            "open_deals": self.open.size,
            "open_offers": int(open_offers.size),
            "wins_learned": self.values.won.size,
        }
        if not self.is_possible:
            return Outlook([], [], **facts)
        counted = count(self.stays, len(STAGES), self.step)
        return Outlook(list(self._bands(counted)), self._chances(counted), **facts)

    def _bands(self, counted: Counted) -> Iterator[Band]:
        rng = self.rng
        simulation = Simulation(counted, self.values, self.until_days, len(self.cells))
        ahead, coming = simulation.run(self._weights(), self.open_columns(), self._arrivals(), rng)
        of_offers = Simulation(
            count(self.offers, 1, self.step), self._won_values(1), self.until_days, len(self.cells)
        )
        offers, _none = of_offers.run(self._weights(), self._offer_columns(), None, rng)
        together = Futures(ahead.counts + coming.counts, ahead.revenue + coming.revenue)
        for basis, futures in zip(BASES, (ahead, together, offers), strict=True):
            for scope, cells in scopes_of(self.cells):
                yield from self._scope_bands(scope, basis, futures, cells)

    def _weights(self) -> Iterator[Floats]:
        """The same weights every time."""
        return weights_of(self.past.steps.deals, self.draws, np.random.default_rng(int(self.past.now)))

    def _scope_bands(self, scope: Scope, basis: str, futures: Futures, cells: list[int]) -> Iterator[Band]:
        tables = [(measure, "", futures.counts[:, number]) for number, measure in enumerate(MEASURES)]
        tables += [
            ("revenue", code, futures.revenue[:, number]) for number, code in enumerate(self.past.currencies)
        ]
        for measure, currency, table in tables:
            own = table[:, cells].sum(axis=1)
            if measure == "revenue" and not own.any():
                continue
            by_month = bands(np.concatenate([own[:, :-1], own.sum(axis=1, keepdims=True)], axis=1))
            months: list[int | None] = [*range(own.shape[1] - 1), None]
            for month, numbers in zip(months, by_month.T, strict=True):
                yield Band(scope, basis, month, measure, currency, tuple(map(float, numbers)))

    def chances_within(self, days: float) -> Floats:
        """The chance of each open deal to be won within so many days."""
        counted = count(self.stays, len(STAGES), self.step)
        return self._chances_of(learn(counted), self.open_columns(), counted, days)

    def _chances_of(self, course: Course, deals: OpenDeals, counted: Counted, days: float) -> Floats:
        at = place(deals.age, counted.grid, counted.step)
        return win_chances(course, [days])[deals.stage - 1, at, 0]

    def _chances(self, counted: Counted) -> list[Chance]:
        course: Course = learn(counted)
        deals = self.open_columns()
        at = place(deals.age, counted.grid, counted.step)
        chances = self._chances_of(course, deals, counted, HORIZON_DAYS)
        expected = chances * self.values.expected(deals.stage, deals.value, deals.currency)
        alike = course.standing[deals.stage - 1, at]
        offers = self._offer_chances()
        columns = (self.past.keys[self.open], deals.stage, deals.age, chances, expected, alike)
        waiting = [offers.get(place, NO_OFFER) for place in self.open.tolist()]
        return [
            Chance(int(deal), int(stage), float(age), float(chance), float(value), int(n), *waits)
            for (deal, stage, age, chance, value, n), waits in zip(
                zip(*columns, strict=True), waiting, strict=True
            )
        ]

    def _offer_chances(self) -> dict[int, tuple[float, float]]:
        """By the place of the deal: the age of its open offer, and the chance by that age alone."""
        counted = count(self.offers, 1, self.step)
        offers = self._offer_columns()
        chances = self._chances_of(learn(counted), offers, counted, HORIZON_DAYS)
        deals = self.offers.deal[self.open_offers()]
        return dict(zip(deals.tolist(), zip(offers.age.tolist(), chances.tolist(), strict=True), strict=True))

    def open_columns(self) -> OpenDeals:
        """The open deals, in the order of `open`."""
        last = self.last[self.open]
        age = self.past.now - self.past.steps.at[last]
        return self._columns(self.open, self.past.steps.stage[last], age, self._cell_of_open)

    def open_offers(self) -> Places:
        """Places of the offers that still wait, among all stays of offers."""
        return np.flatnonzero(self.offers.went_to == 0)

    def _offer_columns(self) -> OpenDeals:
        waiting = self.open_offers()
        deals = self.offers.deal[waiting]
        cells = self._cell_of_open[np.searchsorted(self.open, deals)]
        return self._columns(deals, np.ones(deals.size, np.int64), self.offers.days[waiting], cells)

    def _columns(self, deals: Places, stage: Places, age: Floats, cells: Places) -> OpenDeals:
        past = self.past
        return OpenDeals(
            stage,
            age,
            cells,
            past.customer[deals],
            past.is_repeat[deals],
            past.value[deals],
            past.currency[deals],
        )

    def _cells(self, opened: Places) -> tuple[list[tuple[int, int]], Places, Places]:
        """The pairs of rep and team: today's of the open deals, those at opening of the recent ones."""
        past, steps = self.past, self.past.steps
        owners = np.concatenate([past.owner[self.open], steps.owner[opened]])
        teams = np.concatenate([past.team[self.open], steps.team[opened]])
        pairs, cell = np.unique(np.stack([owners, teams], axis=1), axis=0, return_inverse=True)
        found = [(int(rep), int(team)) for rep, team in pairs]
        return found, cell.ravel()[: self.open.size], cell.ravel()[self.open.size :]

    def _arrivals(self) -> Arrivals:
        first = self.past.steps.first
        begun = self.past.steps.at[first]
        days = min(ARRIVAL_DAYS, self.past.now - float(begun.min()))
        ago = ((self.past.now - begun[self.recent]) // _MONTH_DAYS).astype(int)
        months = np.bincount(ago, minlength=1)[: max(int(days // _MONTH_DAYS), 1)]
        dispersion = (
            max(float(months.var() / months.mean()), 1.0) if months.size > 2 and months.sum() else 1.0
        )
        stage = self.past.steps.stage[first[self.recent]]
        return Arrivals(self.recent, stage, self._cell_of_recent, max(days, 1.0), dispersion)

    def _won_values(self, stages: int) -> WonValues:
        """The wins of the last three years, with what was stated when they came to each stage.

        With one stage alone: when the offer was delivered, which is the last value stated in Angebot.
        """
        past, steps = self.past, self.past.steps
        is_recent = steps.at[self.last] >= past.now - LEARNED_DAYS
        won = np.flatnonzero((steps.outcome[self.last] == _WON_AT) & is_recent)
        number = np.full(past.keys.size, -1)
        number[won] = np.arange(won.size)
        stated = np.full((len(STAGES), won.size), np.nan)
        rows = np.flatnonzero((steps.outcome == OPEN) & (number[steps.deal] >= 0))
        stated[steps.stage[rows] - 1, number[steps.deal[rows]]] = steps.value[rows]
        last = self.last[won]
        return WonValues(
            won=steps.value[last],
            stated_at=stated if stages > 1 else stated[2:3],
            currency=steps.currency[last],
            is_new=past.was_new[won],
            currencies=len(past.currencies),
        )
