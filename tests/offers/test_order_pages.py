"""The pages of orders: list, file, form, and what was bought."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Company
from core.pagination import PAGE_SIZE
from lists.models import ExportLog
from offers.actions import LineFacts, cancel_order
from offers.bought import read_customer_orders, usual_interval
from offers.columns import order_columns
from offers.models import Order
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, OrderFactory, ProductFactory, won

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def line(text="Blech", quantity=2, price=50, **more) -> LineFacts:
    return LineFacts(text, Decimal(quantity), Decimal(price), **more)


def sent(people, **changes) -> dict[str, object]:
    return {
        "ordered_on": TODAY().isoformat(),
        "currency": "EUR",
        "owner": people.owner.pk,
        "lines-TOTAL_FORMS": 3,
        "lines-INITIAL_FORMS": 0,
        "lines-0-product": "",
        "lines-0-product_text": "Montage vor Ort",
        "lines-0-quantity": "1,5",
        "lines-0-unit_price": "80,1234",
        "lines-0-discount": "10",
        "lines-0-vat_rate": "19",
        "lines-1-product": "",
        "lines-1-product_text": "",
        "lines-1-vat_rate": "19",
        "lines-2-vat_rate": "19",
        **changes,
    }


@pytest.fixture
def owner(client, people):
    return log_in(client, people, "owner")


def test_an_order_is_entered_with_its_lines(client, people, owner):
    company, product = CompanyFactory(), ProductFactory(name="Wallbox", price=Decimal("1190"), unit="Stück")
    lines = {"lines-1-product": product.pk, "lines-1-product_text": "Wallbox", "lines-1-quantity": "2"}

    answer = client.post(reverse("offers:order_add"), sent(people, company=company.pk, **lines))

    order = Order.objects.get()
    assert answer.url == order.get_absolute_url()
    assert [(row.text, row.unit, row.net) for row in order.lines.all()] == [
        ("Montage vor Ort", "", Decimal("108.17")),
        ("Wallbox", "Stück", Decimal("2380.00")),
    ]
    assert order.lines.first().discount == Decimal("0.1")


def test_from_a_won_deal_the_form_is_filled_in(client, people, owner):
    deal = won(DealFactory(owner=people.owner, value=Decimal(4000), product=ProductFactory(name="Speicher")))
    url = f"{reverse('offers:order_add')}?deal={deal.pk}"

    form = client.get(url).context["draft"]
    client.post(url, sent(people))

    assert form.lines.forms[0]["unit_price"].value() == Decimal(4000)
    assert form.lines.forms[0]["product"].value() == deal.product_id
    assert "company" not in form.form.fields
    assert (Order.objects.get().deal, Order.objects.get().company) == (deal, deal.company)


@pytest.mark.parametrize(
    "wrong",
    [
        {"company": ""},
        {"ordered_on": "1.1.0001"},
        {"ordered_on": (timezone.localdate() + timedelta(days=1)).isoformat()},
        {"lines-0-quantity": "-3"},
        {"lines-0-quantity": "NaN"},
        {"lines-0-unit_price": "1e400"},
        {"lines-0-vat_rate": "101"},
        {"lines-0-product_text": ""},
        {"lines-0-product_text": "x" * 5000},
        {"lines-0-product": "9" * 40},
        {"lines-TOTAL_FORMS": "99999999"},
        {"lines-TOTAL_FORMS": "x"},
        {"currency": "€"},
        {"number": "\0"},
    ],
)
def test_what_is_no_order_comes_back_with_what_was_typed(client, people, owner, wrong):
    data = sent(people, company=CompanyFactory().pk) | wrong

    answer = client.post(reverse("offers:order_add"), data)
    totals = client.post(reverse("offers:order_totals"), data)

    assert answer.status_code == 422
    assert totals.status_code == 200
    assert not Order.objects.exists()


def test_without_a_line_there_is_no_order(client, people, owner):
    data = sent(people, company=CompanyFactory().pk) | {"lines-TOTAL_FORMS": 0}

    answer = client.post(reverse("offers:order_add"), data)

    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_who_saves_second_is_told_and_loses_nothing(client, people, owner):
    order = OrderFactory(owner=people.owner)
    url, data = reverse("offers:order_edit", args=[order.pk]), sent(people, company=order.company_id)

    first = client.post(url, {**data, "version": 1, "note": "eins"})
    second = client.post(url, {**data, "version": 1, "note": "zwei"})
    third = client.post(url, {**data, "version": 2, "note": "zwei"})

    assert [answer.status_code for answer in (first, second, third)] == [302, 409, 302]
    assert "zwei" in second.content.decode()
    order.refresh_from_db()
    assert order.note == "zwei"


def test_a_line_keeps_the_name_its_product_had_then(client, people, owner):
    product = ProductFactory(name="Wallbox")
    order = OrderFactory(owner=people.owner, lines=[line("Wallbox", product=product)])
    product.name = "Wallbox II"
    product.save()
    url = reverse("offers:order_edit", args=[order.pk])
    lines = {"lines-INITIAL_FORMS": 2, "lines-0-product": product.pk}

    client.post(url, {**sent(people, company=order.company_id), "version": 1, **lines})

    assert order.lines.get().text == "Wallbox"


def test_totals_are_those_of_the_lines_that_make_sense(client, people, owner):
    answer = client.post(reverse("offers:order_totals"), sent(people) | {"lines-2-quantity": "?"})

    text = answer.content.decode()
    assert "108,17" in text
    assert "128,72" in text


def test_the_list_is_asked_by_customer_day_product_and_state(client, people, owner):
    product = ProductFactory()
    mine = OrderFactory(
        company=CompanyFactory(name="Öhler KG"), ordered_on=TODAY() - timedelta(days=9), number="A-77"
    )
    other = OrderFactory(lines=[line(product=product)])
    called_off = cancel_order(OrderFactory(), reason="x", actor=people.owner)
    url = reverse("offers:order_list")

    def found(**query):
        return set(client.get(url, query).context["page"].rows)

    assert found() == {mine, other}
    assert found(q="ohler") == {mine}
    assert found(q="a-7") == {mine}
    assert found(until=(TODAY() - timedelta(days=1)).isoformat()) == {mine}
    assert found(product=product.pk) == {other}
    assert found(cancelled="on") == {called_off}
    assert found(company=mine.company_id) == {mine}
    assert found(owner="x", since="nie", product="9" * 30, cursor="?") == {mine, other}


def test_the_list_says_what_all_of_its_orders_come_to_per_currency(client, people, owner):
    OrderFactory(lines=[line(price=100)])
    OrderFactory(lines=[line(price=50)])
    OrderFactory(lines=[line(price=7)], currency="CHF")

    context = client.get(reverse("offers:order_list")).context

    assert context["totals"] == [("EUR", Decimal("300.00")), ("CHF", Decimal("14.00"))]


@pytest.mark.parametrize("name", ["order_list", "company_orders", "product_buyers", "product_list"])
def test_twenty_rows_ask_no_more_than_two(client, people, owner, count_queries, name):
    company, product = CompanyFactory(), ProductFactory()
    app = "catalog" if name == "product_list" else "offers"
    args = {"company_orders": [company.pk], "product_buyers": [product.pk]}.get(name, [])

    def more(count):
        for _ in range(count):
            extra = ProductFactory()
            OrderFactory(company=company, lines=[line(product=product), line(product=extra)])
            OrderFactory(lines=[line(product=product)])

    counts = []
    for count in (2, 18):
        more(count)
        with count_queries() as counted:
            client.get(reverse(f"{app}:{name}", args=args))
        counts.append(len(counted))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("file_format", ["csv_l", "xlsx_l"])
def test_orders_go_out_as_a_file_with_a_row_for_each_line(client, people, owner, file_format):
    OrderFactory(
        company=CompanyFactory(name="=cmd()"), number="A-1", lines=[line(), line("Montage", "0.5", "80.1234")]
    )

    answer = client.post(reverse("lists:list_export", args=["orders"]), {"format": file_format, "query": ""})

    content = b"".join(answer.streaming_content)
    taken = ExportLog.objects.get()
    assert (taken.by, taken.page, taken.file_format, taken.rows) == (people.owner, "orders", file_format, 1)
    if file_format == "csv_l":
        rows = content.decode("utf-8-sig").splitlines()
        assert len(rows) == 3
        assert rows[2].split(";")[3:4] == ["'=cmd()"]
        assert "0,500" in rows[2]
    else:
        assert content.startswith(b"PK")


def test_the_list_as_a_file_has_its_order_and_its_columns(client, people, owner):
    for name, price in (("Zander KG", 10), ("Öhler KG", 30), ("Möller KG", 20)):
        OrderFactory(company=CompanyFactory(name=name), lines=[line(price=price)])
    query = "sort=customer&columns=net"

    answer = client.post(reverse("lists:list_export", args=["orders"]), {"format": "csv", "query": query})

    heads, *rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert heads.split(";")[-2:] == ["Netto", "Währung"]
    assert [row.split(";")[1] for row in rows] == ["Möller KG", "Öhler KG", "Zander KG"]


@pytest.mark.parametrize("sort", ["customer", "-number", "ordered", "-net", "owner", "created"])
def test_orders_are_sorted_by_each_column_and_paged(client, people, owner, sort):
    for count in range(PAGE_SIZE + 3):
        OrderFactory(number=f"N-{count % 7}-{count}", lines=[line(price=count % 5 + 1)])
    url, seen, cursor = reverse("offers:order_list"), [], ""

    for _page in range(2):
        page = client.get(url, {"sort": sort, "cursor": cursor}).context["page"]
        seen, cursor = seen + page.rows, page.next_cursor

    key = order_columns().order_of(sort)[0].lstrip("-")
    values = [getattr(order, key) for order in seen]
    assert len({order.pk for order in seen}) == len(seen) == PAGE_SIZE + 3
    assert values == sorted(values, reverse=sort.startswith("-"))


def test_what_was_bought_says_how_much_how_often_and_when_it_is_due(people):
    company, product = CompanyFactory(), ProductFactory(name="Filter")
    for days_ago in (90, 60, 30):
        OrderFactory(
            company=company,
            ordered_on=TODAY() - timedelta(days=days_ago),
            lines=[line(product=product, quantity=2, price=10, unit="Satz"), line("Fracht", 1, 5)],
        )
    cancel_order(OrderFactory(company=company, lines=[line(product=product)]), reason="", actor=people.owner)
    OrderFactory(company=company, deal=DealFactory(company=company), lines=[line(product=product)])

    shown = read_customer_orders(people.owner, company)

    assert shown.count == 5
    filters, freight = shown.bought
    assert (filters.name, filters.quantity, filters.net) == ("Filter", Decimal(6), Decimal(60))
    assert (filters.first_on, filters.last_on) == (
        TODAY() - timedelta(days=90),
        TODAY() - timedelta(days=30),
    )
    assert (filters.interval, filters.due_on, filters.is_overdue) == (30, TODAY(), False)
    assert (freight.name, freight.net) == ("Fracht", Decimal(15))


def test_a_rhythm_is_the_median_of_the_days_between_and_needs_three_days():
    day = date(2026, 1, 1)

    def after(*days):
        return tuple(day + timedelta(days=n) for n in days)

    assert usual_interval(after(0, 30)) is None
    assert usual_interval(after(0, 30, 60)) == 30
    assert usual_interval(after(0, 10, 20, 220)) == 10


def test_what_others_deals_brought_is_not_told_where_deals_are_ones_own(client, people, settings):
    settings.DEAL_VISIBILITY = "own"
    company, product = CompanyFactory(), ProductFactory()
    deal = won(DealFactory(owner=people.owner, company=company))
    OrderFactory(owner=people.owner, deal=deal, number="GEHEIM", lines=[line(product=product)])
    log_in(client, people, "stranger")

    for name, args in (
        ("company_orders", [company.pk]),
        ("product_buyers", [product.pk]),
        ("order_list", []),
    ):
        text = client.get(reverse(f"offers:{name}", args=args)).content.decode()
        assert "GEHEIM" not in text
        assert company.name not in text or name == "order_list"


def test_a_company_shows_what_kind_of_customer_it_is(client, people, owner):
    company = CompanyFactory()
    OrderFactory(company=company)

    text = client.get(company.get_absolute_url()).content.decode()

    assert "Neukunde" in text
    assert Company.objects.of_customer_status("new").get() == company
