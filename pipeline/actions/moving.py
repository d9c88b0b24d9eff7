"""Moving a deal: forward, back, won, lost, reopened, and the undoing of a step."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.models import Company, Person
from contacts.purchases import mirror_purchases
from core import events
from pipeline.actions.criteria import meet_criterion, withdraw_evidence
from pipeline.actions.history import lock, record_step
from pipeline.errors import (
    CriteriaUnmet,
    CustomerMissing,
    DealClosed,
    DealMovedMeanwhile,
    DealNotClosed,
    LossNoteMissing,
    NothingToUndo,
)
from pipeline.models import Criterion, Deal, LossReason, Origin, Outcome, Stage, StageChange
from pipeline.new_customers import is_first_win

# A step can be undone for this long; later it happened, and a step back is the honest answer.
UNDO_WINDOW = timedelta(minutes=10)
# What a win leaves as evidence that the order is confirmed; undoing the win takes it back.
ORDER = "order"


@transaction.atomic
def move_deal(
    deal: Deal,
    to: Stage,
    *,
    seen_in: Stage,
    actor: User | None,
    confirmed: bool = False,
    origin: Origin = Origin.TYPED,
) -> Deal:
    """Move an open deal to another stage, forward, skipping, or back.

    `seen_in` is the stage the actor saw the deal in; if someone moved it since, nothing happens and
    DealMovedMeanwhile is raised. Moving to the stage it is already in is a no-op, so a double click or a
    retry does no harm. Moving on with unmet criteria raises CriteriaUnmet: always for mandatory ones, for
    the others until `confirmed`.
    """
    deal = lock(deal)
    if not deal.is_open:
        raise DealClosed(_("This deal is already closed."))
    if deal.stage == to:
        return deal
    _refuse_stale(deal, seen_in)
    _refuse_unmet(deal, before=to, confirmed=confirmed)

    enter(deal, to, actor=actor, origin=origin)
    events.record("deal.moved", deal, actor=actor, from_stage=int(seen_in), to_stage=int(to))
    return deal


@transaction.atomic
def win_deal(
    deal: Deal,
    *,
    seen_in: Stage,
    actor: User | None,
    confirmed: bool = False,
    origin: Origin = Origin.TYPED,
) -> Deal:
    """Confirm the order: the deal is won, by a new or a repeat customer.

    From an earlier stage it first enters Abschluss, so both rows are written. Winning twice is a no-op.
    Raises CustomerMissing, DealClosed, DealMovedMeanwhile, CriteriaUnmet.
    """
    deal = lock(deal)
    if deal.is_won:
        return deal
    if not deal.is_open:
        raise DealClosed(_("This deal is already closed."))
    _refuse_stale(deal, seen_in)
    if deal.company_id is None and deal.person_id is None:
        raise CustomerMissing
    _refuse_unmet(deal, before=Stage.ABSCHLUSS + 1, confirmed=confirmed, given=Criterion.ORDER_CONFIRMED)

    _lock_customer(deal)
    if deal.stage != Stage.ABSCHLUSS:
        enter(deal, Stage.ABSCHLUSS, actor=actor, origin=origin)
    row = record_step(
        deal, to_stage=deal.stage, to_outcome=Outcome.WON, actor=actor, at=timezone.now(), origin=origin
    )
    _win(deal, row)
    deal.save()
    mirror_purchases(deal.company, deal.person)
    meet_criterion(deal, Criterion.ORDER_CONFIRMED, actor=actor, evidence=ORDER)
    events.record("deal.won", deal, actor=actor, is_new_customer=bool(deal.is_new_customer))
    return deal


@transaction.atomic
def lose_deal(
    deal: Deal,
    reason: LossReason,
    *,
    note: str = "",
    seen_in: Stage,
    actor: User | None,
    origin: Origin = Origin.TYPED,
) -> Deal:
    """Close a deal as lost in the stage it stands in, with the reason.

    Losing it twice is a no-op. Raises LossNoteMissing when the reason asks for an explanation and there is
    none.
    """
    deal = lock(deal)
    if deal.is_lost:
        return deal
    if not deal.is_open:
        raise DealClosed(_("This deal is already closed."))
    _refuse_stale(deal, seen_in)
    if reason.needs_note and not note.strip():
        raise LossNoteMissing(_("Please say in a few words why the deal was lost."))

    row = record_step(
        deal,
        to_stage=deal.stage,
        to_outcome=Outcome.LOST,
        loss_reason=reason,
        loss_note=note.strip(),
        actor=actor,
        at=timezone.now(),
        origin=origin,
    )
    _lose(deal, row)
    deal.save()
    events.record("deal.lost", deal, actor=actor, stage=int(deal.stage), reason=reason.code)
    return deal


@transaction.atomic
def reopen_deal(deal: Deal, *, actor: User | None) -> Deal:
    """Open a closed deal again in the stage in which it was closed; its history stays."""
    deal = lock(deal)
    if deal.is_open:
        raise DealNotClosed(_("This deal is open."))

    if deal.is_won:
        withdraw_evidence(deal, Criterion.ORDER_CONFIRMED, evidence=ORDER, actor=actor)
    record_step(deal, to_stage=deal.stage, to_outcome=Outcome.OPEN, actor=actor, at=timezone.now())
    _open(deal)
    deal.save()
    mirror_purchases(deal.company, deal.person)
    events.record("deal.reopened", deal, actor=actor)
    return deal


@transaction.atomic
def undo_move(deal: Deal, *, seen_seq: int, actor: User) -> Deal:
    """Take back the last step, with all rows that were written together with it.

    `seen_seq` is the number of the last row the actor saw. Raises NothingToUndo when another step followed,
    when the step is older than UNDO_WINDOW, was imported, or is the opening. Appends rows that revert;
    removes none.
    """
    deal = lock(deal)
    together = _undoable_rows(deal, seen_seq)
    _lock_customer(deal)

    for row in together:
        record_step(
            deal,
            to_stage=row.from_stage or Stage.AKQUISE,
            to_outcome=row.from_outcome,
            loss_reason=_reason_before(row),
            actor=actor,
            at=timezone.now(),
            origin=Origin.UNDO,
            reverts=row,
        )
        deal.stage, deal.outcome = row.from_stage or Stage.AKQUISE, row.from_outcome
        if row.from_outcome == Outcome.WON:
            meet_criterion(deal, Criterion.ORDER_CONFIRMED, actor=actor, evidence=ORDER)
        if row.to_outcome == Outcome.WON:
            withdraw_evidence(deal, Criterion.ORDER_CONFIRMED, evidence=ORDER, actor=actor)
    _restore(deal)
    deal.save()
    mirror_purchases(deal.company, deal.person)
    events.record("deal.move_undone", deal, actor=actor)
    return deal


def is_undoable(latest: StageChange) -> bool:
    """Whether the last step of a deal may still be taken back: a recent one, typed here, not the opening."""
    is_recent = latest.recorded_at > timezone.now() - UNDO_WINDOW
    return is_recent and latest.seq > 1 and latest.origin not in (Origin.UNDO, Origin.IMPORT)


def enter(deal: Deal, stage: Stage, *, actor: User | None, origin: Origin) -> None:
    """Let the locked deal enter a stage, with its row of history; whoever calls has checked that it may."""
    row = record_step(
        deal, to_stage=stage, to_outcome=Outcome.OPEN, actor=actor, at=timezone.now(), origin=origin
    )
    # Who moves a deal that was agreed has something to agree on again.
    deal.stage, deal.stage_since, deal.accepted_directly = stage, row.at, None
    deal.save(update_fields=["stage", "stage_since", "accepted_directly"])


def was_negotiated(deal: Deal) -> bool:
    """Whether the deal has effectively been in Verhandlung."""
    return deal.stage_changes.effective().filter(to_stage=Stage.VERHANDLUNG).exists()


def _refuse_stale(deal: Deal, seen_in: Stage) -> None:
    if deal.stage == seen_in:
        return
    latest = deal.stage_changes.select_related("actor").latest("seq")
    raise DealMovedMeanwhile(deal, by=str(latest.actor or _("Someone else")))


def _refuse_unmet(deal: Deal, *, before: int, confirmed: bool, given: str = "") -> None:
    unmet = list(Criterion.objects.unmet_by(deal, before=before).exclude(code=given))
    if any(criterion.is_mandatory for criterion in unmet) or (unmet and not confirmed):
        raise CriteriaUnmet(unmet)


def _open(deal: Deal) -> None:
    deal.outcome, deal.closed_at = Outcome.OPEN, None
    deal.loss_reason, deal.loss_note = None, ""
    deal.won_value, deal.is_new_customer, deal.accepted_directly = None, None, None


def _lose(deal: Deal, row: StageChange) -> None:
    _open(deal)
    deal.outcome, deal.closed_at = Outcome.LOST, row.at
    deal.loss_reason, deal.loss_note = row.loss_reason, row.loss_note


def _win(deal: Deal, row: StageChange) -> None:
    _open(deal)
    deal.outcome, deal.closed_at, deal.won_value = Outcome.WON, row.at, row.value
    deal.is_new_customer = is_first_win(deal)
    deal.accepted_directly = not was_negotiated(deal)


def _lock_customer(deal: Deal) -> None:
    """Let one deal of a customer be won at a time; before the moment is taken, else both are the first.

    The deal then carries the customer as they are now, with what they bought so far.
    """
    if deal.company_id is not None:
        deal.company = Company.objects.select_for_update(no_key=True).get(pk=deal.company_id)
    elif deal.person_id is not None:
        deal.person = Person.objects.select_for_update(no_key=True).get(pk=deal.person_id)


def _undoable_rows(deal: Deal, seen_seq: int) -> list[StageChange]:
    """The effective rows of the last step, newest first; rows of one transaction share `recorded_at`."""
    latest = deal.stage_changes.latest("seq")
    if latest.seq != seen_seq or not is_undoable(latest):
        raise NothingToUndo(_("This step can no longer be undone."))
    rows = deal.stage_changes.effective().filter(recorded_at=latest.recorded_at, seq__gt=1)
    together = list(rows.order_by("-seq"))
    if not together:
        raise NothingToUndo(_("This step can no longer be undone."))
    return together


def _reason_before(row: StageChange) -> LossReason | None:
    """The loss reason to repeat when undoing leads back to a lost deal."""
    if row.from_outcome != Outcome.LOST:
        return None
    before = StageChange.objects.effective().filter(deal=row.deal, seq__lt=row.seq).latest("seq")
    return before.loss_reason


def _restore(deal: Deal) -> None:
    """Set what a deal says of its present state from its effective history."""
    rows = list(deal.stage_changes.effective().order_by("-seq"))
    latest = rows[0]
    entered = next(row for row in rows if row.from_stage != row.to_stage)
    deal.stage, deal.stage_since = latest.to_stage, entered.at
    if latest.to_outcome == Outcome.LOST:
        _lose(deal, latest)
    elif latest.to_outcome == Outcome.WON:
        _win(deal, latest)
    else:
        _open(deal)
