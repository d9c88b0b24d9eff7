"""The page of potentials, its filters and sums; the panel of a company; hostile input."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Address
from potentials.models import Potential
from tests.conftest import log_in
from tests.factories import CompanyFactory, PotentialFactory, ProductGroupFactory

pytestmark = pytest.mark.django_db

URL = "/potentials/"


def place(name: str, postal_code: str, country: str = "DE", **facts: object):
    company = CompanyFactory(name=name, **facts)
    Address.objects.create(company=company, postal_code=postal_code, city="Ort", country=country)
    return company


def names(response) -> list[str]:
    return [potential.company.name for potential in response.context["page"].rows]


@pytest.fixture
def three(people) -> None:
    solar = ProductGroupFactory(name="Photovoltaik")
    north = place("Nord", "20457", owner=people.owner, industry="Pflege")
    PotentialFactory(company=north, group=solar, demand=Decimal(300))
    PotentialFactory(company=place("Wien", "1010", "AT"), demand=Decimal(900), currency="CHF")
    PotentialFactory(
        company=place("Süd", "80331", owner=people.stranger), demand=Decimal(500), stated_share=Decimal("0.9")
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Wien", "Nord", "Süd"]),
        ("owner=me", ["Nord"]),
        ("owner=none", ["Wien"]),
        ("region=20", ["Nord"]),
        ("region=at", ["Wien"]),
        ("region=DE 8", ["Süd"]),
        ("industry=Pflege", ["Nord"]),
        ("q=sud", ["Süd"]),
        ("currency=CHF", ["Wien"]),
        ("owner=999999999999&region=%00&year=12345&group=x&industry=y", ["Wien", "Nord", "Süd"]),
        ("region=20'--&cursor=broken&by=nothing", ["Wien", "Nord", "Süd"]),
    ],
)
def test_the_most_open_stand_on_top_and_each_filter_finds_its_own(client, people, three, query, found):
    log_in(client, people, "owner")

    response = client.get(f"{URL}?{query}")

    assert response.status_code == 200
    assert names(response) == found


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("owner", {"Vorname", "niemand"}),
        ("region", {"DE 2", "DE 8", "AT 1"}),
        ("group", {"Photovoltaik"}),
    ],
)
def test_the_sums_add_up_and_lead_to_what_they_count(client, people, three, by, labels):
    log_in(client, people, "owner")

    listing = client.get(f"{URL}?by={by}").context["listing"]

    totals = {total.currency: total.open_value for total in listing.totals}
    summed: dict[str, Decimal] = {}
    for group in listing.groups:
        summed[group.total.currency] = summed.get(group.total.currency, Decimal(0)) + group.total.open_value
        rows = client.get(f"{URL}{group.query}").context["page"].rows
        assert sum(row.open_value for row in rows) == group.total.open_value
    assert summed == totals
    shown = " ".join(group.label for group in listing.groups)
    assert all(label in shown for label in labels)


def test_a_longer_list_asks_no_more_questions(client, people, count_queries):
    log_in(client, people, "owner")
    company, numbers = CompanyFactory(), []
    for many in (2, 18):
        for _index in range(many):
            PotentialFactory(company=company)
        counted = []
        for url in (URL, f"{URL}?by=group", reverse("potentials:company_panel", args=[company.pk])):
            client.get(url)
            with count_queries() as queries:
                client.get(url)
            counted.append(len(queries))
        numbers.append(counted)

    assert numbers[0] == numbers[1]


def test_an_estimate_is_entered_in_the_dialog_and_the_panel_is_told(client, people):
    log_in(client, people, "owner")
    company, group = CompanyFactory(), ProductGroupFactory()
    url = reverse("potentials:potential_add", args=[company.pk])
    said = {"group": group.pk, "demand": "12.500,50", "currency": "EUR", "stated_share": "12,5"}
    said |= {"estimated_on": timezone.localdate().isoformat(), "form_key": uuid4()}

    assert client.get(url, headers={"HX-Request": "true"}).status_code == 200
    response = client.post(url, said, headers={"HX-Request": "true"})

    assert response.status_code == 204
    assert "potentials-changed" in response["HX-Trigger"]
    potential = Potential.objects.get()
    assert (potential.demand, potential.stated_share, potential.year) == (
        Decimal("12500.50"),
        Decimal("0.125"),
        None,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"demand": "-1"},
        {"demand": "1e99"},
        {"stated_share": "101"},
        {"estimated_on": "9999-01-01"},
        {"estimated_on": "0001-01-01"},
        {"group": "999999999999999999999"},
        {"source": "x" * 200},
        {"form_key": "x"},
    ],
)
def test_what_makes_no_sense_comes_back_with_the_form(client, people, wrong):
    log_in(client, people, "owner")
    said = {"group": ProductGroupFactory().pk, "demand": "5", "currency": "EUR", "form_key": uuid4()}
    said["estimated_on"] = "2026-01-01"
    url = reverse("potentials:potential_add", args=[CompanyFactory().pk])

    assert client.post(url, {**said, **wrong}).status_code == 422
    assert not Potential.objects.exists()
