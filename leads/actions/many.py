"""Many leads at once: another owner, disqualified, and that undone."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from leads.actions.assigning import assign_lead
from leads.actions.states import change_state, undo_state
from leads.models import DisqualifyReason, Lead, LeadState, LeadStateChange


@transaction.atomic
def hand_over_leads(leads: Iterable[Lead], to: User, *, why: str, actor: User) -> int:
    """Give open leads to another owner; answer how many. Closed ones, and those they have, stay."""
    theirs = Lead.objects.current().open().filter(pk__in=[lead.pk for lead in leads]).exclude(owner=to)
    given = list(theirs.order_by("pk"))
    for lead in given:
        assign_lead(lead, to, why=why, actor=actor)
    return len(given)


@transaction.atomic
def disqualify_leads(
    leads: Iterable[Lead], reason: DisqualifyReason, *, note: str, actor: User
) -> list[Lead]:
    """Close open leads for one reason; answer which. Those closed already stay."""
    chosen = Lead.objects.current().open().filter(pk__in=[lead.pk for lead in leads]).order_by("pk")
    return [
        change_state(
            lead, LeadState.DISQUALIFIED, seen_in=LeadState(lead.state), reason=reason, note=note, actor=actor
        )
        for lead in chosen
    ]


@transaction.atomic
def undo_disqualified(moment: datetime, leads: Iterable[Lead], *, actor: User) -> int:
    """Open again what the actor disqualified together, if it was the last step; answer how many."""
    rows = LeadStateChange.objects.effective().filter(recorded_at=moment, actor=actor, lead__in=list(leads))
    count = 0
    for row in rows.filter(to_state=LeadState.DISQUALIFIED).select_related("lead").order_by("lead_id"):
        last = row.lead.state_changes.order_by("seq").last()
        if last is not None and last.pk == row.pk:
            undo_state(row.lead, row, actor=actor)
            count += 1
    return count
