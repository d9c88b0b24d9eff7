"""Two people plan for the same deal at once; a negative control shows that the lock is what helps."""

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from activities.actions import About, NextStep, follow_ups, plan_follow_up
from pipeline.models import Deal
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db(transaction=True)


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def rival(deal: Deal) -> Callable[[], None]:
    """Plans something later, in a connection of its own."""

    def run() -> None:
        try:
            plan_follow_up(About(deal=deal), NextStep(on=day(5), text="später"), actor=deal.owner)
        finally:
            connection.close()

    return run


def wait_for_a_waiting_lock(thread: threading.Thread) -> None:
    """Until somebody queues for a lock, or the thread has ended without queueing."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)


def race(deal: Deal) -> date | None:
    """The first one plans something earlier and has not committed when the second begins; the next step."""
    second = threading.Thread(target=rival(deal))
    with transaction.atomic():
        plan_follow_up(About(deal=deal), NextStep(on=day(2), text="früher"), actor=deal.owner)
        second.start()
        wait_for_a_waiting_lock(second)
    second.join(timeout=10)
    deal.refresh_from_db()
    return deal.next_step_on


def test_the_next_step_is_the_earliest_whoever_commits_last():
    assert race(DealFactory()) == day(2)


def test_without_the_lock_the_next_step_is_wrong(monkeypatch):
    monkeypatch.setattr(follow_ups, "locked_deal", lambda pk: Deal.objects.select_related("owner").get(pk=pk))

    assert race(DealFactory()) == day(5)
