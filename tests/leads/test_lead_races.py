"""Two at once: two leads in turn go to two reps, a lead is converted once, an address asks once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from contacts.models import Company
from leads.actions import LeadFacts, TouchFacts, take_inquiry
from leads.models import AssignmentRule, Lead, LeadOrigin, Recognition, TeamTurn, TouchChannel
from leads.placing import place_lead
from pipeline.conversion import Conversion, convert_lead
from pipeline.models import Deal
from tests.factories import LeadFactory, TeamFactory, UserFactory
from tests.pipeline.test_move_deal_race import wait_for_a_waiting_lock

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(first: Callable[[], object], second: Callable[[], object]) -> bool:
    """The second one starts while the first is not committed; whether it had to wait."""

    def rival() -> None:
        try:
            second()
        finally:
            connection.close()

    thread = threading.Thread(target=rival)
    with transaction.atomic():
        first()
        thread.start()
        waited = wait_for_a_waiting_lock(thread)
    thread.join(timeout=10)
    return waited


def test_two_leads_at_once_go_to_two_reps():
    team = TeamFactory()
    reps = {UserFactory(team=team) for _rep in range(3)}
    TeamTurn.objects.create(team=team)
    AssignmentRule.objects.create(name="Reihum", way="turn", team=team)
    one, two = LeadFactory(), LeadFactory()

    waited = at_once(lambda: place_lead(one), lambda: place_lead(two))

    owners = {lead.owner for lead in Lead.objects.all()}
    assert waited
    assert len(owners) == 2
    assert owners <= reps


def test_two_who_convert_a_lead_make_one_deal():
    owner = UserFactory()
    lead = LeadFactory(owner=owner, company_name="Eifel Bau")

    def convert() -> None:
        wanted = Conversion(title="Halle", owner=owner, company=Company(name="Eifel Bau"))
        convert_lead(lead, wanted, actor=owner)

    waited = at_once(convert, convert)

    assert waited
    assert (Deal.objects.count(), Company.objects.count()) == (1, 1)


def test_two_inquiries_of_one_address_make_one_lead():
    def ask() -> None:
        facts = LeadFacts(last_name="Weiß", email="petra@weiss.example")
        touch = TouchFacts(channel=TouchChannel.WEB_FORM)
        take_inquiry(facts, touch=touch, actor=None, origin=LeadOrigin.FORM)

    waited = at_once(ask, ask)

    assert waited
    assert (Lead.objects.count(), Recognition.objects.count()) == (1, 1)
