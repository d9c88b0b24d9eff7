"""What has changed between two moments, netted per deal: how it stood at the start and how at the end.

A deal that went forward and back has not changed; one that was moved by mistake and put back by "undo" never
moved. A deal that was closed before and is closed the same way at the end is in no list and no sum: it is not
in the funnel.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from pipeline.models import Outcome


class Kind(StrEnum):
    """What may have happened to a deal; most of them go together."""

    NEW = "new"
    FORWARD = "forward"
    BACK = "back"
    DATE = "date"
    VALUE = "value"
    WON = "won"
    LOST = "lost"
    REOPENED = "reopened"
    OWNER = "owner"


class Flow(StrEnum):
    """What the value of the open deals grew or shrank by."""

    NEW = "new"
    REOPENED = "reopened"
    INCREASED = "increased"
    DECREASED = "decreased"
    WON = "won"
    LOST = "lost"


class Step(NamedTuple):
    """A row of the stage history."""

    at: datetime
    stage: int
    outcome: str
    loss_reason_id: int | None
    owner_id: int
    value: Decimal
    currency: str


class Facts(NamedTuple):
    """A row of the history of what a deal says."""

    at: datetime
    owner_id: int
    value: Decimal
    currency: str
    expected_close_on: date | None


class State(NamedTuple):
    """How a deal stood at a moment; a closed one has the value it was closed with."""

    stage: int
    outcome: str
    loss_reason_id: int | None
    owner_id: int
    value: Decimal
    currency: str
    expected_close_on: date | None

    @property
    def is_open(self) -> bool:
        """Neither won nor lost."""
        return self.outcome == Outcome.OPEN


Amounts = dict[str, Decimal]
"""Sums by currency, which are never mixed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One deal between two moments; without `start` it was opened in between. `owner_id` is today's owner."""

    deal_id: int
    owner_id: int
    start: State | None
    end: State
    kinds: frozenset[Kind]


class Dated(Protocol):
    """A row of a history."""

    @property
    def at(self) -> datetime:
        """When it happened."""


Row = TypeVar("Row", bound=Dated)


def state_at(steps: Sequence[Step], facts: Sequence[Facts], moment: datetime | None) -> State | None:
    """How a deal stood just before a moment (None: after everything); None before it was opened.

    Both histories in the order of their numbers, the stage history without undone rows.
    """
    step = _last(steps, moment)
    if step is None:
        return None
    said = _last(facts, moment)
    is_open = step.outcome == Outcome.OPEN
    return State(
        stage=step.stage,
        outcome=step.outcome,
        loss_reason_id=step.loss_reason_id,
        owner_id=said.owner_id if said else step.owner_id,
        value=said.value if said and is_open else step.value,
        currency=said.currency if said and is_open else step.currency,
        expected_close_on=said.expected_close_on if said else None,
    )


def kinds_of(start: State | None, end: State) -> frozenset[Kind]:
    """What happened to a deal between two moments."""
    if start is None:
        return frozenset({Kind.NEW, *_closings(end)})
    if _stays_closed(start, end):
        return frozenset()
    found = set(_closings(end)) if end.outcome != start.outcome else set()
    if not start.is_open:
        found.add(Kind.REOPENED)
    if end.is_open:
        found.update(_moves(start, end))
    if (start.value, start.currency) != (end.value, end.currency):
        found.add(Kind.VALUE)
    if start.owner_id != end.owner_id:
        found.add(Kind.OWNER)
    return frozenset(found)


def difference(start: State, end: State) -> Amounts:
    """By how much the value changed, per currency; two entries where the currency changed."""
    amounts: defaultdict[str, Decimal] = defaultdict(Decimal)
    amounts[end.currency] += end.value
    amounts[start.currency] -= start.value
    return {currency: amount for currency, amount in amounts.items() if amount}


def slipped_days(start: State, end: State) -> int | None:
    """By how many days the expected closing moved, later is positive; None where a day is missing."""
    if start.expected_close_on is None or end.expected_close_on is None:
        return None
    return (end.expected_close_on - start.expected_close_on).days


def flows(start: State | None, end: State) -> Iterator[tuple[Flow, str, Decimal]]:
    """What a deal added to the value of the open ones, and took from it.

    Value while open at the start, plus these, is value while open at the end. A deal lost and then won comes
    in with the value it was lost with, and leaves with the one it was won with.
    """
    if start is None:
        yield Flow.NEW, end.currency, end.value
    elif _stays_closed(start, end):
        return
    else:
        if not start.is_open:
            yield Flow.REOPENED, start.currency, start.value
        for currency, amount in difference(start, end).items():
            yield (Flow.INCREASED if amount > 0 else Flow.DECREASED), currency, amount
    if not end.is_open:
        yield (Flow.WON if end.outcome == Outcome.WON else Flow.LOST), end.currency, -end.value


def amounts_of(kind: Kind, change: Change) -> Amounts:
    """What a change counts for in the sum of its kind: the difference, or the value the deal has at the end.

    Of a deal that came back the value it came back with, so that the sum is the one of the picture.
    """
    start, end = change.start, change.end
    if start is not None and kind == Kind.VALUE:
        return difference(start, end)
    if start is not None and kind == Kind.REOPENED:
        return {start.currency: start.value}
    return {end.currency: end.value}


def _last(rows: Sequence[Row], moment: datetime | None) -> Row | None:
    return next((row for row in reversed(rows) if moment is None or row.at < moment), None)


def _stays_closed(start: State, end: State) -> bool:
    return not start.is_open and start.outcome == end.outcome


def _closings(end: State) -> list[Kind]:
    if end.is_open:
        return []
    return [Kind.WON if end.outcome == Outcome.WON else Kind.LOST]


def _moves(start: State, end: State) -> Iterator[Kind]:
    """How far an open deal came, and whether it is expected to close on another day."""
    if end.stage != start.stage:
        yield Kind.FORWARD if end.stage > start.stage else Kind.BACK
    if end.expected_close_on != start.expected_close_on:
        yield Kind.DATE
