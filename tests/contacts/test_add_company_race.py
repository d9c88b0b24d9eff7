"""The form of a new company or person is sent twice at the same moment: one row."""

import threading
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from accounts.models import User
from contacts.actions import CompanyFacts, PersonFacts, add_company, add_employee, add_person, contact
from contacts.models import Company, Employment, Person
from tests.factories import CompanyFactory, UserFactory
from tests.pipeline.test_move_deal_race import wait_for_a_waiting_lock

pytestmark = pytest.mark.django_db(transaction=True)


def send_twice_at_once(send: Callable[[User, UUID], object]) -> None:
    """The second click comes while the first is being answered."""
    user, form_key = UserFactory(), uuid4()

    def send_in_a_connection_of_its_own() -> None:
        try:
            send(user, form_key)
        finally:
            connection.close()

    second = threading.Thread(target=send_in_a_connection_of_its_own)
    with transaction.atomic():
        send(user, form_key)
        second.start()
        wait_for_a_waiting_lock(second)
    second.join(timeout=10)


def enter_a_company(user: User, form_key: UUID) -> Company:
    return add_company(CompanyFacts("Eifel Bau"), actor=user, form_key=form_key)


def enter_a_person(user: User, form_key: UUID) -> Person:
    return add_person(PersonFacts("Weiß"), actor=user, form_key=form_key)


def test_two_clicks_enter_one_company():
    send_twice_at_once(enter_a_company)

    assert Company.objects.count() == 1


def test_two_clicks_enter_one_person():
    send_twice_at_once(enter_a_person)

    assert Person.objects.count() == 1


def test_two_clicks_enter_one_colleague_who_works_there_once():
    company = CompanyFactory()

    send_twice_at_once(
        lambda user, form_key: add_employee(company, PersonFacts("Weiß"), actor=user, form_key=form_key)
    )

    assert (Person.objects.count(), Employment.objects.count()) == (1, 1)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_without_waiting_for_the_twin_the_second_click_fails(monkeypatch):
    monkeypatch.setattr(contact, "wait_for_twin", lambda form_key: None)
    failures: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda failure: failures.append(failure.exc_value))

    send_twice_at_once(enter_a_company)

    assert [type(failure).__name__ for failure in failures] == ["IntegrityError"]
