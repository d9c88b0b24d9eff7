"""What each line of an offer comes to as the customer reads it: net, or with VAT for private customers.

With VAT, the sums so far are rounded, not the lines: so the lines add up to the total to the cent.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from core.money import rounded
from offers.models import OfferLine
from offers.prices import ZERO, line_net

FOUR = Decimal("0.0001")


def shown_amounts(lines: Iterable[OfferLine], *, with_vat: bool) -> dict[int, Decimal]:
    """By the key of each item; those that are not chosen stand for themselves."""
    amounts: dict[int, Decimal] = {}
    nets: dict[tuple[str, Decimal], Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        if not line.is_item:
            continue
        net = line_net(line)
        if not with_vat:
            amounts[line.pk] = net
        elif not line.is_chosen:
            amounts[line.pk] = rounded(net * (1 + line.vat_rate))
        else:
            key = (line.billing, line.vat_rate)
            before = rounded(nets[key] * (1 + line.vat_rate))
            nets[key] += net
            amounts[line.pk] = rounded(nets[key] * (1 + line.vat_rate)) - before
    return amounts


def shown_price(line: OfferLine, *, with_vat: bool) -> Decimal:
    """The price of one, at most four decimals."""
    if not with_vat:
        return line.unit_price
    return rounded(line.unit_price * (1 + line.vat_rate))
