"""The rows the permission matrix is tried on."""

from datetime import timedelta

from django.utils import timezone

from activities.actions import About, Meeting, agree_appointment
from activities.models import Activity, FollowUp
from contacts.models import BuyingRole
from pipeline.models import DealMember, DealPerson, Stage
from tests.conftest import People
from tests.factories import (
    ChannelFactory,
    CompanyFactory,
    DealFactory,
    EmploymentFactory,
    PersonFactory,
    ProductFactory,
    SourceFactory,
    UserFactory,
    lost,
)
from tests.permissions.declare import World

MARKER = "GEHEIM"


def build(people: People) -> World:
    """A company with a person, and deals of `people.owner` whose titles hold the marker text."""
    company, person = CompanyFactory(name="Weltfirma GmbH"), PersonFactory()
    deal = DealFactory(
        owner=people.owner,
        company=company,
        title=f"{MARKER} offen",
        stage=Stage.KONTAKT,
        product=ProductFactory(),
        source=SourceFactory(),
    )
    helper = UserFactory(team=people.other_manager.team)
    return World(
        people=people,
        deal=deal,
        closed_deal=lost(DealFactory(owner=people.owner, company=company, title=f"{MARKER} verloren")),
        member=DealMember.objects.create(deal=deal, user=helper),
        deal_person=DealPerson.objects.create(deal=deal, person=person, role=BuyingRole.INFLUENCER),
        company=company,
        person=person,
        employment=EmploymentFactory(person=person, company=company),
        channel=ChannelFactory(company=company),
        activity=Activity.objects.create(
            kind=Activity.Kind.NOTE, author=people.owner, deal=deal, company=company, text=f"{MARKER} Notiz"
        ),
        appointment=agree_appointment(
            About(deal=deal), Meeting(begins=timezone.now(), text=f"{MARKER} Termin"), actor=people.owner
        ),
        removed=Activity.objects.create(
            kind=Activity.Kind.NOTE,
            author=people.owner,
            deal=deal,
            company=company,
            text=f"{MARKER} entfernt",
            removed_at=timezone.now(),
        ),
        follow_up=FollowUp.objects.create(
            owner=people.owner,
            deal=deal,
            company=company,
            text=f"{MARKER} Anruf",
            due_on=timezone.localdate() + timedelta(days=1),
        ),
    )
