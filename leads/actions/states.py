"""A lead moves from state to state, comes to nothing, or is taken up again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import events
from leads.actions.history import lock, record_state
from leads.errors import LeadChangedMeanwhile, LeadClosed, LeadNotDisqualified, ReasonMissing
from leads.models import DisqualifyReason, Lead, LeadOrigin, LeadState, LeadStateChange


@transaction.atomic
def change_state(
    lead: Lead,
    to: LeadState,
    *,
    seen_in: LeadState,
    actor: User | None,
    reason: DisqualifyReason | None = None,
    note: str = "",
    origin: LeadOrigin = LeadOrigin.TYPED,
) -> Lead:
    """Move an open lead to another state; the state it is already in is a no-op.

    The first step away from "new" is the answer that response times are measured by. Disqualifying needs a
    `reason`. Raises LeadClosed, LeadChangedMeanwhile (409), ReasonMissing.
    """
    lead = lock(lead)
    if lead.state == to:
        return lead
    if not lead.is_open:
        raise LeadClosed(_("This lead is already closed."))
    if lead.state != seen_in:
        raise LeadChangedMeanwhile(_("Someone else has changed this lead in the meantime."))
    if to == LeadState.DISQUALIFIED and reason is None:
        raise ReasonMissing(_("Please say why this lead comes to nothing."))
    return _enter(lead, to, actor=actor, origin=origin, reason=reason, note=note)


@transaction.atomic
def reopen_lead(lead: Lead, *, actor: User | None) -> Lead:
    """Take up a disqualified lead again; LeadNotDisqualified for any other."""
    lead = lock(lead)
    if lead.state != LeadState.DISQUALIFIED:
        raise LeadNotDisqualified(_("This lead is not disqualified."))
    return _enter(lead, LeadState.WORKING, actor=actor, origin=LeadOrigin.TYPED)


@transaction.atomic
def undo_state(lead: Lead, change: LeadStateChange, *, actor: User | None) -> Lead:
    """Take the last step back: a row that reverts it, so that it never happened for the figures.

    Raises LeadChangedMeanwhile when it is not the last step (any more).
    """
    lead = lock(lead)
    last = lead.state_changes.effective().order_by("seq").last()
    if last is None or last.pk != change.pk or not change.from_state:
        raise LeadChangedMeanwhile(_("Someone else has changed this lead in the meantime."))
    before = LeadState(change.from_state)
    back = lead.state_changes.effective().filter(seq__lt=change.seq).order_by("seq").last()
    reason = back.reason if back and before == LeadState.DISQUALIFIED else None
    now = timezone.now()
    record_state(lead, before, actor=actor, origin=LeadOrigin.UNDO, at=now, reason=reason, reverts=change)
    return _stand(lead, before, at=now, actor=actor, reason=reason, note=back.note if reason and back else "")


def _enter(
    lead: Lead,
    to: LeadState,
    *,
    actor: User | None,
    origin: LeadOrigin,
    reason: DisqualifyReason | None = None,
    note: str = "",
) -> Lead:
    now = timezone.now()
    record_state(lead, to, actor=actor, origin=origin, at=now, reason=reason, note=note)
    if lead.answered_at is None:
        lead.answered_at = now
    return _stand(lead, to, at=now, actor=actor, reason=reason, note=note)


def _stand(
    lead: Lead, to: LeadState, *, at: datetime, actor: User | None, reason: DisqualifyReason | None, note: str
) -> Lead:
    before = lead.state
    lead.state, lead.state_since = to, at
    lead.disqualify_reason = reason
    lead.disqualify_note = note
    lead.version += 1
    lead.save(
        update_fields=[
            "state",
            "state_since",
            "answered_at",
            "disqualify_reason",
            "disqualify_note",
            "version",
        ]
    )
    events.record("lead.state_changed", lead, actor=actor, from_state=str(before), to_state=str(to))
    return lead
