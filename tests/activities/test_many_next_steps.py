"""The same next step for many deals: a follow-up each, its owner's to do, and never twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import FollowUp
from core.models import Event
from pipeline.models import Deal
from tests.conftest import log_in
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db

URL = reverse("activities:deals_follow_up")


def step(*deals: Deal, **others: object) -> dict[str, object]:
    return {
        "rows": ",".join(str(deal.pk) for deal in deals),
        "form_key": uuid4(),
        "kind": "call",
        "on": timezone.localdate().isoformat(),
        "text": "Messeeinladung",
        **others,
    }


def test_each_deal_gets_its_follow_up_and_says_its_next_step(client, people):
    deals = [DealFactory(owner=people.owner), DealFactory(owner=people.colleague)]
    log_in(client, people, "manager")

    response = client.post(URL, step(*deals))

    assert response.status_code == 302
    assert [(one.deal, one.owner) for one in FollowUp.objects.order_by("deal")] == [
        (deals[0], people.owner),
        (deals[1], people.colleague),
    ]
    assert set(Deal.objects.values_list("next_step", "next_step_on")) == {
        ("Messeeinladung", timezone.localdate())
    }
    assert Event.objects.filter(kind="followup.planned").count() == 2


def test_the_same_form_twice_plans_once(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")
    sent = step(deal)

    for _ in range(2):
        client.post(URL, sent)

    assert FollowUp.objects.count() == 1


def test_deals_of_others_stay_without_and_are_counted(client, people):
    own, foreign = DealFactory(owner=people.owner), DealFactory(owner=people.stranger)
    log_in(client, people, "owner")

    response = client.post(URL, step(own, foreign))

    assert FollowUp.objects.get().deal == own
    assert "1 dürfen Sie nicht ändern." in " ".join(map(str, response.wsgi_request._messages))


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": (timezone.localdate() - timedelta(days=1)).isoformat()},
        {"on": "9999-99-99"},
        {"kind": "owner"},
        {"form_key": "x"},
        {"text": "x" * 201},
        {"text": "\0"},
    ],
)
def test_what_makes_no_sense_comes_back_and_plans_nothing(client, people, wrong):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    assert client.post(URL, step(deal, **wrong)).status_code == 422
    assert not FollowUp.objects.exists()


def test_posting_an_owner_changes_nothing(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    client.post(URL, step(deal, owner=people.stranger.pk))

    assert FollowUp.objects.get().owner == people.owner
