"""Acceptance against acceptance, withdrawal and expiry, each with a control that fails without the lock."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from core.models import Event
from offers.actions import Signer, accept_by_link, accept_version, answering, sending, withdraw_version
from offers.actions.sending import expire_version
from offers.models import Acceptance, OfferLink, OfferState, OfferVersion
from tests.offers.offered import linked, sent

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 50
SIGNER = Signer("Petra Weiß", "petra@weiss.example")


def unlocked(version: OfferVersion) -> OfferVersion:
    """What the actions would read without the lock."""
    return OfferVersion.objects.select_related("offer__deal__company", "offer__deal__person").get(
        pk=version.pk
    )


def in_thread(act: Callable[[], object], outcome: list[str]) -> threading.Thread:
    """Does something in a connection of its own and notes what came of it."""

    def run() -> None:
        try:
            act()
            outcome.append("done")
        except Exception as refusal:
            outcome.append(type(refusal).__name__)
        finally:
            connection.close()

    return threading.Thread(target=run)


def wait_for_a_waiting_lock(thread: threading.Thread) -> None:
    """Until somebody queues for a lock, or the thread ended without queueing."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)


def race(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """The first holds its rows while the second one starts; answer what came of the second."""
    outcome: list[str] = []
    rival = in_thread(second, outcome)
    with transaction.atomic():
        first()
        rival.start()
        wait_for_a_waiting_lock(rival)
    rival.join(timeout=20)
    return outcome


def test_fifty_acceptances_at_once_have_one_effect():
    version, _token = linked()
    link, outcome = OfferLink.objects.get(), []
    threads = [
        in_thread(lambda: accept_by_link(OfferLink.objects.get(pk=link.pk), SIGNER, chosen=()), outcome)
        for _number in range(MANY)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert outcome == ["done"] * MANY
    assert Event.objects.filter(kind="offer.accepted").count() == 1
    assert Acceptance.objects.count() == 1
    assert OfferVersion.objects.get(pk=version.pk).state == OfferState.ACCEPTED


@pytest.mark.parametrize(("is_locked", "accepted"), [(True, 1), (False, 2)])
def test_the_second_acceptance_finds_the_first(monkeypatch, is_locked, accepted):
    version = sent()
    if not is_locked:
        monkeypatch.setattr(answering, "lock_version", unlocked)

    race(lambda: accept_version(version), lambda: accept_version(version))

    assert Event.objects.filter(kind="offer.accepted").count() == accepted


@pytest.mark.parametrize(("is_locked", "state"), [(True, OfferState.WITHDRAWN), (False, OfferState.ACCEPTED)])
def test_what_is_just_withdrawn_is_not_accepted(monkeypatch, is_locked, state):
    version = sent()
    if not is_locked:
        monkeypatch.setattr(answering, "lock_version", unlocked)

    race(lambda: withdraw_version(version, actor=None), lambda: accept_version(version))

    assert OfferVersion.objects.get(pk=version.pk).state == state


@pytest.mark.parametrize(("is_locked", "state"), [(True, OfferState.ACCEPTED), (False, OfferState.EXPIRED)])
def test_what_is_accepted_at_the_last_moment_does_not_run_out(monkeypatch, is_locked, state):
    version = sent()
    if not is_locked:
        monkeypatch.setattr(sending, "lock_version", unlocked)
    outcome: list[str] = []
    clock = in_thread(lambda: expire_version(version), outcome)

    with time_machine.travel(timezone.now() + timedelta(days=20)) as traveller, transaction.atomic():
        accept_version(version)
        traveller.shift(timedelta(days=1))
        clock.start()
        wait_for_a_waiting_lock(clock)
    clock.join(timeout=20)

    assert OfferVersion.objects.get(pk=version.pk).state == state
