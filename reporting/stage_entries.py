"""From the history of one deal to its clocks: when it entered a stage, and how that ended.

A history is ordered by its moments, rows of the same moment by their `seq`. What happened after `as_of` is
unknown to every function here, so the figures of any past moment come from the same rows. Only effective rows
belong here: a move that was undone, and the row that undid it, never happened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from reporting.curves import Ending
from reporting.survival import Observation

Outcome: TypeAlias = Literal["open", "won", "lost"]

STAGES: Final = (1, 2, 3, 4, 5)
OFFER: Final = 3
NEGOTIATION: Final = 4
WON: Final = 6
"""The place behind the last stage, so that moving on from Abschluss is nothing special."""


class Change(NamedTuple):
    """One effective row of a deal's history: what it was before and after, and to whom it counted then."""

    seq: int
    from_stage: int | None
    """None on the row that opens the deal."""
    to_stage: int
    from_outcome: Outcome | None
    to_outcome: Outcome
    at: datetime
    owner_id: int | None
    team_id: int | None
    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class StageEntry:
    """The one clock a deal has for a stage: from its first entry to its ending, credited as at entry."""

    stage: int
    entered_at: datetime
    owner_id: int | None
    team_id: int | None
    value: Decimal
    currency: str
    ended_at: datetime | None = None
    """None while the clock runs, seen from the moment the entry was read for."""
    ending: Ending | None = None
    moved_to: int | None = None
    """The stage, or WON, that ended the clock; None while it runs and for a loss."""


@dataclass(frozen=True, slots=True)
class DealProgress:
    """How far a deal has come, credited to those it belonged to when it was opened."""

    opened_at: datetime
    owner_id: int | None
    team_id: int | None
    furthest: int
    """The furthest stage it ever stood in; WON if it is won now. A deal reopened after a win is not won."""
    stands_in: int
    """The stage it is in, or was won or lost in; after a step back not the furthest."""
    outcome: Outcome


def stage_entries(changes: Iterable[Change], as_of: datetime) -> list[StageEntry]:
    """Give the clock of each stage the deal ever stood in, in the order of the stages.

    The clock starts at the first entry into the stage and runs, in exact elapsed time, to the first row from
    there on (the entry itself included, so a duration may be 0) that enters any later stage, wins or loses
    the deal. For Abschluss that is the win or the loss. Steps back and second entries do nothing. A win ends
    every clock that still runs as moved on, a loss as lost. That ending stays: a deal that is reopened starts
    clocks only in stages it had never been in.
    """
    rows = _rows_until(changes, as_of)
    entries = (_entry(rows, stage, target=stage + 1) for stage in STAGES)
    return [entry for entry in entries if entry]


def matrix_entries(changes: Iterable[Change], as_of: datetime) -> dict[tuple[int, int], StageEntry]:
    """Give the same clocks towards every later stage and WON, keyed (stage, target).

    A clock towards a target is ended by the first row that enters the target, or a stage beyond it, or wins;
    or by the loss. Key (stage, stage + 1) is the clock of the stage table.
    """
    rows = _rows_until(changes, as_of)
    pairs = [(stage, target) for stage in STAGES for target in range(stage + 1, WON + 1)]
    entries = ((pair, _entry(rows, *pair)) for pair in pairs)
    return {pair: entry for pair, entry in entries if entry}


def offer_entry(
    changes: Iterable[Change], as_of: datetime, delivered_at: datetime | None = None
) -> StageEntry | None:
    """Give the clock from the delivered offer to the win or the loss; None if no offer was delivered.

    `delivered_at` is the moment the criterion offer_delivered was met. Where that is not recorded, the step
    that answers an offer stands in for it. Credit and value are those of the last row up to that moment. An
    offer recorded on a deal already closed has that ending, after 0 days.
    """
    return offer_entry_in_order(_rows_until(changes, as_of), as_of, delivered_at)


def offer_entry_in_order(
    rows: Sequence[Change], as_of: datetime, delivered_at: datetime | None
) -> StageEntry | None:
    """Give the same of rows up to `as_of` that are in their order already, in UTC."""
    if delivered_at is None:
        delivered_at = _answered_at(rows)
    if delivered_at is None or delivered_at > as_of:
        return None
    entered_at = _utc(delivered_at)
    credited = sum(row.at <= entered_at for row in rows)
    if not credited:
        return None
    return _follow(rows[credited - 1 :], OFFER, target=WON, entered_at=entered_at)


def _answered_at(rows: Sequence[Change]) -> datetime | None:
    """When the deal went past Angebot, having stood in it or come to Verhandlung.

    A deal that jumps from before Angebot straight to Abschluss tells of no offer; an imported list, which
    knows of wins and losses only, would otherwise have offers that are all won.
    """
    was_offered = False
    for row in rows:
        was_offered = was_offered or row.to_stage in (OFFER, NEGOTIATION)
        if was_offered and row.to_stage > OFFER:
            return row.at
    return None


def deal_progress(changes: Iterable[Change], as_of: datetime) -> DealProgress | None:
    """Tell how far the deal has come; None if it was not opened yet."""
    return deal_progress_in_order(_rows_until(changes, as_of))


def deal_progress_in_order(rows: Sequence[Change]) -> DealProgress | None:
    """Tell the same from rows that are in their order already, in UTC."""
    if not rows:
        return None
    first, last = rows[0], rows[-1]
    return DealProgress(
        opened_at=first.at,
        owner_id=first.owner_id,
        team_id=first.team_id,
        furthest=WON if last.to_outcome == "won" else max(row.to_stage for row in rows),
        stands_in=last.to_stage,
        outcome=last.to_outcome,
    )


def duration_days(entry: StageEntry, as_of: datetime) -> float:
    """Give the elapsed days from the entry to its ending, or to `as_of` while it had not ended by then."""
    end = _utc(entry.ended_at) if entry.ended_at and _ended(entry, as_of) else _utc(as_of)
    return (end - _utc(entry.entered_at)) / timedelta(days=1)


def observation(entry: StageEntry, as_of: datetime) -> Observation:
    """Give what was known of the entry at `as_of`, as `cumulative_incidence` takes it.

    `as_of` may be earlier than the moment the entry was read for: an ending after it counts as not yet known.
    """
    return duration_days(entry, as_of), entry.ending if _ended(entry, as_of) else None


def _ended(entry: StageEntry, as_of: datetime) -> bool:
    return entry.ended_at is not None and _utc(entry.ended_at) <= _utc(as_of)


def _rows_until(changes: Iterable[Change], as_of: datetime) -> list[Change]:
    """Order the rows by moment and `seq`, in UTC: local clocks would lose or gain an hour twice a year."""
    rows = (row if row.at.tzinfo is UTC else row._replace(at=_utc(row.at)) for row in changes)
    end = _utc(as_of)
    return sorted((row for row in rows if row.at <= end), key=lambda row: (row.at, row.seq))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _entry(rows: Sequence[Change], stage: int, target: int) -> StageEntry | None:
    for position, row in enumerate(rows):
        if row.to_stage == stage:
            return _follow(rows[position:], stage, target, row.at)
    return None


def _follow(rows: Sequence[Change], stage: int, target: int, entered_at: datetime) -> StageEntry:
    """Run the clock over the rows; the first of them says to whom the entry counts."""
    credited = rows[0]
    endings = ((row, *_ending(row, target)) for row in rows)
    ended_by, ending, moved_to = next((found for found in endings if found[1]), (None, None, None))
    return StageEntry(
        stage=stage,
        entered_at=entered_at,
        owner_id=credited.owner_id,
        team_id=credited.team_id,
        value=credited.value,
        currency=credited.currency,
        ended_at=max(ended_by.at, entered_at) if ended_by else None,
        ending=ending,
        moved_to=moved_to,
    )


def _ending(row: Change, target: int) -> tuple[Ending | None, int | None]:
    if row.to_stage >= target:
        return "moved_on", row.to_stage
    if row.to_outcome == "won":
        return "moved_on", WON
    if row.to_outcome == "lost":
        return "lost", None
    return None, None
