"""What a product costs whom: lists of the customer, of their group, for everyone, and the list price."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.models import CustomerGroup, CustomerGroupMember, PriceList, PriceListItem
from catalog.pricing import PriceRule, price_of
from tests.factories import CompanyFactory, PersonFactory, ProductFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def listed(product, price, start=0, **whose) -> PriceList:
    prices = PriceList.objects.create(**{"name": "Liste", "valid_from": date(2026, 1, 1), **whose})
    PriceListItem.objects.create(price_list=prices, product=product, price=price, from_quantity=start)
    return prices


def price(product, customer=None, quantity=1, day=DAY, currency="EUR") -> tuple[Decimal | None, PriceRule]:
    found = price_of(product, customer, Decimal(quantity), day, currency)
    return found.amount, found.rule


def test_the_list_nearest_to_the_customer_goes_first():
    product, company, member = ProductFactory(price=100), CompanyFactory(), CompanyFactory()
    group = CustomerGroup.objects.create(name="Händler")
    CustomerGroupMember.objects.create(group=group, company=member)
    CustomerGroupMember.objects.create(group=group, company=company)

    assert price(product) == (100, PriceRule.LIST)
    listed(product, 95)
    listed(product, 90, group=group)
    listed(product, 80, company=company)

    assert price(product, CompanyFactory()) == (95, PriceRule.GENERAL)
    assert price(product, member) == (90, PriceRule.GROUP)
    assert price(product, company) == (80, PriceRule.OWN)
    assert price(product, PersonFactory()) == (95, PriceRule.GENERAL)


def test_prices_hold_between_their_days_and_in_their_currency():
    product = ProductFactory(price=100)
    listed(product, 90, valid_until=date(2026, 6, 1))
    listed(product, 110, currency="CHF")

    assert price(product) == (90, PriceRule.GENERAL)
    assert price(product, day=date(2026, 6, 2)) == (100, PriceRule.LIST)
    assert price(product, currency="CHF") == (110, PriceRule.GENERAL)
    assert price(product, day=date(2025, 12, 31), currency="CHF") == (None, PriceRule.NONE)


def test_the_more_the_cheaper_and_too_few_pay_the_next_list():
    product = ProductFactory(price=100)
    prices = listed(product, 90, start=10)
    PriceListItem.objects.create(price_list=prices, product=product, price=80, from_quantity=100)

    assert [price(product, quantity=amount)[0] for amount in (9, 10, 99, 100)] == [100, 90, 90, 80]


def test_of_two_alike_the_one_that_began_later_holds():
    product = ProductFactory(price=100)
    listed(product, 90, valid_from=date(2026, 3, 1))
    listed(product, 95)

    assert price(product)[0] == 90
