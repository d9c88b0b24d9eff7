"""Criteria on the page of a deal: ticked with a note, met by people, open again."""

import pytest
from django.urls import reverse

from contacts.models import BuyingRole
from core.models import Event
from pipeline.actions import name_person, tick_criterion, withdraw_person
from pipeline.models import Criterion
from tests.conftest import log_in
from tests.factories import DealFactory, PersonFactory, lost

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}


def tick(client, deal, note, code=Criterion.TERMS_SETTLED):
    url = reverse("pipeline:criterion_tick", args=[deal.pk])
    data = {"criterion": Criterion.objects.get(code=code).pk, "note": note}
    return client.post(url, data, headers=FRAGMENT)


def test_a_tick_with_a_note_is_shown_with_who_and_why(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = tick(client, deal, "per E-Mail bestätigt")

    page = client.get(reverse("pipeline:deal_detail", args=[deal.pk])).content.decode()
    assert response.status_code == 204
    assert "per E-Mail bestätigt" in page


def test_a_tick_without_a_note_is_asked_again(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = tick(client, deal, "")

    assert response.status_code == 422
    assert not deal.criteria_met.exists()


def test_nothing_is_ticked_on_a_closed_deal(client, people):
    deal = lost(DealFactory(owner=people.owner))
    log_in(client, people, "owner")

    assert tick(client, deal, "doch").status_code == 422
    assert not deal.criteria_met.exists()


def test_a_criterion_of_another_kind_of_business_is_none_of_this_deal(client, people):
    Criterion.objects.filter(code=Criterion.TERMS_SETTLED).update(kind="service")
    deal = DealFactory(owner=people.owner, kind="new")
    log_in(client, people, "owner")

    page = client.get(reverse("pipeline:deal_detail", args=[deal.pk])).content.decode()

    assert tick(client, deal, "egal").status_code == 422
    assert "Konditionen geklärt" not in page


def test_naming_a_decision_maker_meets_the_criterion_and_taking_them_out_opens_it(client, people):
    deal, person = DealFactory(owner=people.owner), PersonFactory()
    log_in(client, people, "owner")
    url = reverse("pipeline:person_name", args=[deal.pk])

    client.post(url, {"person": person.pk, "role": BuyingRole.DECISION_MAKER}, headers=FRAGMENT)
    is_met = deal.criteria_met.filter(criterion__code=Criterion.DECISION_MAKER_KNOWN).exists()
    withdraw = reverse("pipeline:person_withdraw", args=[deal.pk, deal.people.get().pk])
    twice = [client.post(withdraw, headers=FRAGMENT).status_code for _ in range(2)]

    assert (is_met, twice) == (True, [204, 204])
    assert not deal.criteria_met.exists()


def test_the_last_decision_maker_to_go_opens_the_criterion_in_whatever_order_they_go():
    deal, first, second = DealFactory(), PersonFactory(), PersonFactory()
    for person in (first, second):
        name_person(deal, person, BuyingRole.DECISION_MAKER, actor=deal.owner)

    withdraw_person(deal.people.get(person=second), actor=deal.owner)
    is_met = deal.criteria_met.filter(criterion__code=Criterion.DECISION_MAKER_KNOWN).exists()
    withdraw_person(deal.people.get(person=first), actor=deal.owner)

    assert is_met
    assert not deal.criteria_met.exists()


def test_a_decision_maker_who_turns_out_to_be_none_opens_the_criterion():
    deal, person = DealFactory(), PersonFactory()
    name_person(deal, person, BuyingRole.DECISION_MAKER, actor=deal.owner)

    name_person(deal, person, BuyingRole.USER, actor=deal.owner)

    assert not deal.criteria_met.exists()
    assert Event.objects.latest("pk").kind == "deal.criterion_reopened"


def test_a_tick_by_hand_outlives_the_people_of_the_buying_centre():
    deal, person = DealFactory(), PersonFactory()
    criterion = Criterion.objects.get(code=Criterion.DECISION_MAKER_KNOWN)
    name_person(deal, person, BuyingRole.DECISION_MAKER, actor=deal.owner)
    tick_criterion(deal, criterion, note="steht im Handelsregister", actor=deal.owner)

    withdraw_person(deal.people.get(), actor=deal.owner)

    assert deal.criteria_met.get().evidence == "steht im Handelsregister"


def test_the_person_of_another_deal_stays_in_their_buying_centre(client, people):
    mine, others = DealFactory(owner=people.owner), DealFactory(owner=people.stranger)
    named = others.people.create(person=PersonFactory(), role=BuyingRole.USER)
    log_in(client, people, "owner")

    client.post(reverse("pipeline:person_withdraw", args=[mine.pk, named.pk]), headers=FRAGMENT)

    assert others.people.exists()


def test_a_person_found_by_exact_name_is_taken_and_an_unknown_one_is_not(client, people):
    deal, person = DealFactory(owner=people.owner), PersonFactory(first_name="Jörg", last_name="Weiß")
    log_in(client, people, "owner")
    url = reverse("pipeline:person_name", args=[deal.pk])

    unknown = client.post(url, {"person_text": "Niemand", "role": BuyingRole.USER}, headers=FRAGMENT)
    known = client.post(url, {"person_text": "Joerg Weiss", "role": BuyingRole.USER}, headers=FRAGMENT)

    assert (unknown.status_code, known.status_code) == (422, 204)
    assert deal.people.get().person == person
