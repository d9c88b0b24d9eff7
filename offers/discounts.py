"""What was taken off in offers so far, and how often they were won: counts with their intervals, no cause.

A deal counts once, with the last version that was sent to its customer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from math import sqrt
from statistics import median

from django.db.models import DecimalField, F, Q, QuerySet, Sum
from django.db.models.functions import Round
from django.utils import timezone

from offers.models import OfferVersion
from pipeline.models import Deal, Outcome

YEAR = timedelta(days=365)
LOOKED_AT = 2 * YEAR
MOST_DEALS = 3000
Z = 1.959964
# Fewer cases say nothing about anybody's habit.
FEWEST = 5
BOUNDS = (Decimal(0), Decimal("0.05"), Decimal("0.1"), Decimal("0.15"), Decimal(1))


@dataclass(frozen=True)
class Band:
    """Deals whose discount was above `low` and at most `high`; without any where both are 0."""

    low: Decimal
    high: Decimal
    deals: int
    won: int

    @property
    def rate(self) -> float | None:
        """The part that was won."""
        return self.won / self.deals if self.deals else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """In which the true part lies with 95 % (Wilson)."""
        return wilson(self.won, self.deals) if self.deals else None

    @property
    def is_few(self) -> bool:
        """Whether the count says little."""
        return self.deals < FEWEST


@dataclass(frozen=True)
class Usual:
    """The discount in the middle of some deals."""

    rate: Decimal | None
    deals: int


def wilson(won: int, of: int) -> tuple[float, float]:
    """The Wilson interval of a share, 95 %."""
    share, square = won / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def bands(closed: Iterable[tuple[Decimal, bool]]) -> list[Band]:
    """Closed deals by their discount: none, up to 5 %, 10 %, 15 %, more."""
    rows = list(closed)
    found = []
    for low, high in zip((Decimal(-1), *BOUNDS), BOUNDS, strict=False):
        inside = [is_won for discount, is_won in rows if low < discount <= high]
        found.append(Band(max(low, Decimal(0)), high, len(inside), sum(inside)))
    return found


def read_bands() -> list[Band]:
    """Of the deals closed in the last two years."""
    deals = Deal.objects.filter(
        outcome__in=[Outcome.WON, Outcome.LOST], voided_at=None, closed_at__gte=timezone.now() - LOOKED_AT
    )
    return bands((discount, outcome == Outcome.WON) for discount, outcome in _discounts(deals))


def usual_of(deals: QuerySet[Deal]) -> Usual:
    """Of these deals, the offers sent within a year."""
    since = timezone.now() - YEAR
    return middle([discount for discount, _outcome in _discounts(deals.filter(voided_at=None), since)])


def middle(discounts: Sequence[Decimal]) -> Usual:
    """The one in the middle; nothing is said of fewer than five."""
    return Usual(median(discounts) if len(discounts) >= FEWEST else None, len(discounts))


def _discounts(deals: QuerySet[Deal], since: datetime | None = None) -> list[tuple[Decimal, str]]:
    """Of each deal's last sent version the part of its list price that was taken off, and its outcome."""
    sent = OfferVersion.objects.filter(offer__deal__in=deals, sent_at__isnull=False)
    sent = sent.filter(sent_at__gte=since) if since else sent
    last = sent.order_by("offer__deal", "-sent_at", "-pk").distinct("offer__deal")
    keys = list(last.values_list("pk", flat=True)[:MOST_DEALS])
    counted = Q(lines__kind="item", lines__is_chosen=True)
    amount = DecimalField(max_digits=20, decimal_places=4)
    summed = OfferVersion.objects.filter(pk__in=keys).annotate(
        list_total=Sum(F("lines__quantity") * F("lines__unit_price"), filter=counted, output_field=amount),
        kept_total=Sum("lines__net", filter=counted, output_field=amount),
    )
    left = F("kept_total") * (1 - F("discount_rate")) - F("discount_amount")
    share = Round(1 - left / F("list_total"), precision=4, output_field=amount)
    priced = summed.filter(list_total__gt=0).annotate(discount=share)
    return list(priced.values_list("discount", "offer__deal__outcome"))
