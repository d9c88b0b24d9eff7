"""A forecast beside what came: every figure with the truth and the simple methods; chances by tenths."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from reporting.figures import Scope
from reporting.forecast.naive import Window, stock_times, win_rates, wins_of_last_year
from reporting.forecast.outlook import LEARNED_DAYS, Band, Forecaster, scopes_of
from reporting.forecast.past import Past
from reporting.forecast.simulation import MEASURES, Future, add_up, nothing
from reporting.forecast.stays import Flags, Floats, Places

SOON_DAYS: Final = 91.0
"""Chances of single deals are judged after a quarter."""
TENTHS: Final = 10
_WON: Final = 1


class Check(NamedTuple):
    """One figure foretold, what came, and what the simple methods (NAIVE) said; None: they could not."""

    band: Band
    came: float
    naive: tuple[float | None, ...]


class Tenth(NamedTuple):
    """Open deals whose chances to be won within SOON_DAYS lay in one tenth, and how many of them were."""

    scope: Scope
    tenth: int
    deals: int
    expected: float
    won: int


class _Wins(NamedTuple):
    """The wins after the moment of the forecast, as columns, credited as it credits them."""

    days: Floats
    cell: Places
    is_new: Flags
    value: Floats
    currency: Places
    """Its place among the currencies of the forecast; -1 for one that was unknown then."""
    place: Places
    """The place of the deal among those of the forecast; -1 if it was not known."""
    was_open: Flags


class Trial:
    """Judges the forecast of `forecaster` by what is known in `later`.

    `windows` are the months (or quarters) ahead, `year_ago` the same a year before; `weights` the chances
    typed by hand, by stage.
    """

    def __init__(
        self,
        forecaster: Forecaster,
        later: Past,
        *,
        windows: list[Window],
        year_ago: list[Window],
        weights: Floats,
    ) -> None:
        self.forecaster, self.then, self.later = forecaster, forecaster.past, later
        self.windows, self.year_ago, self.weights = windows, year_ago, weights
        self._cells = {cell: place for place, cell in enumerate(forecaster.cells)}
        self.wins = self._find_wins()
        last = self.then.steps.last
        self._credit = self._cells_of(self.then.steps.owner[last], self.then.steps.team[last])

    def checks(self, bands: list[Band]) -> Iterator[Check]:
        """Every figure of a month that is over, beside the truth."""
        over = {n for n, window in enumerate(self.windows) if window.ends <= self.later.now}
        came = self._came()
        naive = self._naive()
        places = dict(scopes_of(list(self._cells)))
        for band in bands:
            if band.month in over:
                cells = places.get(band.scope, [])
                said = tuple(
                    self._sum(table, band, cells) if known is None or known[band.month] else None
                    for table, known in naive
                )
                yield Check(band, self._sum(came[band.basis], band, cells), said)

    def tenths(self) -> Iterator[Tenth]:
        """The chances of single deals beside what became of them; nothing before the quarter is over."""
        then, forecaster = self.then, self.forecaster
        if then.now + SOON_DAYS > self.later.now or not forecaster.open.size:
            return
        chances = forecaster.chances_within(SOON_DAYS)
        soon = self.wins.place[(self.wins.days <= SOON_DAYS) & self.wins.was_open]
        won = np.isin(forecaster.open, soon)
        tenth = np.minimum((chances * TENTHS).astype(np.int64), TENTHS - 1)
        cell = forecaster.open_columns().cell
        for scope, cells in scopes_of(forecaster.cells):
            own = np.isin(cell, cells)
            for number in np.unique(tenth[own]):
                here = own & (tenth == number)
                expected, came = float(chances[here].sum()), int(won[here].sum())
                yield Tenth(scope, int(number), int(here.sum()), expected, came)

    def _find_wins(self) -> _Wins:
        """Wins of deals that were open then, whenever they happened; of others, those after the moment."""
        then, later, steps = self.then, self.later, self.later.steps
        won = np.flatnonzero(steps.outcome[steps.last] == _WON)
        place = _places_of(later.keys[won], then.keys)
        is_open = np.zeros(then.keys.size + 1, bool)
        is_open[self.forecaster.open] = True
        was_open = is_open[place]
        days = steps.at[steps.last[won]] - then.now
        counts = was_open | (days > 0)
        won, place, was_open, days = won[counts], place[counts], was_open[counts], days[counts]
        opening = steps.first[won]
        owner = np.where(was_open, np.append(then.owner, 0)[place], steps.owner[opening])
        team = np.where(was_open, np.append(then.team, 0)[place], steps.team[opening])
        units = [then.currencies.index(code) if code in then.currencies else -1 for code in later.currencies]
        last = steps.last[won]
        return _Wins(
            np.maximum(days, 0.0),
            self._cells_of(owner, team),
            later.was_new[won],
            steps.value[last],
            np.array(units, np.int64)[steps.currency[last]] if units else np.zeros(0, np.int64),
            place,
            was_open,
        )

    def _came(self) -> dict[str, Future]:
        """What came, by what the figures cover."""
        offers = self.forecaster.offers.deal[self.forecaster.open_offers()]
        was_open = self.wins.was_open
        was_offered = was_open & np.isin(self.wins.place, offers)
        everything = np.ones(was_open.size, bool)
        return {
            "open": self._counted(was_open),
            "total": self._counted(everything),
            "offers": self._counted(was_offered),
        }

    def _counted(self, chosen: Flags) -> Future:
        ends = np.array([window.ends - self.then.now for window in self.windows])
        month = np.searchsorted(ends, self.wins.days, side="right")
        here = np.flatnonzero(chosen & (month < ends.size))
        wins = self.wins
        return add_up(
            nothing(len(self.then.currencies), len(self._cells), ends.size),
            wins.cell[here] * ends.size + month[here],
            wins.is_new[here],
            wins.value[here],
            wins.currency[here],
        )

    def _naive(self) -> list[tuple[Future, Flags | None]]:
        """The tables of the simple methods, each with the months it can speak of; None: of all."""
        then = self.then
        since = then.now - LEARNED_DAYS
        cells = len(self._cells)
        deals = self.forecaster.open_columns()
        stock = [
            stock_times(chances, then, deals, cells, self.windows, since)
            for chances in (self.weights, win_rates(then.steps, since))
        ]
        year, is_covered = wins_of_last_year(then, self._credit, cells, self.year_ago)
        return [(stock[0], None), (stock[1], None), (year, is_covered)]

    def _cells_of(self, owner: Places, team: Places) -> Places:
        """The cells of these pairs; pairs the forecast does not know get new ones."""
        pairs = zip(owner.tolist(), team.tolist(), strict=True)
        found = [self._cells.setdefault(pair, len(self._cells)) for pair in pairs]
        return np.array(found, np.int64)

    def _sum(self, future: Future, band: Band, cells: list[int]) -> float:
        if band.measure == "revenue":
            table = future.revenue[self.then.currencies.index(band.currency)]
        else:
            table = future.counts[MEASURES.index(band.measure)]
        return float(table[cells, band.month].sum())


def _places_of(keys: Places, among: Places) -> Places:
    """Where these keys stand among the others; -1 if they do not."""
    at = np.searchsorted(among, keys)
    found = np.append(among, -1)[at] == keys
    return np.where(found, at, -1)
