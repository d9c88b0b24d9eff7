"""A lead arrives; another touch is added."""

import uuid
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Team, User
from catalog.models import ProductGroup
from contacts.models import Company, Person
from core import events
from leads.actions.history import lock, record_assignment, record_state
from leads.models import (
    Campaign,
    Direction,
    Lead,
    LeadOrigin,
    LeadState,
    Source,
    Touch,
    TouchChannel,
)


@dataclass(frozen=True, kw_only=True)
class LeadFacts:
    """What is known of somebody who arrives; the fields are those of `Lead`."""

    salutation: str = ""
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    company_name: str = ""
    position: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "DE"
    language: str = "de"
    industry: str = ""
    interest: str = ""
    note: str = ""
    extra: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TouchFacts:
    """What is known of one touch; `at` defaults to now, `cost` is net in `currency`."""

    channel: TouchChannel
    direction: Direction = Direction.INBOUND
    at: datetime | None = None
    source: Source | None = None
    campaign: Campaign | None = None
    medium: str = ""
    content: str = ""
    details: dict[str, object] = field(default_factory=dict)
    cost: Decimal | None = None
    currency: str = "EUR"


@transaction.atomic
def receive_lead(
    facts: LeadFacts,
    *,
    touch: TouchFacts,
    actor: User | None,
    origin: LeadOrigin = LeadOrigin.TYPED,
    owner: User | None = None,
    team: Team | None = None,
    why: str = "",
    company: Company | None = None,
    person: Person | None = None,
    product_group: ProductGroup | None = None,
    external_id: str = "",
    form_key: uuid.UUID | None = None,
) -> Lead:
    """Write a new lead with its first touch and both histories; its source and campaign are the touch's.

    Sent twice (same `external_id` or `form_key`), the first one is returned and nothing is written. Without
    an owner it waits with the team, without a team with those who belong to none.
    """
    if known := _received(external_id, form_key):
        return known
    at = touch.at or timezone.now()
    lead = open_lead(
        facts,
        touch=replace(touch, at=at),
        actor=actor,
        origin=origin,
        owner=owner,
        team=team,
        why=why,
        company=company,
        person=person,
        product_group=product_group,
        external_id=external_id,
        form_key=form_key,
    )
    _write_touch(touch, at=at, actor=actor, lead=lead, company=company, person=person)
    events.record("lead.received", lead, actor=actor, origin=str(origin))
    return lead


def open_lead(
    facts: LeadFacts,
    *,
    touch: TouchFacts,
    actor: User | None,
    origin: LeadOrigin,
    owner: User | None = None,
    team: Team | None = None,
    why: str = "",
    **more: Any,
) -> Lead:
    """The row of a lead with the first rows of its histories; its touch is left to the caller."""
    now = timezone.now()
    at = touch.at or now
    lead = Lead.objects.create(
        **asdict(facts),
        **more,
        state=LeadState.NEW,
        state_since=at,
        direction=touch.direction,
        received_at=at,
        touched_at=at,
        source=touch.source,
        campaign=touch.campaign,
        owner=owner,
        team=team or (owner.team if owner else Team.objects.unassigned()),
    )
    record_state(lead, LeadState.NEW, actor=actor, origin=origin, at=at)
    record_assignment(lead, from_owner=None, why=why, actor=actor, at=now)
    return lead


@transaction.atomic
def add_touch(
    facts: TouchFacts,
    *,
    actor: User | None,
    lead: Lead | None = None,
    person: Person | None = None,
    company: Company | None = None,
) -> Touch:
    """Add a touch to a lead, or to a person or company we know already; at least one of the three.

    A lead's touch hangs on its person and company as well, so that it stays with them when the lead is done.
    """
    at = facts.at or timezone.now()
    if lead is not None:
        lead = lock(lead)
        person, company = person or lead.person, company or lead.company
        if at > lead.touched_at:
            lead.touched_at = at
            lead.save(update_fields=["touched_at"])
    touch = _write_touch(facts, at=at, actor=actor, lead=lead, company=company, person=person)
    events.record("lead.touched", touch, actor=actor, lead=lead.pk if lead else None)
    return touch


def _received(external_id: str, form_key: uuid.UUID | None) -> Lead | None:
    if form_key and (known := Lead.objects.filter(form_key=form_key).first()):
        return known
    return Lead.objects.current().filter(external_id=external_id).first() if external_id else None


def _write_touch(
    facts: TouchFacts,
    *,
    at: datetime,
    actor: User | None,
    lead: Lead | None,
    company: Company | None,
    person: Person | None,
) -> Touch:
    return Touch.objects.create(
        lead=lead,
        company=company,
        person=person,
        at=at,
        channel=facts.channel,
        direction=facts.direction,
        source=facts.source,
        campaign=facts.campaign,
        medium=facts.medium,
        content=facts.content,
        details=facts.details,
        cost=facts.cost,
        currency=facts.currency,
        actor=actor,
    )
