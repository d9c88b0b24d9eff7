"""The form of a view is sent twice at the same moment: one view."""

import threading

import pytest
from django.db import connection, transaction

from accounts.models import User
from lists.actions import save_view, saved_views
from lists.models import SavedView, ViewPage
from tests.factories import UserFactory
from tests.pipeline.test_move_deal_race import wait_for_a_waiting_lock

pytestmark = pytest.mark.django_db(transaction=True)


def save(user: User) -> None:
    """What one click does."""
    save_view("Große Brocken", "owner=me&value_from=20000", page=ViewPage.BOARD, actor=user)


def save_in_a_connection_of_its_own(user: User) -> None:
    """The second click."""
    try:
        save(user)
    finally:
        connection.close()


def save_twice_at_once() -> None:
    """The second click comes while the first is being answered."""
    user = UserFactory()
    second = threading.Thread(target=save_in_a_connection_of_its_own, args=[user])
    with transaction.atomic():
        save(user)
        second.start()
        wait_for_a_waiting_lock(second)
    second.join(timeout=10)


def test_two_clicks_save_one_view():
    save_twice_at_once()

    assert SavedView.objects.count() == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_without_taking_turns_the_second_click_fails(monkeypatch):
    monkeypatch.setattr(saved_views, "_take_turns", lambda user: None)
    failures: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda failure: failures.append(failure.exc_value))

    save_twice_at_once()

    assert [type(failure).__name__ for failure in failures] == ["IntegrityError"]
