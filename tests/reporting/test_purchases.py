"""What is bought: the table adds up, the pairs are counted by hand, a suggestion says why."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from offers.actions import LineFacts
from offers.models import Order, OrderLine
from reporting.purchases import cube
from reporting.purchases.affinities import count_affinities
from reporting.purchases.cube import DIMENSIONS, MEASURES, read_cube
from reporting.purchases.pairs import basket_pairs
from reporting.purchases.reorders import count_reorders
from reporting.purchases.suggestions import read_suggestions
from tests.conftest import log_in
from tests.factories import (
    CompanyFactory,
    DealFactory,
    OfferFactory,
    OrderFactory,
    PersonFactory,
    ProductFactory,
    ProductGroupFactory,
    UserFactory,
    offered,
    won,
)

pytestmark = pytest.mark.django_db
URL = reverse("reporting:purchases")


def basket(*products, days_ago=0, quantity=1, price=10, **facts):
    lines = [LineFacts(str(one), Decimal(quantity), Decimal(price), product=one) for one in products]
    return OrderFactory(ordered_on=timezone.localdate() - timedelta(days=days_ago), lines=lines, **facts)


def all_lines():
    return OrderLine.objects.filter(order__in=Order.objects.bought().values("pk"))


@pytest.fixture
def abc():
    return [ProductFactory(name=name) for name in ("Anker", "Bohrer", "Cutter")]


def test_pairs_are_counted_by_hand(abc):
    anker, bohrer, cutter = abc
    basket(anker, bohrer)
    basket(bohrer, anker, anker)
    basket(anker)
    basket(cutter)
    OrderFactory()
    lost = DealFactory()
    basket(anker, bohrer, deal=lost)

    (pair,) = basket_pairs(Order.objects.bought(), min_support=2)

    assert (pair.first, pair.second, pair.together, pair.with_first, pair.with_second, pair.baskets) == (
        *("Anker", "Bohrer", 2, 3, 2),
        # The order of a product that is none of ours is no basket, nor what an open deal may bring.
        4,
    )
    assert (pair.confidence, pair.confidence_back, pair.lift) == (2 / 3, 1, pytest.approx(4 / 3))


def test_the_command_prints_what_the_page_counts(abc):
    for _each in range(3):
        basket(*abc[:2])
    out = StringIO()

    call_command("basket_pairs", min_support=3, stdout=out)

    (row,) = csv.DictReader(StringIO(out.getvalue()))
    assert (row["first"], row["second"], row["together"], row["lift"]) == ("Anker", "Bohrer", "3", "1.0")


@pytest.fixture
def market(abc, monkeypatch):
    """Twelve customers and a person alone, each with orders of other days, products and sizes."""
    monkeypatch.setattr(cube, "MOST_ROWS", 5)
    monkeypatch.setattr(cube, "MOST_COLUMNS", 2)
    companies = [CompanyFactory(industry=["Holz", "Metall", ""][n % 3]) for n in range(12)]
    for n, company in enumerate(companies):
        company.addresses.create(country=["DE", "AT"][n % 2], postal_code=f"{10 + n % 4}001")
        basket(*abc[: n % 3 + 1], company=company, days_ago=n * 40, quantity=n + 1, price="3.33")
        basket(abc[n % 3], company=company, days_ago=n)
    basket(abc[0], company=None, person=PersonFactory())
    OrderFactory()
    return companies


@pytest.mark.parametrize("rows", DIMENSIONS)
@pytest.mark.parametrize("columns", ["", "product", "month", "region"])
def test_whatever_adds_up_is_the_sum_of_its_parts(market, rows, columns):
    total = sum(line.net for line in all_lines())

    table = read_cube(all_lines(), rows, columns, "net")

    assert table.total.cells[-1] == total
    is_time = DIMENSIONS[rows].is_time
    for place in range(len(table.total.cells)):
        parts = sum(line.cells[place] or 0 for line in table.lines)
        assert parts == (table.total.cells[place] or 0), f"column {place} of {rows}, time: {is_time}"
    for line in [*table.lines, table.total]:
        assert not columns or sum(cell or 0 for cell in line.cells[:-1]) == line.cells[-1]


def test_a_customer_of_two_products_is_one_customer(market):
    table = read_cube(all_lines(), "product", "year", "customers")

    assert table.total.cells[-1] == 14
    assert sum(line.cells[-1] for line in table.lines) > 14


def test_orders_are_counted_once_however_many_lines_they_have(market):
    assert read_cube(all_lines(), "industry", "", "orders").total.cells[-1] == Order.objects.count()


@pytest.mark.parametrize("rows", DIMENSIONS)
def test_a_row_opens_what_it_is_made_of(client, people, market, rows):
    log_in(client, people, "admin")
    page = client.get(URL, {"rows": rows, "period": "all"}).context["page"]

    for line, url in page.lines:
        if url:
            assert client.get(URL + url).context["page"].cube.total.cells[-1] == line.cells[-1]


@pytest.mark.parametrize(
    "query",
    [
        {"rows": "nichts", "columns": "owner", "measure": "'; DROP", "period": "x", "currency": "EU"},
        {"of": "customer:99999999999999999999"},
        {"of": "month:2026-13-45", "rows": "month"},
        {"of": "region:" + "%" * 5000},
        {"of": "product:\x00", "group": "x"},
    ],
)
def test_a_strange_address_is_a_page(client, people, market, query):
    log_in(client, people, "owner")

    assert client.get(URL, query).status_code == 200


def test_the_page_counts_what_its_reader_may_see(client, people, settings):
    settings.DEAL_VISIBILITY = "own"
    deal = won(DealFactory(owner=people.stranger))
    basket(ProductFactory(), price=70, deal=deal, company=deal.company, owner=people.stranger)
    log_in(client, people, "owner")

    assert not client.get(URL).context["page"].cube.lines
    log_in(client, people, "stranger")
    assert client.get(URL).context["page"].cube.total.cells[-1] == 70


def test_the_page_asks_no_more_for_twenty_customers_than_for_two(client, people, abc, count_queries):
    log_in(client, people, "owner")
    for _each in range(2):
        basket(*abc[:2])
    client.get(URL)
    with count_queries() as few:
        client.get(URL, {"rows": "region", "columns": "month"})
    for _each in range(20):
        basket(*abc, company=CompanyFactory(industry="Holz"))
    with count_queries() as many:
        client.get(URL, {"rows": "region", "columns": "month"})

    assert len(many) == len(few)


def test_what_could_be_sold_says_why():
    user = UserFactory()
    reels, pumps = ProductGroupFactory(name="Rollen"), ProductGroupFactory(name="Pumpen")
    rope, reel, pump = (
        ProductFactory(name="Seil", group=reels),
        ProductFactory(name="Rolle", group=reels),
        ProductFactory(name="Pumpe", group=pumps),
    )
    others = [CompanyFactory(industry="Holz") for _each in range(6)]
    for other in others[:4]:
        basket(rope, reel, company=other)
    for other in others[:3]:
        basket(pump, company=other)
    for other in others:
        basket(pump if other in others[:3] else reel, company=other)
    company = CompanyFactory(industry="Holz")
    for days in (400, 300, 200):
        basket(rope, company=company, days_ago=days)
    company.refresh_from_db()

    count_affinities()

    found = read_suggestions(user, company)

    (due,) = found.due
    assert (due.name, due.interval, due.times) == ("Seil", 100, 3)
    (together,) = found.together
    assert (together.has, together.product, together.together, together.with_has) == ("Seil", reel, 4, 7)
    assert together.lift > 1
    (spot,) = found.white_spots
    assert (spot.group, spot.buyers, spot.comparable) == ("Pumpen", 3, 6)


def test_of_too_few_comparable_customers_nothing_follows():
    company = CompanyFactory(industry="Holz")
    for _each in range(4):
        basket(ProductFactory(group=ProductGroupFactory()), company=CompanyFactory(industry="Holz"))

    assert not read_suggestions(UserFactory(), company)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_a_page(client, people, market, measure):
    log_in(client, people, "owner")

    assert client.get(URL, {"measure": measure, "columns": "group"}).status_code == 200


def test_who_bought_a_product_and_went_on_to_a_dearer_one_of_its_group_is_a_reason(client, people):
    tools = ProductGroupFactory(name="Bohrer")
    small, large, other = (
        ProductFactory(name=name, group=group, price=price)
        for name, group, price in (("Klein", tools, 100), ("Groß", tools, 200), ("Fremd", None, 300))
    )
    for number in range(5):
        company = CompanyFactory()
        basket(small, company=company, days_ago=100)
        if number < 3:
            basket(large, company=company, days_ago=50)
        basket(other, company=company, days_ago=10)
    count_affinities()
    deal = DealFactory(owner=people.owner, company=CompanyFactory())
    version = OfferFactory(deal=deal, lines=[offered(product=small)]).current
    log_in(client, people, "owner")

    answer = client.get(reverse("reporting:offer_suggestions", args=[version.pk]))

    (better,) = answer.context["suggestions"].better
    assert (better.has, better.product, better.moved, better.buyers) == ("Klein", large, 3, 5)
    assert "3 von 5" in answer.content.decode()
    assert f'data-suggest="{large.pk}"' in answer.content.decode()


def test_counting_again_keeps_the_same(abc):
    for _each in range(3):
        basket(*abc[:2])
    basket(abc[2])

    assert count_affinities() == count_affinities() == 2


def test_what_is_due_again_is_told_to_who_sees_every_order_of_it(client, people, abc, settings):
    company = CompanyFactory(name="Seilerei Ost")
    deal = won(DealFactory(owner=people.owner, company=company))
    for days in (400, 300, 200):
        basket(abc[0], company=company, days_ago=days, price=50)
        basket(abc[1], company=company, days_ago=days, price=70, deal=deal)
    for days in (800, 790, 780):
        basket(abc[2], company=company, days_ago=days)
    count_reorders()

    seen = {}
    for who in ("owner", "stranger"):
        settings.DEAL_VISIBILITY = "own"
        log_in(client, people, who)
        due = client.get(URL, {"period": "all"}).context["page"].reorders
        seen[who] = [(one.product, one.interval, one.times) for one in due]

    assert seen["owner"] == [(abc[1], 100, 3), (abc[0], 100, 3)]
    assert seen["stranger"] == [(abc[0], 100, 3)]
