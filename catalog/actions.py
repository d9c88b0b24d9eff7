"""Every write to the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from catalog.errors import NumberTaken
from catalog.models import Billing, ExchangeRate, Product, ProductGroup, VatCategory
from catalog.rate_files import Rate
from core import events


@dataclass(frozen=True)
class ProductFacts:
    """What is said of a product."""

    number: str
    name: str
    group: ProductGroup | None = None
    unit: str = ""
    price: Decimal | None = None
    currency: str = "EUR"
    is_active: bool = True
    name_en: str = ""
    description_de: str = ""
    description_en: str = ""
    cost: Decimal | None = None
    floor_price: Decimal | None = None
    vat_category: str = VatCategory.STANDARD
    billing: str = Billing.ONCE


@transaction.atomic
def add_product(facts: ProductFacts, *, actor: User) -> Product:
    """Take a product into the catalogue; NumberTaken when its number is another's."""
    _refuse_taken(facts.number, None)
    product = Product.objects.create(**_values(facts))
    events.record("product.added", product, actor=actor)
    return product


@transaction.atomic
def edit_product(product: Product, facts: ProductFacts, *, actor: User) -> Product:
    """Change what the catalogue says; what was ordered keeps the name and price it had then."""
    product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    _refuse_taken(facts.number, product)
    for name, value in _values(facts).items():
        setattr(product, name, value)
    product.save()
    events.record("product.edited", product, actor=actor)
    return product


def _refuse_taken(number: str, itself: Product | None) -> None:
    same = Product.objects.filter(number=number)
    if (same.exclude(pk=itself.pk) if itself else same).exists():
        raise NumberTaken


def _values(facts: ProductFacts) -> dict[str, object]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


@transaction.atomic
def enter_rates(rates: Iterable[Rate], *, source: str) -> int:
    """Enter exchange rates; answer how many were new or other than before.

    A rate of a currency and day that is there already takes the new number. Twice changes nothing.
    """
    found = {(rate.currency, rate.day): rate for rate in rates}
    days = [day for _currency, day in found]
    known = {
        (row.currency, row.valid_from): row
        for row in ExchangeRate.objects.select_for_update().filter(valid_from__in=days)
    }
    count = 0
    new = []
    for key, rate in found.items():
        row = known.get(key)
        if row is None:
            new.append(
                ExchangeRate(currency=key[0], valid_from=key[1], per_euro=rate.per_euro, source=source)
            )
        elif row.per_euro != rate.per_euro:
            row.per_euro, row.source = rate.per_euro, source
            row.save(update_fields=["per_euro", "source"])
            count += 1
    ExchangeRate.objects.bulk_create(new, batch_size=1000)
    return count + len(new)
