"""An offer that lies with the customer, with the secret of its link."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from offers.actions import make_link, mark_sent, save_draft, start_offer
from offers.facts import OfferLineFacts, facts_of_version
from offers.models import OfferVersion
from pipeline.models import Deal, Stage
from tests.factories import DealFactory

LINES = (
    OfferLineFacts(kind="section", text="Anlage", quantity=Decimal(0)),
    OfferLineFacts(text="Pumpe", quantity=Decimal(2), unit="Stück", unit_price=Decimal("1250.00")),
    OfferLineFacts(text="Wartung", unit_price=Decimal("300.00"), is_optional=True, is_chosen=False),
)


def draft(deal: Deal | None = None, lines=LINES, **said: object) -> OfferVersion:
    """A first version, not sent yet."""
    deal = deal or DealFactory(stage=Stage.ANGEBOT)
    version = start_offer(deal, actor=deal.owner).current
    facts = replace(
        facts_of_version(version),
        recipient="Kunde GmbH\nFrau Weiß",
        valid_until=timezone.localdate() + timedelta(days=20),
        **said,
    )
    return save_draft(version, facts, lines, seen_revision=version.revision, actor=deal.owner)


def sent(deal: Deal | None = None, lines=LINES, **said: object) -> OfferVersion:
    """A version that lies with the customer."""
    version = draft(deal, lines, **said)
    owner = version.offer.deal.owner
    return mark_sent(version, seen_revision=version.revision, actor=owner)


def linked(version: OfferVersion | None = None) -> tuple[OfferVersion, str]:
    """A sent version with the secret of a link to it."""
    version = version or sent()
    _link, token = make_link(version, actor=version.offer.deal.owner)
    return version, token
