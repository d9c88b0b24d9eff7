"""A lead becomes a deal: company and person are entered or linked, its touches stay with all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Product
from contacts.actions import (
    AddressFacts,
    ChannelFacts,
    CompanyFacts,
    PersonFacts,
    Reach,
    add_company,
    add_person,
    archive,
    employ,
)
from contacts.models import BuyingRole, Channel, Company, Person
from core import events
from leads.actions import change_state, link_lead, undo_state
from leads.actions.history import lock as lock_lead
from leads.errors import LeadClosed
from leads.known import channels_of
from leads.models import Lead, LeadState, Touch, TouchChannel
from pipeline.actions import DealFacts, name_person, open_deal
from pipeline.actions.history import lock as lock_deal
from pipeline.errors import ConversionOver, CustomerMissing, DealOfAnotherLead
from pipeline.models import Deal, LeadConversion, Outcome, Stage

# A conversion can be taken back for this long, while nobody has worked on the deal.
UNDO_WINDOW = timedelta(days=1)


@dataclass(frozen=True)
class Conversion:
    """What becomes of a lead; company and person may be new, not saved yet; `deal` is an open one to join."""

    title: str
    owner: User
    company: Company | None = None
    person: Person | None = None
    is_decision_maker: bool = False
    stage: Stage = Stage.AKQUISE
    value: Decimal = Decimal(0)
    currency: str = "EUR"
    product: Product | None = None
    expected_close_on: date | None = None
    deal: Deal | None = None


@transaction.atomic
def convert_lead(lead: Lead, wanted: Conversion, *, actor: User) -> LeadConversion:
    """Make a deal of an open lead, or join it with an open deal of its customer.

    Of two at once, and of a double click, the second one is answered with what the first one made. Raises
    LeadClosed for a disqualified lead, CustomerMissing without company and person.
    """
    lead = lock_lead(lead)
    if lead.state == LeadState.CONVERTED:
        return lead.conversions.get(undone_at=None)
    if not lead.is_open:
        raise LeadClosed(_("This lead is already closed."))
    if wanted.company is None and wanted.person is None:
        raise CustomerMissing
    before = (lead.company, lead.person)
    company, made_company = _company(lead, wanted, actor)
    person, made_person = _person(lead, wanted, company, actor)
    deal = _deal(lead, wanted, company, person, actor)
    if wanted.is_decision_maker and person is not None:
        name_person(deal, person, BuyingRole.DECISION_MAKER, actor=actor)
    link_lead(lead, company=company, person=person, actor=actor)
    change_state(lead, LeadState.CONVERTED, seen_in=LeadState(lead.state), actor=actor)
    conversion = LeadConversion.objects.create(
        lead=lead,
        deal=deal,
        company=company,
        person=person,
        company_before=before[0],
        person_before=before[1],
        made_company=made_company,
        made_person=made_person,
        made_deal=wanted.deal is None,
        change=lead.state_changes.latest("seq"),
        actor=actor,
    )
    events.record("lead.converted", lead, actor=actor, deal=deal.pk)
    return conversion


@transaction.atomic
def undo_conversion(conversion: LeadConversion, *, actor: User) -> Lead:
    """Take a conversion back within a day: the lead is open again, the deal and new customers are gone.

    Rows are reverted, none is removed. Raises ConversionOver when it is too late, when somebody worked on
    the deal since, or when it was undone already.
    """
    lead = lock_lead(conversion.lead)
    conversion = LeadConversion.objects.select_for_update(of=("self",)).get(pk=conversion.pk)
    deal = lock_deal(conversion.deal)
    if not is_undoable(conversion, deal):
        raise ConversionOver(_("This conversion can no longer be undone."))
    now = timezone.now()
    conversion.undone_at, conversion.undone_by = now, actor
    conversion.save(update_fields=["undone_at", "undone_by"])
    deal.lead = None if not conversion.made_deal else deal.lead
    deal.voided_at = now if conversion.made_deal else None
    deal.save(update_fields=["lead", "voided_at"])
    undo_state(lead, conversion.change, actor=actor)
    link_lead(lead, company=conversion.company_before, person=conversion.person_before, actor=actor)
    company, person = conversion.company, conversion.person
    if conversion.made_person and person is not None and not _is_used(person):
        archive(person, actor=actor)
    if conversion.made_company and company is not None and not _is_used(company):
        archive(company, actor=actor)
    events.record("lead.conversion_undone", lead, actor=actor, deal=deal.pk)
    events.record("deal.voided", deal, actor=actor)
    return lead


def is_undoable(conversion: LeadConversion, deal: Deal) -> bool:
    """Whether a conversion may still be taken back: a day long, while the deal stands as it was opened."""
    if conversion.undone_at is not None or conversion.at < timezone.now() - UNDO_WINDOW:
        return False
    if deal.voided_at is not None or deal.outcome != Outcome.OPEN:
        return False
    if not conversion.made_deal:
        return True
    return deal.version == 1 and deal.stage_changes.count() == 1 and not deal.orders.exists()


def suggested_stage(lead: Lead) -> Stage:
    """How far it is: an appointment agreed or held is beyond Kontakt, a decision maker reached within it."""
    done = lead.activities.filter(removed_at=None)
    met = done.filter(kind="appointment", status__in=["agreed", "held"]).exists()
    if met or lead.touches.filter(channel=TouchChannel.MEETING).exists():
        return Stage.ANGEBOT
    reached = done.filter(result__in=["decision_maker", "appointment"]).exists()
    return Stage.KONTAKT if reached else Stage.AKQUISE


def touches_of(deal: Deal) -> Sequence[Touch]:
    """The touches a deal came from, the first one first: those of its lead."""
    if deal.lead_id is None:
        return []
    rows = Touch.objects.filter(lead=deal.lead_id).select_related("source", "campaign")
    return list(rows.order_by("at", "pk"))


def _company(lead: Lead, wanted: Conversion, actor: User) -> tuple[Company | None, bool]:
    company = wanted.company
    if company is None or company.pk is not None:
        return company, False
    ways = [way for way in channels_of(lead) if wanted.person is None or way[0] == Channel.Kind.WEB]
    facts = CompanyFacts(name=company.name, industry=lead.industry, owner=wanted.owner)
    return add_company(facts, _reach(lead, ways, has_address=True), actor=actor), True


def _person(
    lead: Lead, wanted: Conversion, company: Company | None, actor: User
) -> tuple[Person | None, bool]:
    person = wanted.person
    if person is None or person.pk is not None:
        return person, False
    ways = [way for way in channels_of(lead) if way[0] != Channel.Kind.WEB]
    is_told = person.last_name == lead.last_name
    facts = PersonFacts(
        last_name=person.last_name,
        first_name=person.first_name,
        salutation=lead.salutation if is_told else "",
        title=lead.title if is_told else "",
        language=lead.language,
        owner=wanted.owner,
    )
    new = add_person(facts, _reach(lead, ways, has_address=company is None), actor=actor)
    if company is not None:
        role = BuyingRole.DECISION_MAKER if wanted.is_decision_maker else ""
        employ(new, company, position=lead.position, role=role, actor=actor)
    return new, True


def _reach(lead: Lead, ways: Sequence[tuple[str, str]], *, has_address: bool) -> Reach:
    channels = [ChannelFacts(kind=kind, value=value) for kind, value in ways]
    address = AddressFacts(lead.street, lead.postal_code, lead.city, lead.country)
    return Reach(channels, [address] if has_address and not address.is_emptied else [])


def _deal(
    lead: Lead, wanted: Conversion, company: Company | None, person: Person | None, actor: User
) -> Deal:
    """The new deal, or the open one that is joined; either knows the lead from now on."""
    if wanted.deal is not None:
        deal = lock_deal(wanted.deal)
        if deal.lead_id is not None or not deal.is_open:
            raise DealOfAnotherLead(_("This deal came from another lead, or is closed."))
    else:
        facts = DealFacts(
            title=wanted.title,
            owner=wanted.owner,
            company=company,
            person=person,
            value=wanted.value,
            currency=wanted.currency,
            product=wanted.product,
            source=lead.source,
            expected_close_on=wanted.expected_close_on,
            note=lead.note,
        )
        deal = open_deal(facts, actor=actor, stage=wanted.stage)
    deal.lead = lead
    deal.save(update_fields=["lead"])
    return deal


def _is_used(contact: Company | Person) -> bool:
    """Whether somebody used the new row for something else since."""
    if contact.version > 1 or contact.archived_at is not None:
        return True
    others = Lead.objects.current().filter(**{contact._meta.model_name or "": contact}).exists()
    return others or contact.deals.filter(voided_at=None).exists()
