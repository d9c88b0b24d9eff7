"""Entering, changing and cancelling orders."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from core.models import Event
from offers.actions import LineFacts, OrderFacts, add_order, cancel_order, edit_order
from offers.errors import (
    AmountTooLarge,
    CustomerMissing,
    LinesMissing,
    NumberTaken,
    OrderCancelled,
    OrderEditedMeanwhile,
)
from offers.models import Order, OrderLine
from tests.factories import CompanyFactory, DealFactory, OrderFactory, PersonFactory, ProductFactory, won

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


def line(text="Blech", quantity=2, price=50, **more) -> LineFacts:
    return LineFacts(text, Decimal(quantity), Decimal(price), **more)


def facts_of(order: Order, **changes) -> OrderFacts:
    names = ("ordered_on", "owner", "company", "person", "deal", "number", "currency", "note")
    return OrderFacts(**{**{name: getattr(order, name) for name in names}, **changes})


def test_an_order_keeps_its_lines_owner_and_team_and_leaves_an_event(people):
    company, product = CompanyFactory(), ProductFactory()
    facts = OrderFacts(ordered_on=DAY, owner=people.owner, company=company, number="A-1")

    order = add_order(facts, [line(product=product), line("Montage", 1, 300)], actor=people.owner)

    assert [(row.position, row.text, row.net) for row in order.lines.all()] == [
        (1, "Blech", Decimal("100.00")),
        (2, "Montage", Decimal("300.00")),
    ]
    assert (order.owner, order.team, order.origin) == (people.owner, people.owner.team, "typed")
    assert Event.objects.get(kind="order.added").subject_id == order.pk


def test_the_deal_says_whose_order_it_is(people):
    deal = DealFactory(owner=people.owner, person=PersonFactory())
    facts = OrderFacts(ordered_on=DAY, owner=people.owner, company=CompanyFactory(), deal=deal)

    order = add_order(facts, [line()], actor=people.owner)

    assert (order.company, order.person) == (deal.company, deal.person)


def test_a_form_sent_twice_enters_one_order(people):
    facts, key = OrderFacts(ordered_on=DAY, owner=people.owner, company=CompanyFactory()), uuid4()

    first = add_order(facts, [line()], actor=people.owner, form_key=key)
    second = add_order(facts, [line()], actor=people.owner, form_key=key)

    assert first == second
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "customer", "refusal"),
    [
        ([line()], False, CustomerMissing),
        ([], True, LinesMissing),
        ([line(quantity=999_999_999, price=9_999_999_999)], True, AmountTooLarge),
    ],
)
def test_what_is_no_order_is_refused(people, lines, customer, refusal):
    company = CompanyFactory() if customer else None
    facts = OrderFacts(ordered_on=DAY, owner=people.owner, company=company)

    with pytest.raises(refusal):
        add_order(facts, lines, actor=people.owner)

    assert not Order.objects.exists()


def test_a_number_belongs_to_one_order(people):
    OrderFactory(number="A-1")

    with pytest.raises(NumberTaken):
        OrderFactory(number="A-1")


def test_changing_an_order_keeps_what_its_lines_said(people):
    order = OrderFactory(owner=people.owner, lines=[line(), line("Montage"), line("Fracht")])

    edit_order(
        order,
        facts_of(order, note="neu"),
        [line("Fracht"), line("Montage")],
        seen_version=1,
        actor=people.owner,
    )

    order.refresh_from_db()
    assert (order.version, order.note) == (2, "neu")
    assert [row.text for row in order.lines.all()] == ["Fracht", "Montage"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM offers_orderlineevent ORDER BY pgh_id")
        assert [text for (text,) in cursor.fetchall()] == ["Blech", "Fracht"]


def test_another_owner_brings_their_team(people):
    order = OrderFactory(owner=people.owner)

    order = edit_order(
        order, facts_of(order, owner=people.stranger), [line()], seen_version=1, actor=people.admin
    )

    assert order.team == people.stranger.team


def test_nobody_overwrites_unseen(people):
    order = OrderFactory(owner=people.owner)
    edit_order(order, facts_of(order), [line()], seen_version=1, actor=people.owner)

    with pytest.raises(OrderEditedMeanwhile):
        edit_order(order, facts_of(order), [line()], seen_version=1, actor=people.owner)


def test_a_cancelled_order_stays_as_it_was(people):
    order = OrderFactory(owner=people.owner)

    cancel_order(order, reason="doppelt erfasst", actor=people.owner)
    cancel_order(order, reason="zweimal geklickt", actor=people.owner)

    order.refresh_from_db()
    assert order.is_cancelled
    assert order.cancel_reason == "doppelt erfasst"
    assert Event.objects.filter(kind="order.cancelled").count() == 1
    with pytest.raises(OrderCancelled):
        edit_order(order, facts_of(order), [line()], seen_version=2, actor=people.owner)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": Decimal(0)},
        {"quantity": Decimal(-1)},
        {"unit_price": Decimal("-0.0001")},
        {"discount": Decimal("1.01")},
        {"vat_rate": Decimal("-0.19")},
        {"text": ""},
    ],
)
def test_the_database_refuses_lines_that_cannot_be(wrong):
    order = OrderFactory()
    values = {"text": "x", "quantity": 1, "unit_price": 1, "vat_rate": 0, **wrong}

    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.create(order=order, position=9, **values)


def test_an_order_of_a_deal_is_seen_by_who_sees_the_deal(people, settings):
    settings.DEAL_VISIBILITY = "own"
    deal = won(DealFactory(owner=people.owner))
    of_deal = OrderFactory(owner=people.owner, deal=deal)
    open_to_all = OrderFactory(owner=people.owner)

    assert set(Order.objects.visible_to(people.owner)) == {of_deal, open_to_all}
    assert set(Order.objects.visible_to(people.stranger)) == {open_to_all}
    assert set(Order.objects.editable_by(people.owner)) == {of_deal, open_to_all}
    assert set(Order.objects.editable_by(people.manager)) == {of_deal, open_to_all}
    assert not Order.objects.editable_by(people.colleague).exists()
    assert set(Order.objects.editable_by(people.admin)) == {of_deal, open_to_all}
