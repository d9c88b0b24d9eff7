"""Somebody asks: a new lead, unless we know them; then it is a touch, and who is in charge is told."""

import uuid
from dataclasses import asdict, replace

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from catalog.models import ProductGroup
from contacts.models import Company, Employment, Person
from core import events
from leads.actions.receiving import LeadFacts, TouchFacts, add_touch, open_lead, receive_lead
from leads.errors import AlreadyALead
from leads.known import certain_person, open_lead_of
from leads.models import Lead, LeadOrigin, Recognition, Touch

# Where a touch keeps what an inquiry said of somebody we know, so that a lead can still be made of it.
SAID = "said"


@transaction.atomic
def take_inquiry(
    facts: LeadFacts,
    *,
    touch: TouchFacts,
    actor: User | None,
    origin: LeadOrigin,
    owner: User | None = None,
    team: Team | None = None,
    why: str = "",
    product_group: ProductGroup | None = None,
    external_id: str = "",
    form_key: uuid.UUID | None = None,
) -> Lead | Recognition:
    """Take an inquiry: a lead of somebody new, or the recognition of somebody we know.

    Who has an open lead, or is in the customer database, gets a touch and no second lead; who is in charge is
    told. Sent twice (same `external_id`) it is answered with what became of it the first time. Of two
    inquiries from one address at once the second one waits for the first.
    """
    _wait_for_twin(facts.email or facts.phone)
    if external_id and (known := Recognition.objects.filter(external_id=external_id).first()):
        return known
    lead = open_lead_of(facts)
    certain = certain_person(facts)
    person = certain[0] if certain else None
    if lead is None and person is not None:
        lead = Lead.objects.current().open().filter(person=person).order_by("-received_at").first()
    if lead is not None and external_id and lead.external_id == external_id:
        return lead
    if lead is None and person is None:
        return receive_lead(
            facts,
            touch=touch,
            actor=actor,
            origin=origin,
            owner=owner,
            team=team,
            why=why,
            product_group=product_group,
            external_id=external_id,
            form_key=form_key,
        )
    reasons = certain[1] if certain else ["same_email"]
    return _recognise(facts, touch, lead, person, reasons, actor=actor, external_id=external_id)


@transaction.atomic
def see_recognition(recognition: Recognition, *, actor: User) -> Recognition:
    """Note that it was seen; twice is a no-op."""
    Recognition.objects.filter(pk=recognition.pk, seen_at=None).update(seen_at=timezone.now(), seen_by=actor)
    return recognition


@transaction.atomic
def overrule_recognition(recognition: Recognition, *, actor: User) -> Lead:
    """Make a lead of it after all: of what the inquiry said, with its touch; AlreadyALead the second time."""
    recognition = Recognition.objects.select_for_update(of=("self",)).get(pk=recognition.pk)
    if recognition.lead is not None:
        raise AlreadyALead(_("A lead was made of this inquiry already."))
    touch = recognition.touch
    facts = LeadFacts(**touch.details.get(SAID, {}))
    told = TouchFacts(
        channel=touch.channel,  # type: ignore[arg-type]
        direction=touch.direction,  # type: ignore[arg-type]
        at=touch.at,
        source=touch.source,
        campaign=touch.campaign,
    )
    lead = open_lead(
        facts,
        touch=told,
        actor=actor,
        origin=LeadOrigin.TYPED,
        owner=actor,
        why=str(_("Made of an inquiry of somebody we know")),
    )
    Touch.objects.filter(pk=touch.pk).update(lead=lead)
    recognition.lead = lead
    recognition.seen_at, recognition.seen_by = recognition.seen_at or timezone.now(), actor
    recognition.save(update_fields=["lead", "seen_at", "seen_by"])
    events.record("lead.received", lead, actor=actor, origin=str(LeadOrigin.TYPED))
    return lead


def _recognise(
    facts: LeadFacts,
    touch: TouchFacts,
    lead: Lead | None,
    person: Person | None,
    reasons: list[str],
    *,
    actor: User | None,
    external_id: str,
) -> Recognition:
    said = {name: value for name, value in asdict(facts).items() if value}
    company = _employer(person)
    kept = replace(touch, details={**touch.details, SAID: said})
    row = add_touch(kept, actor=actor, lead=lead, person=person, company=company)
    recognition = Recognition.objects.create(
        touch=row,
        person=person,
        known_lead=lead,
        owner=_in_charge(lead, person, company),
        reasons=reasons,
        external_id=external_id,
    )
    events.record("lead.recognised", recognition, actor=actor)
    return recognition


def _employer(person: Person | None) -> Company | None:
    jobs = list(Employment.objects.present().filter(person=person).select_related("company__owner")[:2])
    return jobs[0].company if person is not None and len(jobs) == 1 else None


def _in_charge(lead: Lead | None, person: Person | None, company: Company | None) -> User | None:
    for row in (lead, person, company):
        if row is not None and row.owner is not None and row.owner.is_active:
            return row.owner
    return None


def _wait_for_twin(way: str) -> None:
    """Let inquiries from one address, or one number, come one after the other."""
    if way:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"lead:{way.lower()}"])
