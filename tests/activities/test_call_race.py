"""The form after a call is sent twice at the same moment: one call, one next step."""

import datetime as dt
import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from activities.actions import About, CallFacts, NextStep, after_the_call, conversation
from activities.models import Activity, FollowUp
from pipeline.models import Deal
from tests.factories import DealFactory
from tests.pipeline.test_move_deal_race import wait_for_a_waiting_lock

pytestmark = pytest.mark.django_db(transaction=True)


def send(deal: Deal, form_key: UUID) -> None:
    """What one click does."""
    after_the_call(
        About(deal=deal),
        CallFacts(result=Activity.Result.FRONT_DESK),
        next_step=NextStep(on=dt.date(2030, 1, 2), kind=FollowUp.Kind.CALL),
        form_key=form_key,
        actor=deal.owner,
    )


def send_in_a_connection_of_its_own(deal: Deal, form_key: UUID) -> None:
    """The second click."""
    try:
        send(deal, form_key)
    finally:
        connection.close()


def written_by_two_clicks() -> tuple[int, int]:
    """Calls and follow-ups after the second click came while the first was being answered."""
    deal, form_key = DealFactory(), uuid4()
    second = threading.Thread(target=send_in_a_connection_of_its_own, args=[deal, form_key])
    with transaction.atomic():
        send(deal, form_key)
        second.start()
        wait_for_a_waiting_lock(second)
    second.join(timeout=10)
    return deal.activities.count(), deal.follow_ups.count()


def test_two_clicks_write_one_call_and_plan_one_step():
    assert written_by_two_clicks() == (1, 1)


def test_without_waiting_for_the_twin_the_step_is_planned_twice(monkeypatch):
    monkeypatch.setattr(conversation, "wait_for_twin", lambda form_key: None)

    assert written_by_two_clicks() == (1, 2)
