"""What counts as a purchase, and what it makes of a customer."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from contacts.models import Company, CustomerSetting, CustomerStatus, dormant_since
from offers.actions import cancel_order
from offers.invariants import check_purchases
from offers.models import Order
from pipeline.actions import edit_deal, facts_of, reopen_deal, undo_move
from tests.factories import CompanyFactory, DealFactory, OrderFactory, PersonFactory, won

pytestmark = pytest.mark.django_db


def bought(row) -> tuple[int, date | None, date | None]:
    row.refresh_from_db()
    return row.purchases, row.first_bought_on, row.last_bought_on


def today(days_ago: int = 0) -> date:
    return timezone.localdate() - timedelta(days=days_ago)


def test_orders_and_wins_are_purchases():
    company = CompanyFactory()

    OrderFactory(company=company, ordered_on=today(50))
    won(DealFactory(company=company))

    assert bought(company) == (2, today(50), today())


def test_a_win_and_its_order_are_one_purchase_on_the_day_of_the_order():
    company = CompanyFactory()
    deal = won(DealFactory(company=company))

    OrderFactory(company=company, deal=deal, ordered_on=today(3))

    assert bought(company) == (1, today(3), today(3))


def test_an_order_of_an_open_deal_is_a_purchase_when_the_deal_is_won():
    company = CompanyFactory()
    deal = DealFactory(company=company)
    OrderFactory(company=company, deal=deal, ordered_on=today(3))
    before = bought(company)

    deal = won(deal)

    assert before == (0, None, None)
    assert bought(company) == (1, today(3), today(3))
    assert deal.is_new_customer


def test_cancelling_reopening_and_undoing_take_the_purchase_back():
    company = CompanyFactory()
    order = OrderFactory(company=company)
    deal = won(DealFactory(company=company))
    undone = won(DealFactory(company=company))

    cancel_order(order, reason="", actor=order.owner)
    reopen_deal(deal, actor=deal.owner)
    undo_move(undone, seen_seq=undone.stage_changes.latest("seq").seq, actor=undone.owner)

    assert bought(company) == (0, None, None)


def test_the_win_counts_again_when_its_order_is_cancelled():
    company = CompanyFactory()
    deal = won(DealFactory(company=company))
    order = OrderFactory(company=company, deal=deal, ordered_on=today(9))

    cancel_order(order, reason="falsches Datum", actor=order.owner)

    assert bought(company) == (1, today(), today())


def test_a_person_buys_where_there_is_no_company():
    company, person = CompanyFactory(), PersonFactory()

    OrderFactory(company=company, person=person)
    private = OrderFactory(company=None, person=person)

    assert bought(company)[0] == 1
    assert bought(person) == (1, private.ordered_on, private.ordered_on)


def test_a_won_deal_that_changes_its_customer_takes_the_purchase_along():
    one, other = CompanyFactory(), CompanyFactory()
    deal = won(DealFactory(company=one))

    facts = {**vars(facts_of(deal)), "company": other}
    edit_deal(deal, type(facts_of(deal))(**facts), seen_version=deal.version, actor=deal.owner)

    assert (bought(one)[0], bought(other)[0]) == (0, 1)


def test_who_ordered_before_is_no_new_customer_when_a_deal_is_won():
    company = CompanyFactory()
    OrderFactory(company=company, ordered_on=today(1))

    deal = won(DealFactory(company=company))

    assert deal.is_new_customer is False


def test_status_follows_from_what_was_bought_and_when():
    nobody, fresh, repeat, dormant = (CompanyFactory() for _ in range(4))
    OrderFactory(company=fresh)
    OrderFactory(company=repeat)
    OrderFactory(company=repeat)
    long_ago = today() - relativedelta(months=18) - timedelta(days=1)
    OrderFactory(company=dormant, ordered_on=long_ago)
    OrderFactory(company=dormant, ordered_on=long_ago)
    wanted = {nobody: "none", fresh: "new", repeat: "repeat", dormant: "dormant"}

    said = {row: row.customer_status for row in Company.objects.with_customer_status()}

    assert said == wanted
    assert {row: row.status_by(dormant_since()) for row in Company.objects.all()} == wanted
    for status in CustomerStatus.values:
        assert [wanted[row] for row in Company.objects.of_customer_status(status)] == [status]


def test_the_months_until_a_customer_is_dormant_are_a_setting():
    company = CompanyFactory()
    OrderFactory(company=company, ordered_on=today() - relativedelta(months=3))

    CustomerSetting.objects.update(dormant_after_months=2)

    assert Company.objects.with_customer_status().get(pk=company.pk).customer_status == "dormant"


def test_at_night_what_went_past_the_actions_is_found_and_repaired(caplog):
    company, person = CompanyFactory(), PersonFactory()
    OrderFactory(company=company)
    Order.objects.create(
        person=person,
        ordered_on=today(),
        owner=Order.objects.get().owner,
        team=Order.objects.get().team,
    )
    Company.objects.filter(pk=company.pk).update(purchases=7)

    repaired = check_purchases()

    assert repaired == ([company.pk], [person.pk])
    assert (bought(company)[0], bought(person)[0]) == (1, 1)
    assert len(caplog.records) == 2
    assert check_purchases() == ([], [])
