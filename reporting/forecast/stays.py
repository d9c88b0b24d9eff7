"""From histories to stays: each time a deal stood in a stage, for how long, and where it went from there."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reporting.stage_entries import NEGOTIATION, OFFER, STAGES

STILL_THERE: Final = 0
WON: Final = len(STAGES) + 1
LOST: Final = len(STAGES) + 2
"""Where a stay went: one of the stages, WON, LOST, or STILL_THERE."""
OPEN: Final = 0
ENDINGS: Final = {1: WON, 2: LOST}
"""How outcomes stand in a column, and where they lead to; OPEN to nowhere."""

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Steps(NamedTuple):
    """The effective steps of many deals as columns, deal by deal, each by moment and number.

    `deal` counts from 0; `at` is in days; `outcome` is OPEN, 1 for won, 2 for lost.
    """

    deal: Places
    at: Floats
    stage: Places
    outcome: Places
    owner: Places
    team: Places
    value: Floats
    currency: Places

    @property
    def deals(self) -> int:
        """How many deals there are."""
        return int(self.deal[-1]) + 1 if self.deal.size else 0

    @property
    def last(self) -> Places:
        """The place of each deal's last step."""
        return np.searchsorted(self.deal, np.arange(self.deals), side="right") - 1

    @property
    def first(self) -> Places:
        """The place of each deal's first step."""
        return np.searchsorted(self.deal, np.arange(self.deals))


class Stays(NamedTuple):
    """Many stays as columns; those of one deal hang together by its number."""

    deal: Places
    stage: Places
    days: Floats
    went_to: Places


def stays_of(steps: Steps, now: float, *, learned_from: float = -np.inf) -> Stays:
    """Cut histories into stays; those begun before `learned_from` are left out.

    Every move ends a stay and starts a fresh clock, steps back as well. A deal that is reopened starts a new
    course: the ending it had stays an ending.
    """
    follows = np.zeros(steps.deal.size, bool)
    follows[:-1] = steps.deal[1:] == steps.deal[:-1]
    until, went_to = np.full(steps.at.size, float(now)), np.zeros(steps.at.size, np.int64)
    until[:-1][follows[:-1]] = steps.at[1:][follows[:-1]]
    went_to[:-1] = np.where(follows[:-1], _reached(steps)[1:], STILL_THERE)
    kept = (steps.outcome == OPEN) & (steps.at >= learned_from)
    days = np.maximum(until - steps.at, 0)
    return Stays(steps.deal[kept], steps.stage[kept], days[kept], went_to[kept])


def offer_stays(steps: Steps, delivered_at: Floats, now: float) -> Stays:
    """The time from each delivered offer to the win or the loss, as stays of one stage; WON is 2, LOST 3.

    `delivered_at` is the moment by deal, NaN where none is recorded: there the step that answers an offer
    stands in, as in the offer ratio. A deal that was closed before its offer is noted tells nothing.
    """
    at = np.where(np.isnan(delivered_at), _answered_at(steps), delivered_at)
    ends = np.full(steps.deals, np.inf)
    closes = np.flatnonzero((steps.outcome != OPEN) & (steps.at >= at[steps.deal]))
    place = np.full(steps.deals, -1)
    place[steps.deal[closes][::-1]] = closes[::-1]
    has_ended = place >= 0
    ends[has_ended] = steps.at[place[has_ended]]
    went_to = np.where(has_ended, steps.outcome[place] + 1, STILL_THERE)
    is_open_now = steps.outcome[steps.last] == OPEN
    kept = np.flatnonzero((at <= now) & (has_ended | is_open_now))
    days = np.minimum(ends, now)[kept] - at[kept]
    return Stays(kept, np.ones(kept.size, np.int64), np.maximum(days, 0), went_to[kept])


def _reached(steps: Steps) -> Places:
    """What each step led to: the stage, or the ending."""
    endings = np.array([OPEN, *ENDINGS.values()])[steps.outcome]
    return np.where(steps.outcome == OPEN, steps.stage, endings)


def _answered_at(steps: Steps) -> Floats:
    """When each deal went past Angebot, having stood in it or come to Verhandlung; infinity if it did not."""
    offered_at = _first_at(steps, np.isin(steps.stage, (OFFER, NEGOTIATION)))
    return _first_at(steps, (steps.stage > OFFER) & (steps.at >= offered_at[steps.deal]))


def _first_at(steps: Steps, chosen: NDArray[np.bool_]) -> Floats:
    """By deal: the moment of its first chosen step, infinity without one."""
    found = np.full(steps.deals, np.inf)
    places = np.flatnonzero(chosen)[::-1]
    found[steps.deal[places]] = steps.at[places]
    return found
