"""Taking back the last step: rows are added that revert it, and figures never saw it."""

import pytest

from pipeline.actions import move_deal, undo_move
from pipeline.actions.moving import UNDO_WINDOW
from pipeline.errors import NothingToUndo
from pipeline.models import Outcome, Stage, StageChange
from tests.factories import DealFactory, won

pytestmark = pytest.mark.django_db


def move(deal, to):
    return move_deal(deal, to, seen_in=Stage(deal.stage), actor=deal.owner, confirmed=True)


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


def test_the_opening_cannot_be_undone():
    deal = DealFactory()

    with pytest.raises(NothingToUndo):
        undo_move(deal, seen_seq=1, actor=deal.owner)


def test_after_a_while_a_step_has_happened(transactional_db, monkeypatch):
    deal = move(DealFactory(), Stage.KONTAKT)
    monkeypatch.setattr("pipeline.actions.moving.UNDO_WINDOW", UNDO_WINDOW * 0)

    with pytest.raises(NothingToUndo):
        undo_move(deal, seen_seq=2, actor=deal.owner)


def test_an_undone_step_is_not_undone_again(transactional_db):
    deal = undo_move(move(DealFactory(), Stage.KONTAKT), seen_seq=2, actor=None)

    with pytest.raises(NothingToUndo):
        undo_move(deal, seen_seq=3, actor=deal.owner)
