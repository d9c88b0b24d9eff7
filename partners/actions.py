"""Every write to partners: what is agreed with them, and what they have to do with deals and orders."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.actions import mark_as
from contacts.models import Company, Person
from core import events
from offers.models import Order
from partners.errors import PartnerEditedMeanwhile, PartnerExists
from partners.models import DealPartner, OrderPartner, Partner
from pipeline.models import Deal


@dataclass(frozen=True)
class Agreement:
    """What was agreed with a partner, and with whom one talks; `commission_rate` from 0 to 1."""

    contact: Person | None = None
    commission_rate: Decimal | None = None
    commission_text: str = ""
    since: date | None = None
    until: date | None = None
    note: str = ""


@transaction.atomic
def add_partner(customer: Company | Person, agreement: Agreement, *, actor: User | None) -> Partner:
    """Make a company or a person a partner; PartnerExists when they are one already."""
    customer = type(customer).objects.select_for_update().get(pk=customer.pk)
    is_company = isinstance(customer, Company)
    who = {"company": customer} if is_company else {"person": customer}
    if Partner.objects.filter(**who).exists():
        raise PartnerExists(_("This is one of our partners already."))
    partner = Partner.objects.create(**who, **_said(agreement))
    if isinstance(customer, Company):
        mark_as(customer, Company.Kind.PARTNER, actor=actor)
    events.record("partner.added", partner, actor=actor)
    return partner


@transaction.atomic
def edit_partner(partner: Partner, agreement: Agreement, *, seen_version: int, actor: User) -> Partner:
    """Change what is agreed; roles noted before keep the commission they were noted with.

    PartnerEditedMeanwhile when `seen_version` is not the present one.
    """
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if partner.version != seen_version:
        raise PartnerEditedMeanwhile(_("Someone else has changed this partner in the meantime."))
    for name, value in _said(agreement).items():
        setattr(partner, name, value)
    partner.version += 1
    partner.save()
    events.record("partner.edited", partner, actor=actor)
    return partner


@transaction.atomic
def link_deal(deal: Deal, partner: Partner, role: str, *, actor: User | None) -> DealPartner:
    """Note what a partner has to do with a deal; noted twice it stands once."""
    link, is_new = DealPartner.objects.get_or_create(
        deal=deal,
        partner=partner,
        role=role,
        defaults={"commission_rate": partner.usual_rate(role), "added_by": actor},
    )
    if is_new:
        events.record("deal.partner_added", deal, actor=actor, partner=partner.pk, role=role)
    return link


@transaction.atomic
def unlink_deal(link: DealPartner, *, actor: User) -> None:
    """Take a partner's role in a deal away."""
    events.record("deal.partner_removed", link.deal, actor=actor, partner=link.partner_id, role=link.role)
    link.delete()


@transaction.atomic
def link_order(order: Order, partner: Partner, role: str, *, actor: User | None) -> OrderPartner:
    """Note what a partner has to do with an order; noted twice it stands once."""
    link, is_new = OrderPartner.objects.get_or_create(
        order=order,
        partner=partner,
        role=role,
        defaults={"commission_rate": partner.usual_rate(role), "added_by": actor},
    )
    if is_new:
        events.record("order.partner_added", order, actor=actor, partner=partner.pk, role=role)
    return link


@transaction.atomic
def unlink_order(link: OrderPartner, *, actor: User) -> None:
    """Take a partner's role in an order away."""
    events.record("order.partner_removed", link.order, actor=actor, partner=link.partner_id, role=link.role)
    link.delete()


def _said(agreement: Agreement) -> dict[str, object]:
    return {field.name: getattr(agreement, field.name) for field in fields(agreement)}
