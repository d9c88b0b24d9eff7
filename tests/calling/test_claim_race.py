"""Two take the next entry at the same moment; without skipping locked rows one would wait for the other."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from calling.actions import Callee, claiming, make_list, take_next
from calling.models import CallEntry
from tests.factories import CompanyFactory, TeamFactory, UserFactory
from tests.pipeline.test_move_deal_race import wait_for_a_waiting_lock

pytestmark = pytest.mark.django_db(transaction=True)


def taken_at_once(lists, reps) -> tuple[list[object], bool]:
    """What the second rep gets while the first one's taking is not committed, and whether they waited."""
    got: list[object] = []

    def rival() -> None:
        try:
            entry = take_next(lists[1], actor=reps[1])
            got.append(entry and entry.company.name)
        except IntegrityError:
            got.append("refused by the database")
        finally:
            connection.close()

    thread = threading.Thread(target=rival)
    with transaction.atomic():
        take_next(lists[0], actor=reps[0])
        thread.start()
        waited = wait_for_a_waiting_lock(thread)
    thread.join(timeout=10)
    return got, waited


@pytest.fixture
def reps():
    team = TeamFactory()
    return UserFactory(team=team), UserFactory(team=team)


def make(reps, *names):
    companies = [CompanyFactory(name=name) for name in names]
    return companies, make_list("Messe", [Callee(company=one) for one in companies], actor=reps[0])


def test_the_second_gets_the_next_one_without_waiting(reps):
    _companies, made = make(reps, "A", "B")

    assert taken_at_once((made, made), reps) == (["B"], False)
    assert CallEntry.objects.filter(claimed_by__isnull=False).count() == 2


def test_the_same_customer_in_another_list_is_passed_over(reps):
    companies, one = make(reps, "A", "B")
    two = make_list("Zweite", [Callee(company=company) for company in companies], actor=reps[1])

    assert taken_at_once((one, two), reps) == (["B"], True)


def test_without_the_lock_both_would_reach_for_the_same(reps, monkeypatch):
    _companies, made = make(reps, "A", "B")
    unlocked = lambda call_list, actor, passed: (  # noqa: E731
        call_list.entries.waiting().free().exclude(pk__in=passed).order_by("position").first()
    )
    monkeypatch.setattr(claiming, "_next_free", unlocked)

    _got, waited = taken_at_once((made, made), reps)

    assert waited
