"""Exchange rates: read from files, entered once, and each amount converted by the rate of its day."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.urls import reverse

from catalog.actions import enter_rates
from catalog.errors import RateFileUnread
from catalog.models import ExchangeRate
from catalog.rate_files import Rate, read_rates
from catalog.rates import converted
from offers.actions import LineFacts
from offers.models import OrderLine
from tests.conftest import log_in
from tests.factories import OrderFactory, ProductFactory

pytestmark = pytest.mark.django_db

ECB = b"Date,USD,CHF,\n2026-01-05,1.1,0.94,\n2026-01-02,1.2,N/A,\n"
OURS = "\ufeffcurrency;day;per_euro\nchf;2026-01-05;0,94\nUSD;2026-01-05;1.1\n".encode()
READ = [Rate("CHF", date(2026, 1, 5), Decimal("0.94"))]


@pytest.mark.parametrize("content", [ECB, OURS])
def test_both_kinds_of_file_are_read(content):
    assert read_rates(content, ["CHF"]) == READ


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"a,b\n1,2\n",
        b"Date,CHF\nnever,0.9\n",
        b"Date,CHF\n2026-01-05,NaN\n",
        b"Date,CHF\n2026-01-05,-1\n",
        b"Date,CHF\n2026-01-05,1e999999\n",
        b"currency;day;per_euro\nCHF\n",
    ],
)
def test_what_is_no_rate_is_refused(content):
    with pytest.raises(RateFileUnread):
        read_rates(content, ["CHF"])


def test_entering_twice_changes_nothing_and_another_number_replaces():
    assert enter_rates(READ, source="EZB") == 1
    assert enter_rates(READ, source="EZB") == 0
    assert enter_rates([READ[0]._replace(per_euro=Decimal("0.95"))], source="von Hand") == 1
    assert ExchangeRate.objects.get().per_euro == Decimal("0.95")


def ordered(day: date, amount: int, currency: str) -> None:
    line = LineFacts("Ware", Decimal(1), Decimal(amount), product=ProductFactory())
    OrderFactory(ordered_on=day, currency=currency, lines=[line])


@pytest.mark.parametrize(("to", "sums"), [("EUR", [100, 200, None, 50]), ("CHF", [50, 100, None, 25])])
def test_each_amount_counts_by_the_rate_of_its_day(to, sums):
    enter_rates([Rate("CHF", date(2026, 1, 5), Decimal("0.5"))], source="")
    for day, amount, currency in (
        (date(2026, 1, 5), 50, "CHF"),
        (date(2026, 3, 1), 100, "CHF"),
        (date(2026, 1, 4), 100, "CHF" if to == "EUR" else "EUR"),
        (date(2026, 3, 1), 50, "EUR"),
    ):
        ordered(day, amount, currency)

    amount = converted("net", currency="order__currency", day="order__ordered_on", to=to)
    found = OrderLine.objects.order_by("pk").annotate(amount=amount).values_list("amount", flat=True)

    assert list(found) == sums
    assert OrderLine.objects.aggregate(total=Sum(amount))["total"] == sum(filter(None, sums))


def test_purchases_in_one_currency_say_by_which_rates_and_what_is_left_out(client, people):
    enter_rates([Rate("CHF", date(2026, 1, 5), Decimal("0.5"))], source="EZB")
    ordered(date(2026, 1, 6), 100, "EUR")
    ordered(date(2026, 1, 6), 100, "CHF")
    ordered(date(2025, 1, 6), 100, "CHF")
    log_in(client, people, "owner")

    answer = client.get(reverse("reporting:purchases"), {"currency": "all", "period": "all"})

    page = answer.context["page"]
    assert (page.cube.total.cells, page.conversion.without_rate) == ([Decimal(300)], 1)
    assert [rate.currency for rate in page.conversion.rates] == ["CHF"]


def test_admins_take_a_file(client, people):
    log_in(client, people, "admin")
    url = reverse("admin:catalog_exchangerate_import")
    assert client.get(url).status_code == 200

    client.post(url, {"file": SimpleUploadedFile("ezb.csv", ECB), "currencies": "CHF, USD"})
    wrong = client.post(url, {"file": SimpleUploadedFile("x.csv", b"a,b"), "currencies": "CHF"})

    assert ExchangeRate.objects.count() == 3
    assert wrong.status_code == 200
    log_in(client, people, "owner")
    assert client.get(url).status_code in (302, 403)
