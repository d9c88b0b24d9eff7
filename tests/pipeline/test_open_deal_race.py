"""The form of a new deal is sent twice at the same moment: one deal, one new company."""

import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User
from contacts.models import Company
from pipeline.actions import DealFacts, keeping, open_deal
from pipeline.models import Deal
from tests.conftest import log_in
from tests.factories import UserFactory
from tests.pipeline.test_move_deal_race import wait_for_a_waiting_lock

pytestmark = pytest.mark.django_db(transaction=True)


def send(user: User, form_key: UUID) -> None:
    """What one click does."""
    facts = DealFacts(title="Wartung", owner=user, company=Company(name="Eifel Bau"))
    open_deal(facts, actor=user, form_key=form_key)


def send_in_a_connection_of_its_own(user: User, form_key: UUID) -> None:
    """The second click."""
    try:
        send(user, form_key)
    finally:
        connection.close()


def send_twice_at_once() -> None:
    """The second click comes while the first is being answered."""
    user, form_key = UserFactory(), uuid4()
    second = threading.Thread(target=send_in_a_connection_of_its_own, args=[user, form_key])
    with transaction.atomic():
        send(user, form_key)
        second.start()
        wait_for_a_waiting_lock(second)
    second.join(timeout=10)


def test_two_clicks_open_one_deal_of_one_company():
    send_twice_at_once()

    assert (Deal.objects.count(), Company.objects.count()) == (1, 1)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_without_waiting_for_the_twin_the_second_click_fails(monkeypatch):
    monkeypatch.setattr(keeping, "wait_for_twin", lambda form_key: None)
    failures: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda failure: failures.append(failure.exc_value))

    send_twice_at_once()

    assert [type(failure).__name__ for failure in failures] == ["IntegrityError"]


def test_the_page_hands_out_a_key_and_answers_the_same_deal_for_it(client, people):
    log_in(client, people, "owner")
    form = client.get(reverse("pipeline:deal_add")).context["form"]
    typed = {"title": "Wartung", "company_text": "Eifel Bau", "currency": "EUR", "kind": "new"}
    data = {**typed, "owner": people.owner.pk, "form_key": form["form_key"].value()}

    answers = [client.post(reverse("pipeline:deal_add"), data) for _click in range(2)]

    assert {answer.headers["Location"] for answer in answers} == {
        reverse("pipeline:deal_detail", args=[Deal.objects.get().pk])
    }
    assert Company.objects.count() == 1
