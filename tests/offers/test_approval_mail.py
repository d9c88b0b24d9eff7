"""Approvals by mail: a link for each who may answer, which changes nothing by being opened."""

import re
from decimal import Decimal

import pytest
from django.core import mail

from activities.approval_news import tell_of_approval
from activities.models import FollowUp
from core.models import Event
from offers.actions import (
    answer_approval,
    ask_approval,
    make_approval_links,
    make_link,
    revoke_links,
    withdraw_version,
)
from offers.approval_mail import mail_answered, mail_asked
from offers.errors import ApprovalAnswered
from offers.models import ApprovalLink, ApprovalRule, OfferState
from tests.factories import DealFactory, OfferFactory, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(people):
    ApprovalRule.objects.create(name="Viel Rabatt", discount_above=Decimal("0.1"))
    offer = OfferFactory(deal=DealFactory(owner=people.owner), terms={"discount_rate": Decimal("0.2")})
    version = offer.current
    return ask_approval(version, note="Großkunde", seen_revision=version.revision, actor=people.owner)


def way(request_) -> str:
    """The path in the mail to the one manager."""
    make_approval_links(request_)
    for event in Event.objects.filter(kind="offer.approval_link_made"):
        mail_asked(event.pk)
    return re.search(r"/offers/approve/[\w-]{43}/", mail.outbox[-1].body)[0]


def test_the_manager_approves_from_the_mail(client, people, request_):
    path = way(request_)
    (message,) = mail.outbox
    assert message.to == [people.manager.email]
    assert "Großkunde" in message.body
    assert ApprovalLink.objects.get().digest not in message.body

    shown = client.get(path)
    request_.refresh_from_db()
    assert (shown.status_code, request_.answer) == (200, "")
    assert shown["Referrer-Policy"] == "no-referrer"

    answers = [client.post(path, {"granted": "yes", "note": "In Ordnung"}).status_code for _time in range(2)]

    request_.refresh_from_db()
    assert answers == [302, 302]
    assert (request_.answer, request_.answered_by) == ("granted", people.manager)
    assert request_.version.state == OfferState.APPROVED
    mail_answered(Event.objects.get(kind="offer.approval_answered").pk)
    assert (mail.outbox[-1].to, "In Ordnung" in mail.outbox[-1].body) == ([people.owner.email], True)


def test_a_mail_made_again_carries_the_same_link(request_):
    assert way(request_) == way(request_)
    assert ApprovalLink.objects.count() == 1


def test_what_was_answered_or_lapsed_is_not_mailed_and_not_answered(client, people, request_):
    path = way(request_)
    withdraw_version(request_.version, actor=people.owner)

    assert client.post(path, {"granted": "yes"}).status_code == 409
    request_.version.refresh_from_db()
    assert request_.version.state == OfferState.WITHDRAWN
    assert make_approval_links(request_) == []
    with pytest.raises(ApprovalAnswered):
        answer_approval(request_, granted=True, actor=people.manager)


@pytest.mark.parametrize("token", ["x" * 43, "x" * 5000, "%00"])
def test_other_secrets_open_nothing(client, request_, token):
    way(request_)

    assert client.get(f"/offers/approve/{token}/").status_code == 404


def test_who_has_left_or_asks_too_often_is_turned_away(client, people, request_):
    path = way(request_)
    assert {client.get(path).status_code for _time in range(60)} == {200}
    assert client.get(path).status_code == 429

    ApprovalLink.objects.update(uses=0)
    people.manager.is_active = False
    people.manager.save()
    assert client.get(path).status_code == 404


def test_a_request_stands_in_the_list_of_who_may_answer_until_it_is(people, request_):
    for _time in range(2):
        tell_of_approval(Event.objects.get(kind="offer.approval_asked").pk)
    (asked,) = FollowUp.objects.all()
    assert (asked.owner, asked.is_open) == (people.manager, True)

    answer_approval(request_, granted=False, note="Zu viel", actor=people.manager)
    tell_of_approval(Event.objects.get(kind="offer.approval_answered").pk)

    asked.refresh_from_db()
    assert not asked.is_open
    (told,) = FollowUp.objects.filter(done_at=None)
    assert (told.owner, "Zu viel" in told.text) == (people.owner, True)


def test_an_offer_mailed_again_carries_the_same_link_unless_it_was_revoked(people):
    version = sent(OfferFactory(deal=DealFactory(owner=people.owner)).current)
    first, second = (make_link(version, actor=people.owner, mail="<one@mail>") for _time in range(2))
    other = make_link(version, actor=people.owner, mail="<other@mail>")
    revoke_links(version, actor=people.owner)
    third = make_link(version, actor=people.owner, mail="<one@mail>")

    assert first == second
    assert len({first, other, third}) == 3
