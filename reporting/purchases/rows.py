"""The row of the table one came from: its key in the address, and which order lines belong to it."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import OuterRef, Q, QuerySet, Subquery

from contacts.models import Address, Company, Person
from offers.models import OrderLine
from reporting.purchases.dimensions import DIMENSIONS, SUPPLY, Key

LENGTHS = {
    "year": relativedelta(years=1),
    "quarter": relativedelta(months=3),
    "month": relativedelta(months=1),
}
# Dimensions whose keys are words.
WORDS = ("industry", "country", "region", "status", "supply")
FIELDS = {"product": "product", "group": "product__group", "owner": "order__owner", "team": "order__team"}
MOST_DIGITS = 12


def typed_key(name: str, text: str) -> Key:
    """The key of a row as an address says it; None for what is none."""
    if name in WORDS:
        return text[:80] or None
    if DIMENSIONS[name].is_time:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return int(text) if text.lstrip("-").isdecimal() and len(text) < MOST_DIGITS else None


def of_row(lines: QuerySet[OrderLine], name: str, key: Key) -> QuerySet[OrderLine]:
    """The order lines that belong to a row."""
    if name == "supply":
        return lines.alias(supply_key=SUPPLY).filter(supply_key=key)
    return lines.filter(_condition(name, key))


def _condition(name: str, key: Key) -> Q:
    """The condition on order lines that they belong to a row."""
    if isinstance(key, date):
        ends_before = key + LENGTHS[name]
        return Q(order__ordered_on__gte=key, order__ordered_on__lt=ends_before)
    if isinstance(key, int):
        if name == "customer":
            return Q(order__company=key) if key > 0 else Q(order__company=None, order__person=-key)
        return Q(**{FIELDS[name]: key})
    if name == "industry":
        return Q(order__company__industry=key)
    if name == "status":
        alone = Q(
            order__company=None, order__person__in=Person.objects.of_customer_status(str(key)).values("pk")
        )
        return Q(order__company__in=Company.objects.of_customer_status(str(key)).values("pk")) | alone
    return _in_place(str(key))


def _in_place(key: str) -> Q:
    """Orders of customers whose main address lies there: a country, or one and the beginning of a code."""
    country, _blank, code = key.partition(" ")

    def there(customers: "QuerySet[Any]", owner: str) -> "QuerySet[Any]":
        main = Address.objects.filter(**{owner: OuterRef("pk")}).order_by("pk")
        place = {
            "main_country": Subquery(main.values("country")[:1]),
            "main_code": Subquery(main.values("postal_code")[:1]),
        }
        found = customers.annotate(**place)
        return found.filter(main_country=country, main_code__startswith=code).values("pk")

    alone = Q(order__company=None, order__person__in=there(Person.objects.all(), "person"))
    return Q(order__company__in=there(Company.objects.all(), "company")) | alone
