"""Which VAT is due, from the rates that come with the product."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.vat import VatTable, VatTreatment, vat_for

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
OWN, ABROAD, REVERSE, EXPORT = (
    VatTreatment.OWN,
    VatTreatment.ABROAD,
    VatTreatment.REVERSE,
    VatTreatment.EXPORT,
)


@pytest.mark.parametrize(
    ("category", "country", "vat_id", "is_business", "rate", "why"),
    [
        ("standard", "DE", "", True, "0.19", OWN),
        ("reduced", "DE", "", False, "0.07", OWN),
        ("special", "DE", "", False, "0.07", OWN),
        ("zero", "DE", "", False, "0", OWN),
        ("standard", "", "", True, "0.19", OWN),
        ("standard", "DE", "DE123456789", True, "0.19", OWN),
        ("standard", "AT", "ATU12345678", True, "0", REVERSE),
        ("standard", "GR", " el123456789", True, "0", REVERSE),
        ("standard", "AT", "", True, "0.19", OWN),
        ("standard", "AT", "ATU12345678", False, "0.20", ABROAD),
        ("reduced", "AT", "", False, "0.10", ABROAD),
        ("special", "AT", "", False, "0.13", ABROAD),
        ("standard", "FR", "", False, "0.19", OWN),
        ("standard", "CH", "CHE123456789", True, "0.081", ABROAD),
        ("reduced", "CH", "", False, "0.026", ABROAD),
        ("special", "CH", "", False, "0.038", ABROAD),
        ("standard", "US", "", True, "0", EXPORT),
    ],
)
def test_vat_follows_country_id_and_kind_of_customer(category, country, vat_id, is_business, rate, why):
    vat = vat_for(category, country, vat_id, is_business, DAY, table=VatTable.read())

    assert (vat.rate, vat.treatment) == (Decimal(rate), why)


@pytest.mark.parametrize(
    ("day", "rate"),
    [(date(2020, 6, 30), "0.19"), (date(2020, 7, 1), "0.16"), (date(2021, 1, 1), "0.19")],
)
def test_a_rate_holds_from_its_day(day, rate):
    assert vat_for("standard", "DE", "", True, day, table=VatTable.read()).rate == Decimal(rate)
