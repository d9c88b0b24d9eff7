"""Two admins who make each other a rep at the same moment: one of them stays."""

import threading
import time

import pytest
from django.db import connection, transaction

from accounts import actions
from accounts.actions import change_role
from accounts.errors import LastAdmin
from accounts.models import Role, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 10


def demote_in_thread(user: User) -> tuple[threading.Thread, list[object]]:
    """Start the rival; the list holds in the end what came of it."""
    outcome: list[object] = []

    def run() -> None:
        try:
            outcome.append(change_role(user, Role.REP, actor=None).role)
        except LastAdmin:
            outcome.append("refused")
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, outcome


def wait_until_someone_waits() -> bool:
    """Whether a lock is waited for before patience ends."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN "
                "(SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
            )
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False


def race() -> list[object]:
    """One admin goes and has not committed yet when the other one tries to go."""
    first = UserFactory(role=Role.ADMIN)
    second = UserFactory(role=Role.ADMIN, team=first.team)
    with transaction.atomic():
        change_role(first, Role.REP, actor=None)
        thread, outcome = demote_in_thread(second)
        if not wait_until_someone_waits():
            thread.join()
    thread.join()
    return outcome


def test_the_second_of_two_last_admins_waits_and_is_refused():
    assert race() == ["refused"]
    assert User.objects.filter(role=Role.ADMIN).count() == 1


def test_without_the_lock_nobody_would_be_left(monkeypatch):
    """The negative control: the lock is what the test above relies on."""
    monkeypatch.setattr(f"{__name__}.PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr(actions, "_lock", lambda user: User.objects.select_related("team").get(pk=user.pk))

    assert race() == [Role.REP]
    assert not User.objects.filter(role=Role.ADMIN).exists()
