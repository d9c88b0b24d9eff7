"""What the database refuses, whatever the code says."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from pipeline.models import Deal, DealChange, LossReason, StageChange
from tests.factories import DealFactory, lost, won

pytestmark = pytest.mark.django_db


def refused(deal: Deal, constraint: str, **values: object) -> None:
    """Setting these values in the table, past all Python, fails at this constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Deal.objects.filter(pk=deal.pk).update(**values)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_open_deal_with_a_closing_moment():
    refused(DealFactory(), "deal_closed_at_iff_closed", closed_at=timezone.now() + timedelta(days=1))


def test_a_closed_deal_without_a_closing_moment():
    refused(lost(DealFactory()), "deal_closed_at_iff_closed", closed_at=None)


def test_a_lost_deal_without_a_reason():
    refused(lost(DealFactory()), "deal_loss_reason_iff_lost", loss_reason=None)


def test_an_open_deal_with_a_loss_reason():
    refused(DealFactory(), "deal_loss_reason_iff_lost", loss_reason=LossReason.objects.first())


def test_a_won_deal_without_a_customer():
    refused(won(DealFactory()), "deal_won_has_customer", company=None)


def test_a_deal_closed_before_it_was_opened():
    deal = lost(DealFactory())

    refused(deal, "deal_closed_after_opened", closed_at=deal.opened_at - timedelta(seconds=1))


@pytest.mark.parametrize("value", [Decimal("-0.01"), Decimal("-1000000")])
def test_a_negative_value(value):
    refused(DealFactory(), "deal_value_not_negative", value=value)


def test_a_stage_that_is_none_of_the_five():
    refused(DealFactory(), "deal_stage_known", stage=6)


def test_a_stage_its_history_does_not_end_in():
    refused(DealFactory(), "does not end in its present state", stage=2)


def test_a_deal_without_history():
    deal = DealFactory()
    fields = {
        field.attname: getattr(deal, field.attname)
        for field in Deal._meta.concrete_fields
        if not field.generated
    }

    with pytest.raises(IntegrityError, match="does not end in its present state"), transaction.atomic():
        Deal(**{**fields, "id": None}).save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("history", [StageChange, DealChange])
def test_a_history_row_cannot_be_changed(history):
    row = history.objects.get(deal=DealFactory())

    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        history.objects.filter(pk=row.pk).update(at=timezone.now())


@pytest.mark.parametrize("history", [StageChange, DealChange])
def test_a_history_row_cannot_be_deleted(history):
    row = history.objects.get(deal=DealFactory())

    with pytest.raises(InternalError, match="Cannot delete"), transaction.atomic():
        history.objects.filter(pk=row.pk)._raw_delete("default")


def test_two_rows_with_the_same_number():
    row = StageChange.objects.get(deal=DealFactory())

    with pytest.raises(IntegrityError, match="stage_change_seq_once"), transaction.atomic():
        row.pk = None
        row.save(force_insert=True)


def test_a_lost_step_without_a_reason():
    row = lost(DealFactory()).stage_changes.latest("seq")

    with pytest.raises(IntegrityError, match="stage_change_lost_has_reason"), transaction.atomic():
        row.pk, row.seq, row.loss_reason = None, 3, None
        row.from_outcome = "open"
        row.save(force_insert=True)


def test_the_note_of_a_loss_can_be_blanked_by_erasure():
    row = lost(DealFactory()).stage_changes.latest("seq")

    assert StageChange.objects.filter(pk=row.pk).update(loss_note="") == 1
