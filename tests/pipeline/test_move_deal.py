"""Moving a deal along the funnel."""

import pytest
from django.db import connection

from core.models import Event
from pipeline.actions import move_deal, reopen_deal, undo_move
from pipeline.errors import CriteriaUnmet, DealClosed, DealMovedMeanwhile, NothingToUndo
from pipeline.models import Criterion, Outcome, Stage, StageChange
from tests.factories import CompanyFactory, DealFactory, lost, won

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


def test_winning_from_an_earlier_stage_writes_both_rows():
    deal = won(DealFactory(stage=Stage.ANGEBOT))

    steps = list(deal.stage_changes.values_list("to_stage", "to_outcome"))
    assert steps == [(Stage.ANGEBOT, "open"), (Stage.ABSCHLUSS, "open"), (Stage.ABSCHLUSS, "won")]


def test_the_first_win_makes_a_new_customer_and_the_second_a_repeat_one():
    company = CompanyFactory()

    first, second = won(DealFactory(company=company)), won(DealFactory(company=company))

    assert (first.is_new_customer, second.is_new_customer) == (True, False)


def test_a_lost_deal_keeps_the_stage_it_leaked_in_and_can_be_reopened():
    deal = lost(DealFactory(stage=Stage.VERHANDLUNG))

    reopened = reopen_deal(deal, actor=deal.owner)

    assert deal.stage == Stage.VERHANDLUNG
    assert (reopened.outcome, reopened.closed_at, reopened.loss_reason) == (Outcome.OPEN, None, None)


def test_a_closed_deal_does_not_move():
    deal = lost(DealFactory())

    with pytest.raises(DealClosed):
        move(deal, Stage.KONTAKT)


def test_a_moved_deal_can_be_put_back_and_figures_never_saw_it(transactional_db):
    deal = DealFactory()
    moved = won(deal)

    undo_move(moved, seen_seq=3, actor=deal.owner)

    deal.refresh_from_db()
    assert (deal.stage, deal.outcome, deal.won_value) == (Stage.AKQUISE, Outcome.OPEN, None)
    assert deal.stage_changes.count() == 5
    assert list(StageChange.objects.effective().filter(deal=deal).values_list("seq", flat=True)) == [1]


def test_only_the_last_step_can_be_undone(transactional_db):
    deal = DealFactory()
    move(deal, Stage.KONTAKT)
    deal.refresh_from_db()
    move(deal, Stage.ANGEBOT)

    with pytest.raises(NothingToUndo):
        undo_move(deal, seen_seq=2, actor=deal.owner)


def test_the_history_must_end_in_the_present():
    deal = DealFactory()

    with pytest.raises(Exception, match="does not end in its present state"):
        type(deal).objects.filter(pk=deal.pk).update(stage=3)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
