"""Writing the histories of leads: the only place that numbers their rows."""

from datetime import datetime

from accounts.models import User
from leads.models import DisqualifyReason, Lead, LeadAssignment, LeadOrigin, LeadState, LeadStateChange


def lock(lead: Lead) -> Lead:
    """The lead as it stands now, locked until the end of the transaction."""
    return Lead.objects.select_for_update(of=("self",)).select_related("owner", "team").get(pk=lead.pk)


def record_state(
    lead: Lead,
    to: LeadState,
    *,
    actor: User | None,
    origin: LeadOrigin,
    at: datetime,
    reason: DisqualifyReason | None = None,
    note: str = "",
    reverts: LeadStateChange | None = None,
) -> LeadStateChange:
    """Append one step from where the locked lead stands; the lead itself is left to the caller."""
    taken = lead.state_changes.count()
    return LeadStateChange.objects.create(
        lead=lead,
        seq=taken + 1,
        from_state=lead.state if taken else "",
        to_state=to,
        reason=reason,
        note=note,
        owner=lead.owner,
        team=lead.team,
        actor=actor,
        origin=origin,
        at=at,
        reverts=reverts,
    )


def record_assignment(
    lead: Lead, *, from_owner: User | None, why: str, actor: User | None, at: datetime
) -> LeadAssignment:
    """Append who has the lead now, and why."""
    return LeadAssignment.objects.create(
        lead=lead,
        from_owner=from_owner,
        to_owner=lead.owner,
        team=lead.team,
        why=why[:300],
        actor=actor,
        at=at,
    )
