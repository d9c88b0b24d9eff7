"""Somebody works on a lead: what it says is edited, its next step is planned, it is called or written to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import ProductGroup
from contacts.models import Company, Person
from core import events
from extra_fields.values import Stored, merged
from leads.actions.history import lock, record_state
from leads.actions.receiving import LeadFacts
from leads.errors import LeadChangedMeanwhile
from leads.models import Campaign, Lead, LeadOrigin, LeadState, Source, Touch


@dataclass(frozen=True)
class LeadLinks:
    """Who a lead is, as far as it is known, and where it is counted."""

    company: Company | None = None
    person: Person | None = None
    source: Source | None = None
    campaign: Campaign | None = None
    product_group: ProductGroup | None = None


@transaction.atomic
def edit_lead(
    lead: Lead,
    facts: LeadFacts,
    links: LeadLinks,
    *,
    extra: Mapping[str, Stored | None] | None = None,
    seen_version: int,
    actor: User,
) -> Lead:
    """Change what a lead says; its touches follow to the company and person it is linked with.

    `seen_version` is the version the form was opened with; LeadChangedMeanwhile when someone saved since.
    """
    lead = lock(lead)
    if lead.version != seen_version:
        raise LeadChangedMeanwhile(
            _("Someone else has changed this lead in the meantime. Nothing was saved yet.")
        )
    values = {**asdict(facts), **vars(links), "extra": merged(lead.extra, extra)}
    changed = sorted(name for name, value in values.items() if getattr(lead, name) != value)
    if not changed:
        return lead
    for name in changed:
        setattr(lead, name, values[name])
    lead.version += 1
    lead.save()
    hang_touches(lead)
    events.record("lead.edited", lead, actor=actor, fields=",".join(changed))
    return lead


@transaction.atomic
def link_lead(lead: Lead, *, company: Company | None, person: Person | None, actor: User | None) -> Lead:
    """Say who a lead is; its touches hang on them, too. None takes the link away."""
    lead = lock(lead)
    if (lead.company, lead.person) == (company, person):
        return lead
    lead.company, lead.person = company, person
    lead.version += 1
    lead.save(update_fields=["company", "person", "version"])
    hang_touches(lead)
    events.record("lead.edited", lead, actor=actor, fields="company,person")
    return lead


def hang_touches(lead: Lead) -> None:
    """Let the touches of a lead stand on the timelines of its company and its person."""
    Touch.objects.filter(lead=lead).update(company=lead.company, person=lead.person)


def set_next_step(lead: Lead, text: str, on: date | None) -> None:
    """Mirror the earliest open follow-up; `text` is empty when there is none. Called by activities only."""
    Lead.objects.filter(pk=lead.pk).update(next_step=text[:200], next_step_on=on)


@transaction.atomic
def note_contact(lead: Lead, *, at: datetime, is_ours: bool, actor: User | None) -> Lead:
    """Note that there was contact: when we made it, an inquiry is answered and a new lead is in progress.

    `is_ours` is false for what came in from them. Called by activities.
    """
    lead = lock(lead)
    if at > lead.touched_at:
        lead.touched_at = at
    if is_ours and lead.answered_at is None and at >= lead.received_at:
        lead.answered_at = at
    if is_ours and lead.state == LeadState.NEW:
        record_state(lead, LeadState.WORKING, actor=actor, origin=LeadOrigin.RULE, at=at)
        lead.state, lead.state_since = LeadState.WORKING, at
        events.record("lead.state_changed", lead, actor=actor, from_state="new", to_state="working")
    lead.save(update_fields=["touched_at", "answered_at", "state", "state_since"])
    return lead
