"""Somebody gets a lead."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from core import events
from leads.actions.history import lock, record_assignment
from leads.errors import LeadChangedMeanwhile, LeadClosed, OwnerGone
from leads.models import Lead


@transaction.atomic
def assign_lead(
    lead: Lead,
    owner: User | None,
    *,
    team: Team | None = None,
    why: str,
    actor: User | None,
    seen_owner: User | None = None,
    check_owner: bool = False,
) -> Lead:
    """Give an open lead to a rep, or back to a team when `owner` is None; the same owner is a no-op.

    `why` is what the new owner reads. With `check_owner`, LeadChangedMeanwhile is raised when somebody else
    than `seen_owner` has it by now: of two who take a lead at once, one gets it. Raises LeadClosed, OwnerGone
    too.
    """
    lead = lock(lead)
    if not lead.is_open:
        raise LeadClosed(_("This lead is already closed."))
    if check_owner and lead.owner != seen_owner:
        raise LeadChangedMeanwhile(_("Someone else has taken this lead in the meantime."))
    team = team or (owner.team if owner else lead.team)
    if (lead.owner, lead.team) == (owner, team):
        return lead
    if owner is not None and not owner.is_active:
        raise OwnerGone(_("%(name)s no longer works here.") % {"name": owner})
    before = lead.owner
    lead.owner, lead.team = owner, team
    lead.version += 1
    lead.save(update_fields=["owner", "team", "version"])
    record_assignment(lead, from_owner=before, why=why, actor=actor, at=timezone.now())
    events.record("lead.assigned", lead, actor=actor, to=owner.pk if owner else None)
    return lead
