"""Opening a closed deal again where it was closed; its history stays."""

import pytest

from pipeline.actions import reopen_deal, undo_move
from pipeline.errors import DealNotClosed
from pipeline.models import Criterion, Outcome, Stage
from tests.factories import DealFactory, lost, won

pytestmark = pytest.mark.django_db


def has_order(deal) -> bool:
    return deal.criteria_met.filter(criterion__code=Criterion.ORDER_CONFIRMED).exists()


def test_a_lost_deal_keeps_the_stage_it_leaked_in_and_can_be_reopened():
    deal = lost(DealFactory(stage=Stage.VERHANDLUNG))

    reopened = reopen_deal(deal, actor=deal.owner)

    assert deal.stage == Stage.VERHANDLUNG
    assert (reopened.outcome, reopened.closed_at, reopened.loss_reason) == (Outcome.OPEN, None, None)


def test_an_open_deal_cannot_be_reopened():
    deal = DealFactory()

    with pytest.raises(DealNotClosed):
        reopen_deal(deal, actor=deal.owner)


def test_a_won_deal_that_is_open_again_has_no_confirmed_order_until_that_is_undone(transactional_db):
    deal = won(DealFactory())

    deal = reopen_deal(deal, actor=deal.owner)
    had_order = has_order(deal)
    deal = undo_move(deal, seen_seq=4, actor=deal.owner)

    assert (had_order, has_order(deal)) == (False, True)
    assert (deal.outcome, deal.is_new_customer, deal.accepted_directly) == (Outcome.WON, True, True)
