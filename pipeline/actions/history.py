"""Writing history rows: the only place that numbers them."""

from datetime import datetime

from accounts.models import User
from pipeline.models import Deal, DealChange, LossReason, Origin, Outcome, StageChange


def lock(deal: Deal) -> Deal:
    """The deal as it stands now, locked until the end of the transaction."""
    return Deal.objects.select_for_update(of=("self",)).select_related("owner__team").get(pk=deal.pk)


def record_opening(deal: Deal, *, actor: User | None, origin: Origin) -> StageChange:
    """Write the first rows of both histories."""
    record_facts(deal, actor=actor, at=deal.opened_at)
    return StageChange.objects.create(
        deal=deal,
        seq=1,
        from_stage=None,
        to_stage=deal.stage,
        to_outcome=Outcome.OPEN,
        owner=deal.owner,
        team=deal.owner.team,
        value=deal.value,
        currency=deal.currency,
        actor=actor,
        origin=origin,
        at=deal.opened_at,
    )


def record_step(
    deal: Deal,
    *,
    to_stage: int,
    to_outcome: str,
    actor: User | None,
    at: datetime,
    origin: Origin = Origin.TYPED,
    loss_reason: LossReason | None = None,
    loss_note: str = "",
    reverts: StageChange | None = None,
) -> StageChange:
    """Append one step from where the locked deal stands; the deal itself is left to the caller."""
    return StageChange.objects.create(
        deal=deal,
        seq=deal.stage_changes.count() + 1,
        from_stage=deal.stage,
        to_stage=to_stage,
        from_outcome=deal.outcome,
        to_outcome=to_outcome,
        loss_reason=loss_reason,
        loss_note=loss_note,
        owner=deal.owner,
        team=deal.owner.team,
        value=deal.value,
        currency=deal.currency,
        actor=actor,
        origin=origin,
        at=at,
        reverts=reverts,
    )


def record_facts(deal: Deal, *, actor: User | None, at: datetime) -> DealChange:
    """Append owner, value and expected closing as the locked deal says them now."""
    row = facts_row(deal, seq=deal.changes.count() + 1, actor=actor, at=at)
    row.save()
    return row


def facts_row(deal: Deal, *, seq: int, actor: User | None, at: datetime) -> DealChange:
    """The row itself, unsaved, for those who write many at once."""
    return DealChange(
        deal=deal,
        seq=seq,
        owner=deal.owner,
        team=deal.owner.team,
        value=deal.value,
        currency=deal.currency,
        expected_close_on=deal.expected_close_on,
        actor=actor,
        at=at,
    )
