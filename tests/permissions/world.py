"""The rows the permission matrix is tried on."""

import re
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import User
from activities.actions import About, Meeting, agree_appointment
from activities.models import Activity, FollowUp
from contacts.actions import note_presumed_consent
from contacts.models import BuyingRole, Channel, Company, Employment, LegalEntry, Person
from core.models import Job
from pipeline.models import Deal, DealMember, DealPerson, SavedView, Stage, ViewPage
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
# Keys as high as those of a grown database: printed with the separators of numbers they would lead nowhere.
HIGH_KEY = 1_234_567
KEY_AS_NUMBER = re.compile(r"1\.2\d\d\.\d\d\d")
KEYED = (
    User,
    Company,
    Person,
    Employment,
    Channel,
    LegalEntry,
    Deal,
    DealMember,
    DealPerson,
    Activity,
    FollowUp,
    SavedView,
    Job,
)


def build(people: People) -> World:
    """A company with a person, and deals of `people.owner` whose titles hold the marker text."""
    _raise_keys()
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
        legal_entry=note_presumed_consent(company, "Hat nach der Preisliste gefragt", actor=people.owner),
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
        view=SavedView.objects.create(
            owner=people.owner,
            page=ViewPage.BOARD,
            name="Ansicht des Teams",
            query="owner=me",
            shared_with=people.owner.team,
        ),
        job=Job.objects.create(kind="import", actor=people.owner),
    )


def _raise_keys() -> None:
    with connection.cursor() as cursor:
        for model in KEYED:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
            sequence = cursor.fetchone()[0]
            cursor.execute(
                f"SELECT setval(%s, GREATEST(%s, (SELECT last_value FROM {sequence})))", [sequence, HIGH_KEY]
            )
