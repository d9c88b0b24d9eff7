"""How far deals have come, and what follows from counting them: the funnel picture."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from reporting.stage_entries import STAGES, WON, Change, Outcome, deal_progress_in_order


class Standing(NamedTuple):
    """How far one deal has come: its opening with its credit, and its closing with its own."""

    opened_at: datetime
    owner_id: int
    team_id: int
    value: Decimal
    currency: str
    furthest: int
    stands_in: int
    outcome: Outcome
    closed_at: datetime | None
    closer_id: int | None
    closing_team_id: int | None
    closing_value: Decimal | None
    loss_reason_id: int | None
    is_new_customer: bool | None


class Tally(NamedTuple):
    """So many deals, and their stated value in one currency."""

    deals: int = 0
    value: Decimal = Decimal(0)

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(self.deals + other.deals, self.value + other.value)


class PictureStep(NamedTuple):
    """One step of the funnel picture; reached next, still open and lost add up to what reached this one."""

    stage: int
    reached: Tally
    still_open: Tally
    lost: Tally


Standings = dict[tuple[int, str], Tally]
"""Tallies by furthest stage and outcome."""


def standing_of(
    rows: list[Change],
    *,
    value: Decimal,
    currency: str,
    loss_reason_id: int | None,
    is_new_customer: bool | None,
) -> Standing | None:
    """Tell how one deal stood at the last of its rows; None without any. `rows` as for `deal_clocks`."""
    progress = deal_progress_in_order(rows)
    if progress is None:
        return None
    last = rows[-1]
    is_closed = progress.outcome != "open"
    return Standing(
        opened_at=progress.opened_at,
        owner_id=progress.owner_id or 0,
        team_id=progress.team_id or 0,
        value=value,
        currency=currency,
        furthest=progress.furthest,
        stands_in=progress.stands_in,
        outcome=progress.outcome,
        closed_at=last.at if is_closed else None,
        closer_id=last.owner_id if is_closed else None,
        closing_team_id=last.team_id if is_closed else None,
        closing_value=last.value if is_closed else None,
        loss_reason_id=loss_reason_id if progress.outcome == "lost" else None,
        is_new_customer=is_new_customer if progress.outcome == "won" else None,
    )


def funnel_steps(tallies: Standings) -> list[PictureStep]:
    """Add up the funnel picture, from Akquise to WON; it never widens."""
    steps: list[PictureStep] = []
    reached = Tally()
    for stage in (WON, *reversed(STAGES)):
        still_open, lost = tallies.get((stage, "open"), Tally()), tallies.get((stage, "lost"), Tally())
        reached = reached + still_open + lost + tallies.get((stage, "won"), Tally())
        steps.append(PictureStep(stage, reached, still_open, lost))
    return steps[::-1]
