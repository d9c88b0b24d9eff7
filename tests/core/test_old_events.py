"""Events older than a year go, except where something of them is still to be done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import actions
from core.models import Delivery, Event

pytestmark = pytest.mark.django_db


def event_of(days: int, **delivery: object) -> Event:
    event = Event.objects.create(
        kind="deal.moved", subject_kind="deal", subject_id=1, at=timezone.now() - timedelta(days=days)
    )
    if delivery:
        Delivery.objects.create(event=event, task="reporting.tasks.refresh_conversions", **delivery)
    return event


def test_done_events_older_than_a_year_go_and_the_others_stay(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    now = timezone.now()
    for _ in range(3):
        event_of(400, done_at=now)
    event_of(400)
    kept = [event_of(300, done_at=now), event_of(400, done_at=None), event_of(400, parked_at=now)]

    removed = actions.remove_old_events()

    assert removed == 4
    assert set(Event.objects.all()) == set(kept)
    assert Delivery.objects.count() == 3
