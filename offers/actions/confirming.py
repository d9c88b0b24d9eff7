"""The order of an accepted offer: a frozen copy of its lines; with it the deal is won."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Billing
from offers.actions.locking import lock_version
from offers.actions.orders import LineFacts, OrderFacts, add_order
from offers.errors import NotAccepted
from offers.models import NumberCounter, OfferLine, OfferState, OfferVersion, Order
from offers.numbering import draw_number
from offers.offer_prices import reductions
from pipeline.actions import win_deal
from pipeline.models import Deal, Stage


@transaction.atomic
def confirm_order(version: OfferVersion, *, actor: User, note: str = "") -> Order:
    """The purchase is sure: enter the order with the accepted lines and win the deal.

    Confirming twice answers the order there is. Raises NotAccepted, and what win_deal raises.
    """
    version = lock_version(version)
    already = version.orders.standing().first()
    if already is not None:
        return already
    if version.state != OfferState.ACCEPTED:
        raise NotAccepted
    deal = (
        Deal.objects.select_for_update(of=("self",))
        .select_related("owner__team")
        .get(pk=version.offer.deal_id)
    )
    facts = OrderFacts(
        ordered_on=timezone.localdate(),
        owner=deal.owner,
        deal=deal,
        number=_free_number(),
        currency=version.currency,
        note=note,
    )
    order = add_order(facts, ordered_lines(version), actor=actor, origin=Order.Origin.OFFER)
    Order.objects.filter(pk=order.pk).update(offer_version=version)
    win_deal(deal, seen_in=Stage(deal.stage), actor=actor, confirmed=True)
    order.refresh_from_db()
    return order


def ordered_lines(version: OfferVersion) -> list[LineFacts]:
    """What was accepted, each line with its share of the discount on the total; together as offered."""
    counted = list(version.lines.select_related("product").counted())
    ordered = []
    for billing in Billing:
        lines = [line for line in counted if line.billing == billing]
        less = reductions(lines, billing, version)
        ordered += [(line.position, _ordered(line, taken)) for line, taken in zip(lines, less, strict=True)]
    return [facts for _position, facts in sorted(ordered, key=lambda one: one[0])]


def _ordered(line: OfferLine, reduction: Decimal) -> LineFacts:
    return LineFacts(
        text=line.text,
        quantity=line.quantity,
        unit_price=line.unit_price,
        product=line.product,
        unit=line.unit,
        discount=line.discount,
        vat_rate=line.vat_rate,
        reduction=reduction,
        billing=line.billing,
    )


def _free_number() -> str:
    """The next number of an order that nobody has typed before."""
    while True:
        number = draw_number(NumberCounter.Kind.ORDER, day=timezone.localdate())
        if not Order.objects.current().filter(number=number).exists():
            return number
