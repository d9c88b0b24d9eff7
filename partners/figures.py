"""What came through partners: deals by outcome, orders, and the commission they come to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Round

from accounts.models import User
from core.money import amount_field
from offers.models import Order, OrderLine
from partners.models import DealPartner, OrderPartner, Partner
from pipeline.models import Outcome

ZERO = Decimal(0)


@dataclass
class Money:
    """What came through a partner in one currency; amounts are net."""

    currency: str
    open_value: Decimal = ZERO
    won_value: Decimal = ZERO
    lost_value: Decimal = ZERO
    ordered: Decimal = ZERO
    commission: Decimal = ZERO


@dataclass
class CameThrough:
    """What came through a partner: counts of all currencies, amounts by currency."""

    opened: int = 0
    won: int = 0
    lost: int = 0
    orders: int = 0
    by_currency: dict[str, Money] = field(default_factory=dict)

    @property
    def closed(self) -> int:
        """How many deals are decided."""
        return self.won + self.lost

    @property
    def win_rate(self) -> float | None:
        """How many of the decided deals were won; None while none is."""
        return self.won / self.closed if self.closed else None

    @property
    def money(self) -> list[Money]:
        """The amounts, the most won first."""
        return sorted(self.by_currency.values(), key=lambda money: (-money.won_value, money.currency))

    def in_currency(self, currency: str) -> Money:
        """The amounts of this currency."""
        return self.by_currency.setdefault(currency, Money(currency))


def came_through(partners: Iterable[Partner], user: User) -> dict[int, CameThrough]:
    """What came through each of these partners, of the deals and orders this user may see.

    A deal counts once, however many roles the partner has in it; an order of such a deal brings no second
    commission. Commission is owed for what was won and bought, at the rate each role was noted with.
    """
    found = {partner.pk: CameThrough() for partner in partners}
    _count_deals(found, user)
    _count_orders(found, user)
    for row in _commissions(found, user):
        money = found[row["partner"]].in_currency(row["in_currency"])
        money.commission += row["total_commission"] or ZERO
    return found


def _count_deals(found: dict[int, CameThrough], user: User) -> None:
    links = DealPartner.objects.filter(partner__in=found).seen_by(user).once_per_deal()
    rows = links.order_by().values("partner", "deal__currency", "deal__outcome")
    for row in rows.annotate(
        deals=Count("pk"), total_value=Sum("deal__value"), total_won=Sum("deal__won_value")
    ):
        sums = found[row["partner"]]
        money = sums.in_currency(row["deal__currency"])
        if row["deal__outcome"] == Outcome.OPEN:
            sums.opened += row["deals"]
            money.open_value += row["total_value"]
        elif row["deal__outcome"] == Outcome.WON:
            sums.won += row["deals"]
            money.won_value += row["total_won"]
        else:
            sums.lost += row["deals"]
            money.lost_value += row["total_value"]


def _count_orders(found: dict[int, CameThrough], user: User) -> None:
    bought = Order.objects.visible_to(user).bought().values("pk")
    by_deals = DealPartner.objects.filter(partner__in=found, deal__orders__in=bought).once_per_deal()
    themselves = (
        OrderPartner.objects.filter(partner__in=found, order__in=bought).beyond_deals().once_per_order()
    )
    for links, order in ((by_deals, "deal__orders"), (themselves, "order")):
        rows = links.order_by().values("partner", in_currency=F(f"{order}__currency"))
        for row in rows.annotate(orders=Count(order, distinct=True), total_net=Sum(f"{order}__lines__net")):
            sums = found[row["partner"]]
            sums.orders += row["orders"]
            sums.in_currency(row["in_currency"]).ordered += row["total_net"] or ZERO


def _commissions(found: dict[int, CameThrough], user: User) -> Iterator[dict[str, Any]]:
    """What is owed by partner and currency: of deals that are won, and of orders beyond those."""
    won = DealPartner.objects.filter(partner__in=found, deal__outcome=Outcome.WON).seen_by(user)
    yield from _owed(won, F("deal__won_value"), "deal__currency")
    bought = Order.objects.visible_to(user).bought().values("pk")
    lines = OrderLine.objects.filter(order=OuterRef("order")).order_by().values("order")
    net = Subquery(lines.annotate(total_net=Sum("net")).values("total_net"), output_field=amount_field(""))
    orders = OrderPartner.objects.filter(partner__in=found, order__in=bought).beyond_deals()
    yield from _owed(orders, net, "order__currency")


def _owed(links: QuerySet, amount: Combinable, currency: str) -> list[dict[str, Any]]:
    """The commission of each link is rounded to the cent, then added."""
    exact = ExpressionWrapper(F("commission_rate") * amount, output_field=DecimalField())
    owed = Round(exact, precision=2, output_field=amount_field(""))
    rows = links.exclude(commission_rate=None).order_by().annotate(owed=owed)
    by = rows.values("partner", in_currency=F(currency))
    return list(by.annotate(total_commission=Sum("owed")))
