"""Two at once: two leads in turn go to two reps, a lead is converted once, an address asks once.

Each with a negative control: without its lock it goes wrong.
"""

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from contacts.models import Company
from leads.actions import LeadFacts, TouchFacts, arriving, take_inquiry
from leads.models import AssignmentRule, Lead, LeadOrigin, Recognition, TeamTurn, TouchChannel
from leads.placing import place_lead
from pipeline import conversion
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


def two_placed_at_once() -> tuple[set[object], bool]:
    """Whose they are, two leads of which the second arrives while the first is being placed."""
    team = TeamFactory()
    for _rep in range(3):
        UserFactory(team=team)
    TeamTurn.objects.create(team=team)
    AssignmentRule.objects.create(name="Reihum", way="turn", team=team)
    one, two = LeadFactory(), LeadFactory()
    waited = at_once(lambda: place_lead(one), lambda: place_lead(two))
    return {lead.owner for lead in Lead.objects.all()}, waited


def test_two_leads_at_once_go_to_two_reps():
    owners, waited = two_placed_at_once()

    assert waited
    assert len(owners) == 2
    assert None not in owners


def test_without_the_lock_of_the_turn_both_go_to_one_rep(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows.all())

    owners, _waited = two_placed_at_once()

    assert len(owners) == 1


def converted_at_once() -> tuple[int, int, bool]:
    """Deals and companies after two converted the same lead at once, and whether the second had to wait."""
    owner = UserFactory()
    lead = LeadFactory(owner=owner, company_name="Eifel Bau")

    def convert() -> None:
        wanted = Conversion(title="Halle", owner=owner, company=Company(name="Eifel Bau"))
        with suppress(IntegrityError):
            convert_lead(lead, wanted, actor=owner)

    waited = at_once(convert, convert)
    return Deal.objects.count(), Company.objects.count(), waited


def test_two_who_convert_a_lead_make_one_deal():
    assert converted_at_once() == (1, 1, True)


def test_without_the_lock_of_the_lead_both_would_convert_it(monkeypatch):
    reached: list[object] = []
    write = conversion.open_deal

    def seen(*args: object, **options: object) -> Deal:
        reached.append(args)
        return write(*args, **options)

    monkeypatch.setattr(conversion, "lock_lead", lambda lead: Lead.objects.get(pk=lead.pk))
    monkeypatch.setattr(conversion, "open_deal", seen)

    converted_at_once()

    assert len(reached) == 2


def asked_at_once() -> tuple[int, int]:
    """Leads and recognitions after one address asked twice at once."""

    def ask() -> None:
        facts = LeadFacts(last_name="Weiß", email="petra@weiss.example")
        touch = TouchFacts(channel=TouchChannel.WEB_FORM)
        take_inquiry(facts, touch=touch, actor=None, origin=LeadOrigin.FORM)

    at_once(ask, ask)
    return Lead.objects.count(), Recognition.objects.count()


def test_two_inquiries_of_one_address_make_one_lead():
    assert asked_at_once() == (1, 1)


def test_without_waiting_for_the_twin_they_make_two(monkeypatch):
    monkeypatch.setattr(arriving, "_wait_for_twin", lambda way: None)

    assert asked_at_once() == (2, 0)
