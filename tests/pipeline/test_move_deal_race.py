"""Two people move the same card at once; a negative control shows that the lock is what helps."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from pipeline.actions import history, move_deal, moving
from pipeline.errors import DealMovedMeanwhile
from pipeline.models import Deal, Stage
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db(transaction=True)


def rival(deal: Deal, to: Stage, outcome: list[str]) -> Callable[[], None]:
    """Moves the deal in a connection of its own and notes what came of it."""

    def run() -> None:
        try:
            move_deal(deal, to, seen_in=Stage.AKQUISE, actor=deal.owner, confirmed=True)
            outcome.append("moved")
        except Exception as refusal:
            outcome.append(type(refusal).__name__)
        finally:
            connection.close()

    return run


def wait_for_a_waiting_lock(thread: threading.Thread) -> bool:
    """True once somebody queues for a lock; False when the thread ended without queueing."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False


def race(deal: Deal) -> list[str]:
    """The first mover holds the row while the second one starts; answer what came of the second."""
    outcome: list[str] = []
    second = threading.Thread(target=rival(deal, Stage.ANGEBOT, outcome))
    with transaction.atomic():
        move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=deal.owner, confirmed=True)
        second.start()
        wait_for_a_waiting_lock(second)
    second.join(timeout=10)
    return outcome


def test_the_second_of_two_movers_waits_and_is_told():
    deal = DealFactory()

    assert race(deal) == [DealMovedMeanwhile.__name__]

    deal.refresh_from_db()
    assert (deal.stage, deal.stage_changes.count()) == (Stage.KONTAKT, 2)


def test_without_the_lock_the_second_mover_is_not_told(monkeypatch):
    monkeypatch.setattr(
        moving, "lock", lambda deal: Deal.objects.select_related("owner__team").get(pk=deal.pk)
    )
    deal = DealFactory()

    assert race(deal) != [DealMovedMeanwhile.__name__]
    assert history.lock is not moving.lock
