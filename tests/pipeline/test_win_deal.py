"""Winning a deal: the order is confirmed, by a new or a repeat customer."""

import pytest

from pipeline.models import Stage
from tests.factories import CompanyFactory, DealFactory, won

pytestmark = pytest.mark.django_db


def test_winning_from_an_earlier_stage_writes_both_rows():
    deal = won(DealFactory(stage=Stage.ANGEBOT))

    steps = list(deal.stage_changes.values_list("to_stage", "to_outcome"))
    assert steps == [(Stage.ANGEBOT, "open"), (Stage.ABSCHLUSS, "open"), (Stage.ABSCHLUSS, "won")]


def test_the_first_win_makes_a_new_customer_and_the_second_a_repeat_one():
    company = CompanyFactory()

    first, second = won(DealFactory(company=company)), won(DealFactory(company=company))

    assert (first.is_new_customer, second.is_new_customer) == (True, False)


@pytest.mark.parametrize(("stage", "is_direct"), [(Stage.ANGEBOT, True), (Stage.VERHANDLUNG, False)])
def test_whether_it_was_accepted_as_offered_follows_from_its_way(stage, is_direct):
    deal = won(DealFactory(stage=stage))

    assert deal.accepted_directly is is_direct
