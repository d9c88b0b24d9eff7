"""The outbox: events, deliveries, and that each is done once."""

import pytest
from django.db import transaction

from core import deliveries, events
from core.deliveries import delivery_task, publish_waiting, retry_parked
from core.models import Delivery, Event
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db

heard: list[int] = []


class Queue:
    """Stands in for the broker: keeps what was sent, or refuses."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.sent: list[tuple[str, list[int]]] = []
        self.is_down = is_down

    def send_task(self, name: str, args: list[int]) -> None:
        if self.is_down:
            raise ConnectionRefusedError
        self.sent.append((name, args))


@delivery_task
def listen(event_id: int) -> None:
    heard.append(event_id)


@delivery_task
def stumble(event_id: int) -> None:
    Event.objects.filter(pk=event_id).update(kind="half done")
    raise ValueError("no")


@pytest.fixture
def event(monkeypatch) -> Event:
    heard.clear()
    monkeypatch.setattr("funnel_crm.events.ROUTES", {"company.seen": (listen.name, stumble.name)})
    return events.record("company.seen", CompanyFactory(), actor=None)


def test_an_event_has_one_delivery_per_route(event):
    assert sorted(event.deliveries.values_list("task", flat=True)) == sorted([listen.name, stumble.name])


def test_an_unknown_kind_is_refused(event):
    with pytest.raises(KeyError):
        events.record("company.sen", CompanyFactory(), actor=None)


def test_publishing_hands_each_delivery_over_once(event):
    queue = Queue()

    assert (publish_waiting(queue), publish_waiting(queue)) == (2, 0)

    assert len(queue.sent) == 2


def test_a_dead_broker_leaves_the_delivery_unpublished(event):
    with pytest.raises(ConnectionRefusedError), transaction.atomic():
        publish_waiting(Queue(is_down=True))

    assert Delivery.objects.filter(published_at=None).count() == 2


def test_what_is_not_done_in_time_is_published_again(event, monkeypatch):
    publish_waiting(Queue())
    monkeypatch.setattr(deliveries, "PATIENCE", -deliveries.PATIENCE)

    assert publish_waiting(Queue()) == 2


def test_a_doubled_message_is_heard_once(event):
    delivery = event.deliveries.get(task=listen.name)

    listen(delivery.pk)
    listen(delivery.pk)

    assert heard == [event.pk]


def test_a_failure_undoes_its_work_and_is_tried_again(event):
    delivery = event.deliveries.get(task=stumble.name)
    publish_waiting(Queue())

    stumble(delivery.pk)

    delivery.refresh_from_db()
    event.refresh_from_db()
    assert (event.kind, delivery.attempts, delivery.published_at) == ("company.seen", 1, None)
    assert "ValueError" in delivery.error


def test_the_second_failure_waits_before_the_last_attempt(event):
    delivery = event.deliveries.get(task=stumble.name)
    publish_waiting(Queue())

    published = []
    for _attempt in range(2):
        stumble(delivery.pk)
        published.append(publish_waiting(Queue()))

    assert published == [1, 0]
    assert Delivery.objects.waiting().filter(pk=delivery.pk).exists()


def test_the_third_failure_parks_the_delivery_until_an_admin_retries(event):
    delivery = event.deliveries.get(task=stumble.name)

    for _attempt in range(4):
        stumble(delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.parked_at is not None) == (3, True)
    assert retry_parked(Delivery.objects.all()) == 1
    assert Delivery.objects.parked().count() == 0
