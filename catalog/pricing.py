"""What a product costs a customer: which price applies, and by which rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import PriceList, PriceListItem, Product
from contacts.models import Company, Person


class PriceRule(models.TextChoices):
    """Where a price comes from, the nearest to the customer first."""

    OWN = "own", _("Agreed with this customer")
    GROUP = "group", _("Price list of the customer group")
    GENERAL = "general", _("Price list for everyone")
    LIST = "list", _("List price")
    NONE = "none", _("No price in this currency")


NEAREST = (PriceRule.OWN, PriceRule.GROUP, PriceRule.GENERAL)


@dataclass(frozen=True)
class Price:
    """What one costs, net, and why; `steps` are the graduated prices of the same list (from, price)."""

    amount: Decimal | None
    rule: PriceRule
    price_list: PriceList | None = None
    steps: tuple[tuple[Decimal, Decimal], ...] = ()


def price_of(
    product: Product, customer: Company | Person | None, quantity: Decimal, day: date, currency: str
) -> Price:
    """The price of a product for this customer, of this quantity, on this day.

    The customer's own list goes before that of their group, that before the lists for everyone, those before
    the list price; of two alike the one that began later. A list that has no price for so few is passed over.
    """
    lists = PriceList.objects.valid_on(day).for_customer(customer).filter(currency=currency)
    items = PriceListItem.objects.filter(product=product, price_list__in=lists).select_related("price_list")
    return choose(product, items, quantity, currency)


def choose(product: Product, items: Iterable[PriceListItem], quantity: Decimal, currency: str) -> Price:
    """The price among those of all lists that hold for the customer."""
    by_list: dict[PriceList, list[PriceListItem]] = {}
    for item in items:
        by_list.setdefault(item.price_list, []).append(item)
    newest_first = sorted(by_list, key=lambda one: (one.valid_from, one.pk), reverse=True)
    for price_list in sorted(newest_first, key=lambda one: NEAREST.index(rule_of(one))):
        steps = sorted((item.from_quantity, item.price) for item in by_list[price_list])
        reached = [price for start, price in steps if start <= quantity]
        if reached:
            return Price(reached[-1], rule_of(price_list), price_list, tuple(steps))
    if product.price is not None and product.currency == currency:
        return Price(product.price, PriceRule.LIST)
    return Price(None, PriceRule.NONE)


def rule_of(price_list: PriceList) -> PriceRule:
    """How near a list is to the customer."""
    if price_list.is_own:
        return PriceRule.OWN
    return PriceRule.GROUP if price_list.group_id else PriceRule.GENERAL
