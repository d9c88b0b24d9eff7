"""The arithmetic of orders: properties that hold for any lines, and the same sums in the database."""

import random
from decimal import Decimal

import pytest

from offers.actions import LineFacts
from offers.models import OrderLine
from offers.prices import line_net, totals
from tests.factories import OrderFactory

RATES = [Decimal(rate) for rate in ("0.19", "0.07", "0", "0.081", "0.20", "0.13")]
SEEDS = range(40)


def some_lines(seed: int) -> list[LineFacts]:
    dice = random.Random(seed)
    return [
        LineFacts(
            text=f"Position {place}",
            quantity=Decimal(dice.randint(1, 9_999_999)) / 1000,
            unit_price=Decimal(dice.randint(0, 99_999_999)) / 10_000,
            discount=Decimal(dice.choice([0, 0, 1, 333, 1250, 5000, 9999, 10_000])) / 10_000,
            vat_rate=dice.choice(RATES),
        )
        for place in range(dice.randint(1, 12))
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_net_is_the_sum_of_the_lines_and_with_vat_the_gross(seed):
    lines = some_lines(seed)

    total = totals(lines)

    assert total.net == sum(map(line_net, lines))
    assert total.net == sum(share.net for share in total.shares)
    assert total.vat == sum(share.vat for share in total.shares)
    assert total.net + total.vat == total.gross
    assert all(amount == round(amount, 2) for amount in (total.net, total.vat, total.gross))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_discount_never_pushes_a_line_below_zero_nor_above_its_price(seed):
    for line in some_lines(seed):
        full = line_net(LineFacts(line.text, line.quantity, line.unit_price))
        assert 0 <= line_net(line) <= full


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_lines_does_not_matter(seed):
    lines = some_lines(seed)

    assert totals(lines) == totals(reversed(lines))


def test_half_a_cent_is_rounded_away_from_zero():
    assert line_net(LineFacts("x", Decimal("0.5"), Decimal("0.01"))) == Decimal("0.01")
    assert line_net(LineFacts("x", Decimal("3"), Decimal("0.335"))) == Decimal("1.01")


def test_vat_is_due_on_the_sum_of_each_rate():
    lines = [LineFacts("x", Decimal(1), Decimal("0.03"))] * 3 + [
        LineFacts("y", Decimal(1), Decimal(100), vat_rate=Decimal("0.07"))
    ]

    total = totals(lines)

    assert [(share.rate, share.net, share.vat) for share in total.shares] == [
        (Decimal("0.19"), Decimal("0.09"), Decimal("0.02")),
        (Decimal("0.07"), Decimal("100.00"), Decimal("7.00")),
    ]


def test_nothing_comes_to_nothing():
    assert (totals([]).net, totals([]).gross) == (Decimal("0.00"), Decimal("0.00"))


@pytest.mark.django_db
def test_the_database_computes_the_same_net():
    lines = [line for seed in SEEDS for line in some_lines(seed)]

    order = OrderFactory(lines=lines)

    stored = list(OrderLine.objects.filter(order=order).values_list("net", flat=True))
    assert stored == [line_net(line) for line in lines]
