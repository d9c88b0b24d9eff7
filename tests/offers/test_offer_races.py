"""Numbers, acceptances and withdrawals at the same moment; each with what happens without the lock."""

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction

from offers import numbering
from offers.actions import accept_version, answering, withdraw_version
from offers.models import NumberCounter, OfferState, OfferVersion
from offers.numbering import draw_number
from pipeline.models import Deal
from tests.factories import OfferFactory, sent

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 6, 1)


def in_a_connection_of_its_own(work: Callable[[], object], outcome: list[str]) -> threading.Thread:
    def run() -> None:
        try:
            outcome.append(str(work()))
        except Exception as refusal:
            outcome.append(type(refusal).__name__)
        finally:
            connection.close()

    return threading.Thread(target=run)


def wait_until_it_waits(thread: threading.Thread) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)


def one_after_the_other(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """The first holds what it locked while the second starts; answer what came of the second."""
    outcome: list[str] = []
    rival = in_a_connection_of_its_own(second, outcome)
    with transaction.atomic():
        first()
        rival.start()
        wait_until_it_waits(rival)
    rival.join(timeout=10)
    return outcome


def draw() -> str:
    return draw_number(NumberCounter.Kind.OFFER, day=DAY)


def test_numbers_come_without_gap_and_without_double():
    draw()
    outcome: list[str] = []
    rivals = [in_a_connection_of_its_own(draw, outcome) for _index in range(8)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join(timeout=20)

    assert sorted(outcome) == [f"AN-2026-{number:04d}" for number in range(2, 10)]


def test_a_number_drawn_in_vain_goes_back():
    class Vain(Exception):
        pass

    with pytest.raises(Vain), transaction.atomic():
        draw()
        raise Vain
    assert draw() == "AN-2026-0001"


def test_without_the_lock_two_draw_the_same(monkeypatch):
    draw()
    monkeypatch.setattr(
        numbering.NumberCounter.objects, "select_for_update", numbering.NumberCounter.objects.all
    )

    # Making sure that the row is there waits for whoever writes to it, too.
    monkeypatch.setattr(numbering.NumberCounter.objects, "bulk_create", lambda *args, **options: None)

    numbers: list[str] = []
    assert one_after_the_other(lambda: numbers.append(draw()), draw) == numbers


def test_of_acceptance_and_withdrawal_one_holds():
    version = sent(OfferFactory().current)

    came = one_after_the_other(lambda: accept_version(version), lambda: withdraw_version(version, actor=None))

    version.refresh_from_db()
    assert (came, version.state) == (["NotWithCustomer"], OfferState.ACCEPTED)


def test_without_the_lock_the_withdrawal_is_not_refused(monkeypatch):
    version = sent(OfferFactory().current)
    unlocked = OfferVersion.objects.select_related("offer__deal__company", "offer__deal__person")
    from offers.actions import sending

    monkeypatch.setattr(sending, "lock_version", lambda one: unlocked.get(pk=one.pk))
    monkeypatch.setattr(answering, "lock_version", lambda one: unlocked.get(pk=one.pk))

    assert one_after_the_other(
        lambda: accept_version(version), lambda: withdraw_version(version, actor=None)
    ) != ["NotWithCustomer"]


def test_accepting_many_times_at_once_has_one_effect():
    version = sent(OfferFactory().current)
    outcome: list[str] = []
    rivals = [
        in_a_connection_of_its_own(lambda: accept_version(version).state, outcome) for _index in range(10)
    ]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join(timeout=30)

    deal = Deal.objects.get(pk=version.offer.deal_id)
    assert outcome == ["accepted"] * 10
    assert deal.stage_changes.count() == 2
