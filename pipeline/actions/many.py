"""Doing the same with many deals at once, and taking it back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from pipeline.actions.moving import UNDO_WINDOW, is_undoable, lose_deal, undo_move
from pipeline.models import Deal, LossReason, Outcome, Stage, StageChange


@transaction.atomic
def lose_deals(deals: Iterable[Deal], reason: LossReason, *, note: str = "", actor: User) -> list[Deal]:
    """Close deals as lost, each in the stage it stands in; answer those. Closed ones stay as they are.

    Each leaves its history row and its event, as if it were lost alone; all of them, or none. Locks the
    deals in the order of their keys. Raises LossNoteMissing when the reason asks for an explanation.
    """
    locked = Deal.objects.select_for_update(of=("self",)).filter(pk__in=[deal.pk for deal in deals])
    return [
        lose_deal(deal, reason, note=note, seen_in=Stage(deal.stage), actor=actor)
        for deal in locked.order_by("pk")
        if deal.is_open
    ]


@transaction.atomic
def undo_losses(losses: Iterable[StageChange], *, actor: User) -> list[Deal]:
    """Take back the losses that these rows tell of; answer the deals. Whatever moved on since stays."""
    seen = {row.deal_id: row.seq for row in losses}
    locked = Deal.objects.select_for_update(of=("self",)).filter(pk__in=seen).order_by("pk")
    return [
        undo_move(deal, seen_seq=seen[deal.pk], actor=actor)
        for deal in locked
        if _is_last(deal.stage_changes.latest("seq"), seen[deal.pk])
    ]


def losses_at(moment: datetime, *, by: User) -> list[StageChange]:
    """The losses someone wrote in one transaction, as long as they can be undone."""
    rows = StageChange.objects.effective().filter(
        actor=by, at__gte=timezone.now() - UNDO_WINDOW, recorded_at=moment, to_outcome=Outcome.LOST
    )
    return list(rows.order_by("deal"))


def _is_last(latest: StageChange, seen_seq: int) -> bool:
    return latest.seq == seen_seq and is_undoable(latest)
