"""From a move to the figures by a real relay, a real broker and a real worker, also when they are killed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import Delivery
from pipeline.actions import move_deal
from pipeline.models import Deal, Stage
from reporting import actions
from reporting.models import Rebuild, StageConversion, StaleMark
from tests.factories import DealFactory
from tests.reporting.background import Background, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

MOVES = 50


@pytest.fixture
def background(transactional_db: None, tmp_path) -> Iterator[Background]:
    """Everything that runs behind the web server."""
    processes = Background(tmp_path)
    try:
        processes.start("valkey", "relay", "worker", "beat")
        yield processes
    finally:
        processes.stop()


def move(deal: Deal) -> None:
    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=deal.owner, confirmed=True)


def moved_on(**scope: object) -> int:
    keys = {"rep": None, "team": None, "period": "rolling12", "stage": 1, "target": 2, **scope}
    row = StageConversion.objects.filter(**keys).first()
    return row.moved_on if row else 0


def is_settled() -> bool:
    return not Delivery.objects.waiting().exists() and not StaleMark.objects.exists()


def test_a_move_is_in_the_figures_within_five_seconds(background, people):
    deals = [DealFactory(owner=people.owner) for _ in range(3)]
    wait_until(is_settled, 30)

    for done, deal in enumerate(deals, start=1):
        move(deal)
        seconds = wait_until(lambda done=done: moved_on(rep=people.owner) == moved_on() == done, 10)

        assert seconds < 5


def test_a_burst_of_moves_is_in_the_figures_within_five_seconds(background, people):
    deals = [DealFactory(owner=people.owner) for _ in range(MOVES)]
    wait_until(is_settled, 30)
    for deal in deals:
        move(deal)

    assert wait_until(lambda: moved_on() == MOVES, 20) < 5


@pytest.mark.parametrize("victim", ["worker", "relay", "valkey"])
def test_killing_one_of_them_during_fifty_moves_loses_nothing(background, people, victim):
    deals = [DealFactory(owner=[people.owner, people.stranger][number % 2]) for number in range(MOVES)]
    wait_until(is_settled, 30)

    for number, deal in enumerate(deals):
        if number in (10, 30):
            background.kill(victim)
        if number in (20, 40):
            background.start(victim)
        move(deal)
    # As if the patience of the sweep had passed: what was on its way when it died is published again.
    Delivery.objects.waiting().exclude(published_at=None).update(
        published_at=timezone.now() - timedelta(hours=1)
    )

    wait_until(lambda: is_settled() and moved_on() == MOVES, 60)
    assert (moved_on(rep=people.owner), moved_on(rep=people.stranger)) == (MOVES / 2, MOVES / 2)
    assert not Delivery.objects.parked().exists()
    assert actions.rebuild_figures(Rebuild.Reason.NIGHT).differences == []


def test_a_mark_left_by_a_dead_worker_is_worked_off_by_the_clock(background, people):
    deal = DealFactory(owner=people.owner)
    wait_until(is_settled, 30)
    background.kill("relay")
    move(deal)
    actions.mark_deal_stale(deal.pk)

    wait_until(lambda: moved_on() == 1, 60)
