"""Two deals of one customer are won at once: only one of them is the customer's first."""

import threading

import pytest
from django.db import connection, transaction

from contacts.models import Company
from pipeline.actions import moving
from pipeline.models import Deal
from tests.factories import CompanyFactory, DealFactory, won
from tests.pipeline.test_move_deal_race import wait_for_a_waiting_lock

pytestmark = pytest.mark.django_db(transaction=True)


def win_in_a_connection_of_its_own(deal: Deal) -> None:
    """What a second request does."""
    try:
        won(deal)
    finally:
        connection.close()


def first_wins() -> list[bool | None]:
    """One winner waits for the customer while the other one wins; answer who of them counts as the first."""
    company = CompanyFactory()
    deals = [DealFactory(company=company), DealFactory(company=company)]
    second = threading.Thread(target=win_in_a_connection_of_its_own, args=[deals[1]])
    with transaction.atomic():
        Company.objects.select_for_update().get(pk=company.pk)
        second.start()
        wait_for_a_waiting_lock(second)
        won(deals[0])
    second.join(timeout=10)
    return list(Deal.objects.filter(company=company).order_by("pk").values_list("is_new_customer", flat=True))


def test_a_customer_is_new_once():
    assert first_wins() == [True, False]


def test_without_the_lock_a_customer_is_new_twice(monkeypatch):
    monkeypatch.setattr(moving, "_lock_customer", lambda deal: None)

    assert first_wins() == [True, True]
