"""The arithmetic of offers: what holds for whatever is offered."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.models import Billing
from offers.offer_prices import offer_totals, reductions, walked
from offers.prices import line_net, shares

ZERO = Decimal(0)
CENT = Decimal("0.01")


def decimals(most: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, most, places=places, allow_nan=False, allow_infinity=False)


@dataclass(frozen=True)
class Line:
    quantity: Decimal = Decimal(1)
    unit_price: Decimal = Decimal(100)
    discount: Decimal = ZERO
    vat_rate: Decimal = Decimal("0.19")
    billing: str = Billing.ONCE
    is_counted: bool = True
    cost: Decimal | None = None


@dataclass(frozen=True)
class Taken:
    discount_rate: Decimal = ZERO
    discount_amount: Decimal = ZERO


LINES = st.lists(
    st.builds(
        Line,
        quantity=decimals("9999", 3),
        unit_price=decimals("99999", 4),
        discount=decimals("1", 4),
        vat_rate=st.sampled_from([Decimal(rate) for rate in ("0.19", "0.07", "0", "0.081", "0.20", "0.13")]),
        billing=st.sampled_from(list(Billing)),
        is_counted=st.booleans(),
        cost=st.none() | decimals("99999", 4),
    ),
    max_size=12,
)
TAKEN = st.one_of(
    st.builds(Taken, discount_rate=decimals("1", 4)), st.builds(Taken, discount_amount=decimals("999999", 2))
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(LINES, TAKEN)
def test_lines_less_discount_are_the_net_and_with_vat_the_gross(lines, taken):
    totals = offer_totals(lines, taken)

    for part in (totals.once, totals.monthly, totals.yearly):
        counted = [line for line in lines if line.is_counted and line.billing == part.billing]
        assert part.before == sum(map(line_net, counted), ZERO)
        assert part.before - part.discount == part.totals.net
        assert part.totals.net == sum((share.net for share in part.totals.shares), ZERO)
        assert part.totals.net + part.totals.vat == part.totals.gross
        assert all(amount == amount.quantize(CENT) for amount in (part.totals.net, part.totals.gross))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(LINES, TAKEN)
def test_no_discount_pushes_anything_below_zero(lines, taken):
    for billing in Billing:
        counted = [line for line in lines if line.is_counted and line.billing == billing]
        for line, less in zip(counted, reductions(counted, billing, taken), strict=True):
            assert 0 <= less <= line_net(line)
    assert all(share.net >= 0 for part in offer_totals(lines, taken).parts for share in part.totals.shares)
    assert walked(lines, taken) <= 1


@settings(max_examples=200, deadline=None, derandomize=True)
@given(decimals("99999", 2), st.lists(decimals("9999", 2), max_size=20))
def test_shares_come_to_what_is_shared(amount, nets):
    parts = shares(amount, nets)

    assert sum(parts, ZERO) == min(amount, sum(nets, ZERO))
    assert all(0 <= part <= net for part, net in zip(parts, nets, strict=True))


def test_what_is_paid_once_and_again_and_again_is_kept_apart():
    lines = [Line(unit_price=Decimal(100)), Line(unit_price=Decimal(10), billing="monthly")]

    by_amount = offer_totals(lines, Taken(discount_amount=Decimal(50)))
    by_rate = offer_totals(lines, Taken(discount_rate=Decimal("0.5")))

    assert (by_amount.net, by_amount.monthly.totals.net) == (50, 10)
    assert (by_rate.net, by_rate.monthly.totals.net) == (50, 5)


@pytest.mark.parametrize(("cost", "margin"), [(Decimal(60), Decimal(40)), (None, None)])
def test_a_margin_is_known_when_all_costs_are(cost, margin):
    lines = [Line(unit_price=Decimal(50), cost=Decimal(0)), Line(unit_price=Decimal(50), cost=cost)]

    assert offer_totals(lines, Taken()).once.margin == margin
