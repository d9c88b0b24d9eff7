"""By which rates a table was converted, and what could not be."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Min

from catalog.models import ExchangeRate
from catalog.models.rate import BASE
from offers.models import OrderQuerySet


@dataclass(frozen=True)
class Conversion:
    """The currency amounts were converted to, the last rate of each other one, and what was left out."""

    to: str
    rates: list[ExchangeRate]
    without_rate: int


def read_conversion(orders: OrderQuerySet, to: str = settings.DEFAULT_CURRENCY) -> Conversion:
    """The rates these orders were converted by; each by that of its own day."""
    others = orders.order_by().exclude(currency=to)
    currencies = set(others.values_list("currency", flat=True).distinct()) | {to}
    rates = ExchangeRate.objects.filter(currency__in=currencies).order_by()
    latest = rates.order_by("currency", "-valid_from")
    first = dict(rates.values_list("currency").annotate(first_on=Min("valid_from")))
    # From when on both are known, the order's currency and the one asked for.
    begins = {code: max(_first(first, code), _first(first, to)) for code in currencies - {to}}
    missing = sum(others.filter(currency=code, ordered_on__lt=day).count() for code, day in begins.items())
    return Conversion(to, list(latest.distinct("currency")), missing)


def _first(first: dict[str, date], currency: str) -> date:
    """The day of its first rate; that of the euro was always, that of an unknown currency never comes."""
    return date.min if currency == BASE else first.get(currency, date.max)
