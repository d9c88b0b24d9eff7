"""Two offers of a hundred lines for the measured company: one that is being written, one at its customer."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from benchmarks.staff import REP_EMAIL
from catalog.models import Product
from offers.actions import make_link, mark_sent, save_draft, start_offer
from offers.actions.links import secret_of_mail
from offers.facts import OfferLineFacts, facts_of_version
from offers.models import OfferVersion
from pipeline.models import Deal, Stage

LINES = 100
MAIL = "<benchmark@trichter.example>"


def write_offers() -> None:
    """The latest open deals of the measured rep have them."""
    owner = User.objects.get(email=REP_EMAIL)
    own = Deal.objects.filter(owner=owner, outcome="open", stage=Stage.ANGEBOT).exclude(company=None)
    written, sent = own.order_by("-pk")[:2]
    _write(written, owner)
    version = _write(sent, owner)
    version = mark_sent(version, seen_revision=version.revision, actor=owner)
    make_link(version, actor=owner, mail=MAIL)


def offer_written() -> OfferVersion:
    """The draft."""
    return OfferVersion.objects.filter(sent_at=None, is_current=True).latest("pk")


def offer_sent() -> OfferVersion:
    """The one that lies with its customer."""
    return OfferVersion.objects.filter(sent_at__isnull=False).latest("pk")


def offer_secret() -> str:
    """What opens it for the customer."""
    return secret_of_mail(MAIL)


def _write(deal: Deal, owner: User) -> OfferVersion:
    version = start_offer(deal, actor=owner).current
    facts = replace(
        facts_of_version(version),
        recipient="Muster GmbH\nMusterweg 1\n20095 Hamburg",
        valid_until=timezone.localdate() + timedelta(days=30),
    )
    products = list(Product.objects.order_by("pk"))
    lines = [
        OfferLineFacts(
            product=products[number % len(products)],
            text=f"Artikel {number}",
            description="Mit allem, was zur Montage gehört.",
            quantity=Decimal(number + 1),
            unit="Stück",
            unit_price=Decimal("12.50"),
        )
        for number in range(LINES)
    ]
    return save_draft(version, facts, lines, seen_revision=version.revision, actor=owner)
