"""Inquiries of people we know are touches, not second leads; who is in charge is told and may overrule."""

import pytest

from contacts.models import Channel
from leads.actions import LeadFacts, TouchFacts, overrule_recognition, see_recognition, take_inquiry
from leads.errors import AlreadyALead
from leads.known import known_as
from leads.models import Lead, LeadOrigin, Recognition, Touch, TouchChannel
from tests.factories import ChannelFactory, CompanyFactory, EmploymentFactory, LeadFactory, PersonFactory

pytestmark = pytest.mark.django_db


def asks(external_id: str = "", **said: str) -> Lead | Recognition:
    touch = TouchFacts(channel=TouchChannel.WEB_FORM, content="Bitte um Angebot")
    facts = LeadFacts(**said)
    return take_inquiry(facts, touch=touch, actor=None, origin=LeadOrigin.FORM, external_id=external_id)


@pytest.fixture
def petra(people):
    """A person in charge of whom is `owner`, with an e-mail address."""
    person = PersonFactory(first_name="Petra", last_name="Weiß", owner=people.owner)
    ChannelFactory(company=None, person=person, kind=Channel.Kind.EMAIL, value="petra@weiss.example")
    return person


def test_a_known_person_gets_a_touch_and_who_is_in_charge_is_told(petra, people):
    job = EmploymentFactory(person=petra)

    told = asks(first_name="Petra", last_name="Weiss", email="Petra@weiss.example")

    assert isinstance(told, Recognition)
    assert not Lead.objects.exists()
    assert (told.touch.person, told.touch.company, told.owner) == (petra, job.company, people.owner)
    assert "same_email" in told.reasons
    assert list(Recognition.objects.waiting_for(people.owner)) == [told]
    assert not Recognition.objects.waiting_for(people.colleague)


def test_somebody_new_becomes_a_lead(petra):
    assert isinstance(asks(last_name="Neumann", email="neumann@neu.example"), Lead)


def test_the_same_address_with_quite_another_name_is_somebody_else(petra):
    assert isinstance(asks(first_name="Karl", last_name="Obermeier", email="petra@weiss.example"), Lead)


def test_who_asks_again_while_the_lead_is_open_gets_no_second_one(people):
    lead = LeadFactory(owner=people.owner, email="neu@kunde.example")

    told = asks(last_name="Egal", email="NEU@kunde.example")

    assert isinstance(told, Recognition)
    assert (told.known_lead, told.owner) == (lead, people.owner)
    assert Touch.objects.filter(lead=lead).count() == 2


def test_sent_twice_it_is_answered_once(petra):
    first = asks("form-7", first_name="Petra", last_name="Weiß", email="petra@weiss.example")
    again = asks("form-7", first_name="Petra", last_name="Weiß", email="petra@weiss.example")

    assert first == again
    assert Touch.objects.count() == 1


def test_a_rep_who_knows_better_makes_a_lead_of_it_with_its_touch(petra, people):
    told = asks(first_name="Petra", last_name="Weiß", email="petra@weiss.example", interest="Hobel")

    lead = overrule_recognition(told, actor=people.owner)

    touch = Touch.objects.get()
    assert (lead.interest, lead.owner, touch.lead, touch.person) == ("Hobel", people.owner, lead, petra)
    with pytest.raises(AlreadyALead):
        overrule_recognition(told, actor=people.owner)


def test_seen_is_seen(petra, people):
    told = asks(first_name="Petra", last_name="Weiß", email="petra@weiss.example")

    see_recognition(told, actor=people.owner)

    assert not Recognition.objects.waiting_for(people.owner)


def test_the_page_says_who_it_may_be_and_why(people):
    company = CompanyFactory(name="Sägewerk Buchholz GmbH")
    other = LeadFactory(email="b@buchholz.example")
    lead = LeadFactory(last_name="", company_name="Saegewerk Buchholz", email="b@buchholz.example")

    known = known_as(lead)

    assert [twin.row for twin in known.companies] == [company]
    assert [(like.row, len(like.reasons)) for like in known.leads] == [(other, 1)]
