"""The arithmetic of orders and offers: what a line costs, what VAT is due, what all of it comes to.

Rounded in one place: each line to the cent, half away from zero; the VAT of each rate on the sum of its
lines, as invoices state it. Net and VAT are then whole cents, so the gross needs no rounding. The database
computes the net of a stored line by the same formula (`OrderLine.net`), so that sums over many orders need
no detour.

A discount on the total is shared among the lines in whole cents (`shares`), so that every line still says
what is left of it, and the VAT of each rate what it is due on.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import repeat
from typing import Protocol

from core.money import rounded

ZERO = Decimal("0.00")


class Priced(Protocol):
    """What has a price: quantity (3 decimals), unit price (4), discount and VAT as rates (4) from 0 to 1."""

    @property
    def quantity(self) -> Decimal:
        """How much of it."""

    @property
    def unit_price(self) -> Decimal:
        """Net, for one."""

    @property
    def discount(self) -> Decimal:
        """The part that is taken off."""

    @property
    def vat_rate(self) -> Decimal:
        """The part of the net that is due as VAT."""


@dataclass(frozen=True)
class VatShare:
    """The VAT of one rate, and the net it is due on."""

    rate: Decimal
    net: Decimal
    vat: Decimal


@dataclass(frozen=True)
class Totals:
    """What some lines come to; `net + vat == gross` to the cent."""

    net: Decimal
    shares: tuple[VatShare, ...]

    @property
    def vat(self) -> Decimal:
        """Of all rates together."""
        return sum((share.vat for share in self.shares), ZERO)

    @property
    def gross(self) -> Decimal:
        """What has to be paid."""
        return self.net + self.vat


def line_net(line: Priced) -> Decimal:
    """What a line costs without VAT, in cents."""
    return rounded(line.quantity * line.unit_price * (1 - line.discount))


def totals(lines: Iterable[Priced], reductions: Iterable[Decimal] = repeat(ZERO)) -> Totals:
    """The sum of the lines less their reductions, with the VAT of each rate, the highest rate first."""
    nets: dict[Decimal, Decimal] = defaultdict(lambda: ZERO)
    for line, reduction in zip(lines, reductions, strict=False):
        nets[line.vat_rate] += line_net(line) - reduction
    parts = [VatShare(rate, nets[rate], rounded(nets[rate] * rate)) for rate in sorted(nets, reverse=True)]
    return Totals(net=sum(nets.values(), ZERO), shares=tuple(parts))


def shares(amount: Decimal, nets: Sequence[Decimal]) -> list[Decimal]:
    """An amount shared among nets in whole cents: none gets more than it is, together they get all of it.

    More than there is to take from takes everything, never more. The sums so far are rounded, not the shares:
    so they add up.
    """
    whole = sum(nets, ZERO)
    taken = min(amount, whole)
    parts, seen, given = [], ZERO, ZERO
    for net in nets:
        seen += net
        upto = rounded(taken * seen / whole) if whole else ZERO
        parts.append(upto - given)
        given = upto
    return parts
