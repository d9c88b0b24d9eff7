"""What was done with a lead, and what is planned, goes along to the deal it became; and back."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from activities.actions.criteria import follow_appointments
from activities.actions.follow_ups import mirror_next_step
from activities.actions.links import locked_deal
from activities.models import Activity, FollowUp
from pipeline.models import LeadConversion


@transaction.atomic
def follow_to_deal(conversion: LeadConversion, *, actor: User | None) -> None:
    """Hang entries and follow-ups of the lead on its deal and its customer; safe to repeat."""
    if conversion.undone_at is not None:
        return
    deal = locked_deal(conversion.deal_id)
    links = {"deal": deal, "company": conversion.company, "person": conversion.person}
    Activity.objects.filter(lead=conversion.lead, deal=None).update(**links)
    FollowUp.objects.filter(lead=conversion.lead, deal=None).update(**links, version=F("version") + 1)
    if deal is not None and actor is not None:
        follow_appointments(deal, actor=actor)
    mirror_next_step(deal, conversion.lead_id)


@transaction.atomic
def follow_back(conversion: LeadConversion, *, actor: User | None) -> None:
    """Hang what was done and planned on the lead again, also what came to the deal meanwhile."""
    if conversion.undone_at is None:
        return
    deal = locked_deal(conversion.deal_id)
    links = {
        "deal": None,
        "lead": conversion.lead,
        "company": conversion.company_before,
        "person": conversion.person_before,
    }
    mine: dict[str, object] = {"deal": deal}
    if not conversion.made_deal:
        mine["lead"] = conversion.lead
    Activity.objects.filter(**mine).update(**links)
    FollowUp.objects.filter(**mine).update(**links, version=F("version") + 1)
    mirror_next_step(deal, conversion.lead_id)
