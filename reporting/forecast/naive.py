"""Three simple methods the forecast has to beat: stage weights, rate times stock, last year's same period."""

from typing import Final, NamedTuple

import numpy as np

from reporting.forecast.past import Past
from reporting.forecast.simulation import Future, OpenDeals, add_up, nothing
from reporting.forecast.stays import OPEN, Flags, Floats, Places, Steps
from reporting.stage_entries import STAGES

NAIVE: Final = ("weights", "rate", "year")
"""Weights typed by hand times stock; measured rate times stock; last year's same period."""
_WON: Final = 1


class Window(NamedTuple):
    """A span of days, as columns have them; the end is not part of it."""

    begins: float
    ends: float


def stock_times(
    chances: Floats, past: Past, deals: OpenDeals, cells: int, windows: list[Window], since: float
) -> Future:
    """Every open deal counts with the chance of its stage, whatever its age, in the windows ahead.

    When it closes is what past wins took from that stage: the careful way to use a weight. Only deals closed
    since `since` are looked at.
    """
    ahead = [(one.begins - past.now, one.ends - past.now) for one in windows]
    shares = _closing_shares(past.steps, since, ahead)
    each = (chances[:, None] * shares)[deals.stage - 1]
    future = nothing(len(past.currencies), cells, len(windows))
    everyone = np.ones(deals.cell.size, bool)
    for table, counts in zip(future.counts, (everyone, ~deals.is_repeat, deals.is_repeat), strict=True):
        np.add.at(table, deals.cell, each * counts[:, None].astype(float))
    for code, table in enumerate(future.revenue):
        np.add.at(table, deals.cell, each * (deals.value * (deals.currency == code))[:, None])
    return future


def win_rates(steps: Steps, since: float) -> Floats:
    """By stage: of the deals closed since then that ever stood there, the share that was won."""
    last = steps.last
    outcome, closed = steps.outcome[last], steps.at[last]
    is_closed = (outcome != OPEN) & (closed >= since)
    rates = np.zeros(len(STAGES))
    for stage in STAGES:
        stood = np.unique(steps.deal[(steps.outcome == OPEN) & (steps.stage == stage)])
        ended = stood[is_closed[stood]]
        rates[stage - 1] = (outcome[ended] == _WON).mean() if ended.size else 0.0
    return rates


def wins_of_last_year(past: Past, cell_of: Places, cells: int, windows: list[Window]) -> tuple[Future, Flags]:
    """The wins known in windows of the past, and by window whether the history covers it.

    `cell_of` is whose each deal's win is, by deal.
    """
    steps = past.steps
    won = np.flatnonzero(steps.outcome[steps.last] == _WON)
    last = steps.last[won]
    begins, ends = (np.array([one[end] for one in windows]) for end in (0, 1))
    month = np.searchsorted(begins, steps.at[last], side="right") - 1
    inside = (month >= 0) & (steps.at[last] < ends[month])
    won, last, month = won[inside], last[inside], month[inside]
    future = nothing(len(past.currencies), cells, len(windows))
    place_of = cell_of[won] * len(windows) + month
    add_up(future, place_of, past.was_new[won], steps.value[last], steps.currency[last])
    first = float(steps.at.min()) if steps.at.size else np.inf
    return future, (begins >= first) & (ends <= past.now)


def _closing_shares(steps: Steps, since: float, spans: list[tuple[float, float]]) -> Floats:
    """By stage and span ahead: the share of wins that came so many days after the last entry to the stage."""
    last = steps.last
    is_won = (steps.outcome[last] == _WON) & (steps.at[last] >= since)
    shares = np.zeros((len(STAGES), len(spans)))
    for stage in STAGES:
        entries = np.flatnonzero((steps.outcome == OPEN) & (steps.stage == stage) & is_won[steps.deal])
        entered = np.full(steps.deals, np.nan)
        entered[steps.deal[entries]] = steps.at[entries]
        took = (steps.at[last] - entered)[np.isfinite(entered)]
        for number, (begins, ends) in enumerate(spans):
            shares[stage - 1, number] = ((took >= begins) & (took < ends)).mean() if took.size else 0.0
    return shares
