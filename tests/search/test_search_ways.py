"""The ways by which the search finds: parts of numbers and addresses, keys, places, numbers of orders."""

from datetime import date

import pytest
from django.urls import reverse

from search.finding import find
from tests.conftest import log_in
from tests.factories import (
    ChannelFactory,
    CompanyFactory,
    DealFactory,
    OrderFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SIZE = 6


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def company(user):
    company = CompanyFactory(
        name="Möller Söhne", customer_number="K-1007", external_id="crm-55", vat_id="DE136695976"
    )
    ChannelFactory(company=company, value="+494311234567")
    ChannelFactory(company=company, kind="email", value="Einkauf@moeller-soehne.example")
    company.addresses.create(postal_code="24103", city="Lübeck-Travemünde")
    CompanyFactory(name="Petersen Bau", customer_number="K-2000").addresses.create(city="Lübeck")
    return company


@pytest.mark.parametrize(
    "text",
    [
        "0431 123 45 67",
        "+49 431/1234",
        "31123",
        "4567",
        "+49 (0) 431 1234567",
        "einkauf@moeller",
        "moeller-soehne.example",
        "K-1007",
        "crm-55",
        "DE 136695976",
        "de136695976",
        "möller",
        "ller söhn",
        "Möller Lübeck",
        "travemunde",
        "Moeler Söhne",
    ],
)
def test_a_customer_is_found(user, company, text):
    assert find(user, text, size=SIZE).companies == [company]


def test_the_name_comes_before_the_place(user, company):
    named = CompanyFactory(name="Lübecker Werft")

    assert [row.name for row in find(user, "lübeck", size=SIZE).companies] == [
        "Lübecker Werft",
        "Möller Söhne",
        "Petersen Bau",
    ]
    assert named.pk


def test_a_person_is_found_by_a_part_of_their_number(user):
    person = PersonFactory()
    ChannelFactory(company=None, person=person, kind="mobile", value="+4917612345678")

    assert find(user, "0176 123", size=SIZE).persons == [person]


@pytest.mark.parametrize(
    "text", ["%", "_", "%%%%", "(((", "+", "0", "++++----", "@@@@", "a@", "....", "1" * 100, "ß ü é"]
)
def test_odd_texts_find_nothing_and_break_nothing(user, company, text):
    found = find(user, text, size=SIZE)

    assert company not in found.companies


def test_an_order_is_found_by_its_number_by_those_who_may_see_it(client, people, settings):
    settings.DEAL_VISIBILITY = "own"
    deal = DealFactory(owner=people.owner)
    order = OrderFactory(number="A-2026-0042", deal=deal, company=deal.company, ordered_on=date(2026, 3, 1))

    assert find(people.owner, "A-2026-00", size=SIZE).orders == [order]
    assert find(people.stranger, "A-2026-00", size=SIZE).orders == []
    log_in(client, people, "owner")
    page = client.get(reverse("search:results"), {"q": "A-2026-0042"}).content.decode()
    assert reverse("offers:order_detail", args=[order.pk]) in page


def test_a_common_word_finds_the_newest_open_deals_first(user, monkeypatch):
    monkeypatch.setattr("search.finding.COMMON", 2)
    deals = [DealFactory(company=CompanyFactory(name=f"Bau {number}"), title="Halle") for number in range(3)]

    assert find(user, "bau", size=SIZE).deals == deals[::-1]
