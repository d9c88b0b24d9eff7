"""What customers do reaches the owner at once, and once; the end of a validity is announced."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from activities.models import FollowUp
from activities.offer_news import remind_of_validity, tell_owner_of
from core.models import Event
from offers.actions import expire_overdue
from offers.models import OfferState
from tests.offers.offered import linked, sent

pytestmark = pytest.mark.django_db

SIGNED = {"name": "Petra Weiß", "email": "petra@weiss.example", "agree": "on"}


def deliver(kind: str, times: int = 2) -> None:
    """The deliveries of this kind; twice, as it may happen."""
    for _time in range(times):
        for event in Event.objects.filter(kind=kind):
            tell_owner_of(event.pk)


def test_acceptance_is_told_at_once_and_by_mail(client):
    version, token = linked()
    owner = version.offer.deal.owner
    owner.reminder_mail = True
    owner.save()
    client.post(reverse("offers:customer_accept", args=[token]), SIGNED)

    deliver("offer.accepted", times=1)

    follow_up = FollowUp.objects.get()
    assert (follow_up.owner, follow_up.due_on) == (owner, timezone.localdate())
    assert "angenommen" in follow_up.text
    (message,) = mail.outbox
    assert message.to == [owner.email]


@pytest.mark.parametrize(
    ("name", "said", "kind", "words"),
    [
        ("decline", {"reason": "Zu teuer"}, "offer.declined", "Zu teuer"),
        ("ask", {"name": "Petra", "text": "Wann?"}, "offer.question_asked", "Wann?"),
        (
            "counter",
            {"name": "Petra", "kind": "price", "text": "Billiger"},
            "negotiation.round_added",
            "Billiger",
        ),
    ],
)
def test_whatever_the_customer_does_is_something_to_be_done_once(client, name, said, kind, words):
    _version, token = linked()
    client.post(reverse(f"offers:customer_{name}", args=[token]), said)

    deliver(kind)

    assert words in FollowUp.objects.get().text


def test_the_owner_is_reminded_once_before_the_validity_ends_and_then_it_ends():
    version = sent()
    last_day = timezone.now() + timedelta(days=20)

    assert remind_of_validity() == 0
    with time_machine.travel(last_day - timedelta(days=3)):
        remind_of_validity()
    with time_machine.travel(last_day):
        remind_of_validity()
        expire_overdue()
        version.refresh_from_db()
        assert version.state == OfferState.SENT
    with time_machine.travel(last_day + timedelta(days=1)):
        expire_overdue()

    version.refresh_from_db()
    assert FollowUp.objects.count() == 1
    assert version.state == OfferState.EXPIRED
