"""Orders: entering, changing and cancelling them; each time the customer is told anew what they bought."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Billing, Product
from contacts.models import Company, Person
from contacts.purchases import mirror_purchases
from core import events
from core.form_keys import wait_for_twin
from offers.errors import (
    AmountTooLarge,
    CustomerMissing,
    LinesMissing,
    NumberTaken,
    OrderCancelled,
    OrderEditedMeanwhile,
    OrderFollowsOffer,
)
from offers.models import Order, OrderLine
from offers.prices import line_net
from pipeline.models import Deal

MOST_NET = Decimal("999999999999.99")


@dataclass(frozen=True)
class LineFacts:
    """What a user says of one line; discount and VAT are rates from 0 to 1."""

    text: str
    quantity: Decimal
    unit_price: Decimal
    product: Product | None = None
    unit: str = ""
    discount: Decimal = Decimal(0)
    vat_rate: Decimal = Decimal("0.19")
    # Its share of a discount on the total, in cents.
    reduction: Decimal = Decimal(0)
    billing: str = Billing.ONCE


@dataclass(frozen=True)
class OrderFacts:
    """What a user says of an order; of one with a deal the deal says whose it is."""

    ordered_on: date
    owner: User
    company: Company | None = None
    person: Person | None = None
    deal: Deal | None = None
    number: str = ""
    currency: str = "EUR"
    note: str = ""


@transaction.atomic
def add_order(
    facts: OrderFacts,
    lines: Sequence[LineFacts],
    *,
    actor: User | None,
    origin: str = Order.Origin.TYPED,
    form_key: UUID | None = None,
) -> Order:
    """Enter an order with its lines, in their order; the same `form_key` again answers what it entered.

    Raises CustomerMissing, LinesMissing, AmountTooLarge, NumberTaken. The deal stays as it is: an order of an
    open deal becomes a purchase when the deal is won.
    """
    already = _entered_by(form_key)
    if already is not None:
        return already
    _refuse(facts, lines)
    order = Order.objects.create(**_values(facts), team=facts.owner.team, origin=origin, form_key=form_key)
    OrderLine.objects.bulk_create(_rows(order, lines))
    mirror_purchases(order.company, order.person)
    events.record("order.added", order, actor=actor, lines=len(lines))
    return order


@transaction.atomic
def edit_order(
    order: Order, facts: OrderFacts, lines: Sequence[LineFacts], *, seen_version: int, actor: User
) -> Order:
    """Change what an order says; the lines given are all it has then, what they said before is kept.

    Raises OrderCancelled, OrderEditedMeanwhile, OrderFollowsOffer, and what add_order raises.
    """
    order = _lock(order)
    if order.is_cancelled:
        raise OrderCancelled
    if order.version != seen_version:
        raise OrderEditedMeanwhile
    if order.offer_version_id is not None and lines != facts_of_lines(order):
        raise OrderFollowsOffer
    _refuse(facts, lines, itself=order)

    before = (order.company, order.person)
    values = _values(facts)
    if facts.owner != order.owner:
        values["team"] = facts.owner.team
    for name, value in values.items():
        setattr(order, name, value)
    order.version += 1
    order.save()
    _replace_lines(order, lines)
    mirror_purchases(*before, order.company, order.person)
    events.record("order.edited", order, actor=actor)
    return order


@transaction.atomic
def cancel_order(order: Order, *, reason: str, actor: User) -> Order:
    """Call an order off; it stays to be read and counts nowhere. Twice is a no-op.

    A deal that was won stays won until somebody reopens it.
    """
    order = _lock(order)
    if order.is_cancelled:
        return order
    order.cancelled_at, order.cancel_reason = timezone.now(), reason.strip()
    order.version += 1
    order.save(update_fields=["cancelled_at", "cancel_reason", "version"])
    mirror_purchases(order.company, order.person)
    events.record("order.cancelled", order, actor=actor)
    return order


def _entered_by(form_key: UUID | None) -> Order | None:
    if form_key is None:
        return None
    wait_for_twin(form_key)
    return Order.objects.filter(form_key=form_key).first()


def _lock(order: Order) -> Order:
    return Order.objects.select_for_update(of=("self",)).select_related("owner").get(pk=order.pk)


def _refuse(facts: OrderFacts, lines: Sequence[LineFacts], itself: Order | None = None) -> None:
    if not (facts.company or facts.person or (facts.deal and (facts.deal.company or facts.deal.person))):
        raise CustomerMissing
    if not lines:
        raise LinesMissing
    if any(line_net(line) > MOST_NET for line in lines):
        raise AmountTooLarge
    if facts.number:
        same = Order.objects.current().filter(number=facts.number)
        if (same.exclude(pk=itself.pk) if itself else same).exists():
            raise NumberTaken(facts.number)


def _values(facts: OrderFacts) -> dict[str, object]:
    """Facts by the names of their columns; whose an order is that has a deal is said by the deal."""
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    if facts.deal is not None:
        values |= {"company": facts.deal.company, "person": facts.deal.person}
        if facts.deal.company is None and facts.deal.person is None:
            values |= {"company": facts.company, "person": facts.person}
    return values


def _rows(order: Order, lines: Sequence[LineFacts]) -> list[OrderLine]:
    return [
        OrderLine(order=order, position=position, **_said(line))
        for position, line in enumerate(lines, start=1)
    ]


def facts_of_lines(order: Order) -> list[LineFacts]:
    """What the lines of an order say, in their order."""
    rows = order.lines.select_related("product")
    names = [field.name for field in fields(LineFacts)]
    return [LineFacts(**{name: getattr(row, name) for name in names}) for row in rows]


def _said(line: LineFacts) -> dict[str, object]:
    return {field.name: getattr(line, field.name) for field in fields(line)}


def _replace_lines(order: Order, lines: Sequence[LineFacts]) -> None:
    """Write the lines place by place: the audit keeps what each place said before."""
    present = list(order.lines.select_related("product"))
    wanted = _rows(order, lines)
    for row, line in zip(present, lines, strict=False):
        said = _said(line)
        if any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            row.save()
    for row in present[len(lines) :]:
        row.delete()
    OrderLine.objects.bulk_create(wanted[len(present) :])
