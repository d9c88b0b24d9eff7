"""Moving a deal along the funnel."""

import pytest
from django.db import connection

from core.models import Event
from pipeline.actions import move_deal
from pipeline.errors import CriteriaUnmet, DealClosed, DealMovedMeanwhile
from pipeline.models import Criterion, Stage
from tests.factories import DealFactory, lost

pytestmark = pytest.mark.django_db


def move(deal, to, **options):
    options.setdefault("seen_in", Stage(deal.stage))
    return move_deal(deal, to, actor=deal.owner, confirmed=True, **options)


def test_a_move_leaves_one_history_row_and_one_event():
    deal = DealFactory(stage=Stage.AKQUISE)

    move(deal, Stage.KONTAKT)

    change = deal.stage_changes.latest("seq")
    assert (change.from_stage, change.to_stage, change.owner) == (Stage.AKQUISE, Stage.KONTAKT, deal.owner)
    assert Event.objects.filter(kind="deal.moved").count() == 1


def test_moving_to_the_stage_it_is_in_changes_nothing():
    deal = DealFactory(stage=Stage.KONTAKT)

    move(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE)

    assert deal.stage_changes.count() == 1


def test_the_second_mover_is_told_who_moved_it():
    deal = move(DealFactory(), Stage.KONTAKT)

    with pytest.raises(DealMovedMeanwhile, match=deal.owner.last_name):
        move(deal, Stage.ANGEBOT, seen_in=Stage.AKQUISE)

    assert deal.stage_changes.count() == 2


def test_moving_on_asks_about_unmet_criteria_of_every_stage_on_the_way():
    deal = DealFactory()

    with pytest.raises(CriteriaUnmet) as refused:
        move_deal(deal, Stage.ANGEBOT, seen_in=Stage.AKQUISE, actor=deal.owner)

    codes = [criterion.code for criterion in refused.value.criteria]
    assert codes == [Criterion.DECISION_MAKER_KNOWN, Criterion.APPOINTMENT_AGREED]


def test_a_mandatory_criterion_refuses_even_when_confirmed():
    Criterion.objects.filter(code=Criterion.DECISION_MAKER_KNOWN).update(is_mandatory=True)
    deal = DealFactory()

    with pytest.raises(CriteriaUnmet):
        move(deal, Stage.KONTAKT)

    assert deal.stage_changes.count() == 1


def test_stepping_back_asks_nothing():
    deal = DealFactory(stage=Stage.VERHANDLUNG)

    move_deal(deal, Stage.ANGEBOT, seen_in=Stage.VERHANDLUNG, actor=deal.owner)

    deal.refresh_from_db()
    assert deal.stage == Stage.ANGEBOT


def test_a_closed_deal_does_not_move():
    deal = lost(DealFactory())

    with pytest.raises(DealClosed):
        move(deal, Stage.KONTAKT)


def test_the_history_must_end_in_the_present():
    deal = DealFactory()

    with pytest.raises(Exception, match="does not end in its present state"):
        type(deal).objects.filter(pk=deal.pk).update(stage=3)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
