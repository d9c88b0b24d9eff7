"""What follows when a lead has arrived: until when it is to be answered, whose it is, who answers else."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from leads.actions import assign_lead, link_lead
from leads.actions.history import lock
from leads.answering import answer_by, worked_minutes
from leads.assignment import Decision, Way, decide, manager_of, next_in_team
from leads.known import certain_company
from leads.models import Direction, Lead, LeadAssignment, LeadSetting

# Of leads that wait too long, a tick looks at so many.
MOST_AT_ONCE = 500


@transaction.atomic
def place_lead(lead: Lead) -> Lead:
    """Set until when it is to be answered, link its company, let the rules say whose it is; safe to repeat.

    Whom a person chose stays.
    """
    lead = lock(lead)
    if not lead.is_open:
        return lead
    if lead.direction == Direction.INBOUND and lead.answer_by is None and lead.answered_at is None:
        minutes = LeadSetting.current().answer_minutes
        lead.answer_by = answer_by(lead.received_at, minutes, land_of(lead))
        lead.save(update_fields=["answer_by"])
    if lead.company is None and (company := certain_company(lead)):
        lead = link_lead(lead, company=company, person=lead.person, actor=None)
    if (
        lead.owner is not None
        or lead.assignments.filter(actor__isnull=False, to_owner__isnull=False).exists()
    ):
        return lead
    with override(settings.LANGUAGE_CODE):
        decision = decide(lead)
    return _give(lead, decision) if decision else lead


@transaction.atomic
def give_out(lead: Lead) -> Lead:
    """Let the rules say whose a lead of a list is: nobody waits for an answer, so there is no time to answer.

    One that somebody has, or that no rule fits, stays as it is.
    """
    if lead.owner is not None or not lead.is_open:
        return lead
    with override(settings.LANGUAGE_CODE):
        decision = decide(lead)
    return _give(lead, decision) if decision else lead


def reassign_late() -> int:
    """Give inquiries that a rep got by a rule and did not answer in time to somebody else; count them.

    After so many times (settings of leads) the manager of the team gets it, and it stays there.
    """
    setting = LeadSetting.current()
    if setting.reassign_minutes is None:
        return 0
    moved = 0
    for lead in _waiting()[:MOST_AT_ONCE]:
        given_at: datetime = lead.given_at  # type: ignore[attr-defined]
        if worked_minutes(given_at, timezone.now(), land_of(lead)) >= setting.reassign_minutes:
            moved += _reassign(lead, setting.most_reassigned)
    return moved


def land_of(lead: Lead) -> str:
    """Where the owner works; the Land of the settings while nobody has it."""
    return getattr(lead.owner, "works_in", "") if lead.owner else ""


def _waiting() -> QuerySet[Lead]:
    """Unanswered ones whose present owner was found by a rule, with since when."""
    last = LeadAssignment.objects.filter(lead=OuterRef("pk")).order_by("-pk")
    leads = Lead.objects.current().unanswered().filter(owner__isnull=False)
    leads = leads.annotate(
        given_at=Subquery(last.values("at")[:1]), given_by=Subquery(last.values("actor")[:1])
    )
    return leads.filter(given_by=None).select_related("owner", "team").order_by("received_at", "pk")


@transaction.atomic
def _reassign(lead: Lead, most: int) -> int:
    lead = lock(lead)
    if lead.answered_at is not None or not lead.is_open or lead.owner is None:
        return 0
    rows = list(lead.assignments.filter(actor=None, to_owner__isnull=False).order_by("pk"))
    had = {row.to_owner_id for row in rows if row.to_owner_id}
    with override(settings.LANGUAGE_CODE):
        before = {"name": lead.owner}
        if len(rows) <= most and (rep := next_in_team(lead.team, way=Way.TURN, without=had)):
            text = _("Not answered in time by %(name)s") % before
            return bool(_give(lead, Decision(rep, rep.team, text)))
        manager = manager_of(lead.team)
        if manager is None or manager.pk in had:
            return 0
        text = _("Not answered in time by %(name)s: to the manager") % before
        return bool(_give(lead, Decision(manager, lead.team, text)))


def _give(lead: Lead, decision: Decision) -> Lead:
    return assign_lead(lead, decision.owner, team=decision.team, why=decision.why, actor=None)
