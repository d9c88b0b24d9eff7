"""What is usual in a stage comes from the company's own history."""

from datetime import UTC, datetime, timedelta

import pghistory.models
import pytest
import time_machine
from django.utils import timezone

from core import events
from core.models import Delivery
from pipeline.actions import move_deal, undo_move
from pipeline.models import Stage, StageSetting
from pipeline.tasks import measure_after_import
from pipeline.usual_stays import FEWEST_STAYS, measure_usual_stays
from tests.factories import DealFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 30, 10, tzinfo=UTC)


def left_after(days: float, *, owner, ended_at=NOW) -> None:
    """A deal that stood in Akquise for so many days."""
    deal = DealFactory(owner=owner, at=ended_at - timedelta(days=days))
    with time_machine.travel(ended_at, tick=False):
        move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=owner, confirmed=True)


def akquise() -> StageSetting:
    return StageSetting.objects.get(pk=Stage.AKQUISE)


@pytest.fixture
def owner():
    return UserFactory()


def test_three_of_four_stays_are_no_longer_than_what_is_usual(owner):
    for days in range(1, 21):
        left_after(days + 0.5, owner=owner)

    measure_usual_stays(NOW)

    # Of 1 to 20 days the fifteenth is the first that three quarters do not exceed.
    assert (akquise().measured_days, akquise().measured_stays, akquise().usual_days) == (15, 20, 15)
    assert StageSetting.objects.get(pk=Stage.KONTAKT).measured_days is None


def test_too_few_stays_leave_the_days_the_company_stated(owner):
    for _ in range(FEWEST_STAYS - 1):
        left_after(3, owner=owner)

    measure_usual_stays(NOW)

    assert akquise().measured_days is None
    assert akquise().usual_days == akquise().time_limit_days


def test_days_the_company_fixed_stay(owner):
    StageSetting.objects.filter(pk=Stage.AKQUISE).update(time_limit_days=40, is_limit_fixed=True)
    for _ in range(FEWEST_STAYS):
        left_after(3, owner=owner)

    measure_usual_stays(NOW)

    assert (akquise().measured_days, akquise().usual_days) == (3, 40)


def test_stays_that_ended_before_the_year_and_steps_undone_do_not_count(owner):
    for _ in range(FEWEST_STAYS):
        left_after(3, owner=owner)
    for _ in range(FEWEST_STAYS):
        left_after(90, owner=owner, ended_at=NOW - timedelta(days=366))
    with time_machine.travel(NOW, tick=False):
        for _ in range(FEWEST_STAYS):
            deal = DealFactory(owner=owner, at=NOW - timedelta(days=200))
            moved = move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=owner, confirmed=True)
            undo_move(moved, seen_seq=moved.stage_changes.latest("seq").seq, actor=owner)

    measure_usual_stays(NOW)

    assert (akquise().measured_days, akquise().measured_stays) == (3, FEWEST_STAYS)


def test_measuring_leaves_no_trail_in_the_audit(owner):
    for _ in range(FEWEST_STAYS):
        left_after(3, owner=owner)
    before = pghistory.models.Events.objects.tracks(akquise()).count()

    measure_usual_stays(NOW)

    assert akquise().measured_days == 3
    assert pghistory.models.Events.objects.tracks(akquise()).count() == before


def test_an_import_has_them_measured_again(owner):
    now = timezone.now()
    for _ in range(FEWEST_STAYS):
        left_after(3, owner=owner, ended_at=now)
    event = events.record("deals.imported", owner, actor=owner)
    delivery = Delivery.objects.get(event=event, task="pipeline.tasks.measure_after_import")

    measure_after_import(delivery.pk)

    assert akquise().measured_days == 3
