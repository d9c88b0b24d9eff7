"""All clocks of a deal in one walk over its history: towards the next stage, any later one, and the win.

They are the clocks of `stage_entries.stage_entries`, `matrix_entries` and `offer_entry`, in the shape in
which they are stored and counted.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final, NamedTuple

from reporting.curves import Ending
from reporting.stage_entries import STAGES, WON, Change, StageEntry, offer_entry_in_order

OFFER_DELIVERED: Final = 0
"""Stands where a stage stands, for the clock that starts with the delivered offer."""
STARTS: Final = (OFFER_DELIVERED, *STAGES)


class Clock(NamedTuple):
    """One first entry of a deal into a stage, with the moments from there on at which it got further."""

    stage: int
    entered_at: datetime
    owner_id: int
    team_id: int
    value: Decimal
    currency: str
    moved_to: int | None
    """The stage, or WON, that ended the clock towards the next stage; None while it runs and for a loss."""
    passed_at: tuple[datetime | None, ...]
    """When it first stood in Kontakt or later, in Angebot or later ..., and was won; nothing after a loss."""
    lost_at: datetime | None
    """The first loss; targets not passed by then are lost."""

    def ending_of(self, target: int) -> tuple[datetime | None, Ending | None]:
        """When and how the clock towards a target ended."""
        passed = self.passed_at[target - 2]
        if passed is not None:
            return passed, "moved_on"
        return (self.lost_at, "lost") if self.lost_at is not None else (None, None)


def targets_of(stage: int) -> range:
    """The later stages and WON; the delivered offer leads to WON alone."""
    return range(stage + 1 if stage else WON, WON + 1)


def next_target(stage: int) -> int:
    """The target of the stage table: the next stage, and WON for Abschluss and for the delivered offer."""
    return targets_of(stage)[0]


def changed_targets(old: Clock | None, new: Clock | None) -> Collection[int]:
    """Name the targets towards which figures change when the clock of a deal in a stage does."""
    known = old or new
    if known is None:
        return ()
    stage = known.stage
    if old is None or new is None:
        return targets_of(stage)
    if (old.entered_at, old.owner_id, old.team_id) != (new.entered_at, new.owner_id, new.team_id):
        return targets_of(stage)
    return [target for target in targets_of(stage) if old.ending_of(target) != new.ending_of(target)]


def deal_clocks(rows: Sequence[Change], as_of: datetime, delivered_at: datetime | None) -> list[Clock]:
    """Give every clock of one deal: of the delivered offer, then of the stages in their order.

    `rows` are its effective rows up to `as_of`, ordered by moment and `seq`, in UTC.
    """
    offer = offer_entry_in_order(rows, as_of, delivered_at)
    clocks = [_offer_clock(offer)] if offer else []
    for stage in STAGES:
        for position, row in enumerate(rows):
            if row.to_stage == stage:
                clocks.append(_stage_clock(rows, position))
                break
    return clocks


def _offer_clock(offer: StageEntry) -> Clock:
    won_at = offer.ended_at if offer.ending == "moved_on" else None
    return Clock(
        stage=OFFER_DELIVERED,
        entered_at=offer.entered_at,
        owner_id=offer.owner_id or 0,
        team_id=offer.team_id or 0,
        value=offer.value,
        currency=offer.currency,
        moved_to=offer.moved_to,
        passed_at=(None, None, None, None, won_at),
        lost_at=offer.ended_at if offer.ending == "lost" else None,
    )


def _stage_clock(rows: Sequence[Change], position: int) -> Clock:
    """Run over the rows from the entry on; a win passes every target, a loss ends what is not passed."""
    entry = rows[position]
    passed_at: list[datetime | None] = [None] * (WON - 1)
    target = entry.to_stage + 1
    moved_to = lost_at = None
    for row in rows[position:]:
        reached = WON if row.to_outcome == "won" else row.to_stage
        if moved_to is None and reached >= target:
            moved_to = row.to_stage if row.to_stage >= target else WON
        while target <= reached:
            passed_at[target - 2] = row.at
            target += 1
        if row.to_outcome == "lost" and target <= WON:
            lost_at = row.at
        if lost_at or target > WON:
            break
    return Clock(
        stage=entry.to_stage,
        entered_at=entry.at,
        owner_id=entry.owner_id or 0,
        team_id=entry.team_id or 0,
        value=entry.value,
        currency=entry.currency,
        moved_to=moved_to,
        passed_at=tuple(passed_at),
        lost_at=lost_at,
    )
