"""From closings back to offers, appointments, contacts, deals and leads.

Pure, and the same for one best value and for many possible ones: numbers may be floats or arrays of draws.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias, cast

import numpy as np

from reporting.backwards.measured import DRAWS, Mean, Measured, Ratio, Share
from reporting.curves import Floats

Number: TypeAlias = float | Floats
SEED: Final = 20
"""The same plan always has the same intervals."""
LOW: Final = 0.05
HIGH: Final = 0.95


class Level(StrEnum):
    """What has to come in, from the closing back to the lead."""

    WINS = "wins"
    OFFERS = "offers"
    APPOINTMENTS = "appointments"
    CONTACTS = "contacts"
    DEALS = "deals"
    LEADS = "leads"


@dataclass(frozen=True)
class Basis:
    """What was measured; None where nothing is known, and then of the levels behind it, neither."""

    worth: Mean | Share | None
    """What a closing brings of the target: revenue, or a share of a new customer."""
    offer: Share | None
    """Delivered offers that are won: the offer ratio."""
    appointments: Ratio | None
    """Appointments held for each delivered offer."""
    delivered: Ratio | None
    """Delivered offers for each entry into Angebot."""
    contact: Share | None
    """Entries into Kontakt that move on to Angebot."""
    begin: Share | None
    """Deals begun that move on to Kontakt."""
    from_leads: Share | None
    """Deals that begin with a lead."""
    lead: Share | None
    """Leads that become a deal."""


class Steps(NamedTuple):
    """The same as numbers, with what the levers make of them."""

    worth: Number | None
    offer: Number | None
    appointments: Number | None
    delivered: Number | None
    contact: Number | None
    begin: Number | None
    from_leads: Number | None
    lead: Number | None


class Range(NamedTuple):
    """The best value and where nine of ten possible ones lie."""

    best: float
    low: float
    high: float


def best_steps(basis: Basis) -> Steps:
    """The best value of everything that was measured."""
    return Steps(*(part.best if part else None for part in _parts(basis)))


def drawn_steps(basis: Basis, rng: np.random.Generator, count: int = DRAWS) -> Steps:
    """Values that everything measured may have."""
    return Steps(*(part.draws(rng, count) if part else None for part in _parts(basis)))


def levels(wins: Number, steps: Steps) -> dict[Level, Number]:
    """What so many closings need; a level is left out where a step to it is not known or leads nowhere."""
    needed: dict[Level, Number] = {Level.WINS: wins}
    offers = _per(wins, steps.offer)
    if offers is None:
        return needed
    needed[Level.OFFERS] = offers
    if steps.appointments is not None:
        needed[Level.APPOINTMENTS] = offers * steps.appointments
    contacts = _per(_per(offers, steps.delivered), steps.contact)
    deals = _per(contacts, steps.begin)
    leads = None if deals is None or steps.from_leads is None else _per(deals * steps.from_leads, steps.lead)
    further = {Level.CONTACTS: contacts, Level.DEALS: deals, Level.LEADS: leads}
    return needed | {level: number for level, number in further.items() if number is not None}


def closings(amount: Number, steps: Steps) -> Number | None:
    """How many closings bring an amount of the target."""
    return _per(amount, steps.worth)


def ranges(best: dict[Level, Number], drawn: dict[Level, Number]) -> dict[Level, Range]:
    """Put best values and draws together."""
    return {level: range_of(cast(float, number), drawn[level]) for level, number in best.items()}


def range_of(best: float, drawn: Number) -> Range:
    """The best value with the ends of nine of ten draws; it lies between them."""
    low, high = (float(end) for end in np.quantile(drawn, (LOW, HIGH)))
    best = float(best)
    return Range(best, min(low, best), max(high, best))


def _parts(basis: Basis) -> Iterator[Measured | None]:
    return (getattr(basis, field.name) for field in fields(basis))


def _per(number: Number | None, step: Number | None) -> Number | None:
    """Divide; nothing where the step is not known or nothing ever came through it."""
    if number is None or step is None or not np.any(step):
        return None
    return number / step
