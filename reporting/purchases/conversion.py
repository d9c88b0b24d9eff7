"""By which rates a table was converted, and what could not be."""

from dataclasses import dataclass

from django.conf import settings

from catalog.models import ExchangeRate
from catalog.rates import rate_of, rate_to
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
    latest = ExchangeRate.objects.filter(currency__in=currencies).order_by("currency", "-valid_from")
    known = others.alias(own_rate=rate_of("currency", "ordered_on"), rate=rate_to(to, "ordered_on"))
    missing = known.filter(own_rate=None) | known.filter(rate=None)
    return Conversion(to, list(latest.distinct("currency")), missing.count())
