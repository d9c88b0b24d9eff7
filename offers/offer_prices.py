"""The arithmetic of offers: what is paid once, per month and per year, less the discount on it; the margin.

Only what is chosen counts. An amount taken off the total is taken off what is paid once; a rate off
everything. Neither pushes anything below zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from catalog.models import Billing
from core.money import rounded
from offers.prices import ZERO, Priced, Totals, line_net, shares, totals

NONE = Decimal(0)


class Offered(Priced, Protocol):
    """A line of an offer."""

    @property
    def is_counted(self) -> bool:
        """Whether it is an item, and chosen."""

    @property
    def billing(self) -> str:
        """Once, monthly or yearly."""

    @property
    def cost(self) -> Decimal | None:
        """What one costs us."""


class Discounted(Protocol):
    """What says how much is taken off the total; of the two one at most is above zero."""

    @property
    def discount_rate(self) -> Decimal:
        """As a part, from 0 to 1."""

    @property
    def discount_amount(self) -> Decimal:
        """As an amount."""


@dataclass(frozen=True)
class Part:
    """What is paid in one rhythm: the lines together, what is taken off them, and what is left."""

    billing: str
    before: Decimal
    reductions: tuple[Decimal, ...]
    totals: Totals
    cost: Decimal | None

    @property
    def discount(self) -> Decimal:
        """What is taken off the lines together."""
        return sum(self.reductions, ZERO)

    @property
    def margin(self) -> Decimal | None:
        """What is left of the net beyond the cost; None while a cost is unknown."""
        return None if self.cost is None else self.totals.net - self.cost

    @property
    def margin_rate(self) -> Decimal | None:
        """The margin as a part of the net; None while a cost is unknown or nothing is paid."""
        if self.margin is None or not self.totals.net:
            return None
        return self.margin / self.totals.net


@dataclass(frozen=True)
class OfferTotals:
    """What an offer comes to; the three are never added up."""

    once: Part
    monthly: Part
    yearly: Part

    @property
    def parts(self) -> list[Part]:
        """Those there is anything to pay in; what is paid once in any case."""
        return [self.once, *(part for part in (self.monthly, self.yearly) if part.before)]

    @property
    def net(self) -> Decimal:
        """What is paid once, net."""
        return self.once.totals.net


def offer_totals(lines: Iterable[Offered], discount: Discounted) -> OfferTotals:
    """What the chosen lines come to."""
    counted = [line for line in lines if line.is_counted]
    once, monthly, yearly = (
        _part([line for line in counted if line.billing == billing], billing, discount) for billing in Billing
    )
    return OfferTotals(once, monthly, yearly)


def reductions(lines: Sequence[Priced], billing: str, discount: Discounted) -> list[Decimal]:
    """What the discount on the total takes off each of these lines of one rhythm, in cents."""
    nets = [line_net(line) for line in lines]
    taken = rounded(sum(nets, ZERO) * discount.discount_rate)
    if billing == Billing.ONCE:
        taken = max(taken, discount.discount_amount)
    return shares(taken, nets)


def walked(lines: Iterable[Offered], discount: Discounted) -> Decimal:
    """The whole discount, of the lines and on the total, as a part of what is paid without any."""
    counted = [line for line in lines if line.is_counted]
    full = sum((rounded(line.quantity * line.unit_price) for line in counted), ZERO)
    left = sum((part.totals.net for part in offer_totals(counted, discount).parts), ZERO)
    return 1 - left / full if full else NONE


def _part(lines: list[Offered], billing: str, discount: Discounted) -> Part:
    less = reductions(lines, billing, discount)
    costs = [None if line.cost is None else rounded(line.cost * line.quantity) for line in lines]
    known = [cost for cost in costs if cost is not None]
    return Part(
        billing=billing,
        before=sum(map(line_net, lines), ZERO),
        reductions=tuple(less),
        totals=totals(lines, less),
        cost=sum(known, ZERO) if len(known) == len(costs) else None,
    )
