"""What the demo company negotiates: its paper, its guide, and the rounds of deals in Verhandlung."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from demo.negotiation_words import DEMANDS, GUIDE, LETTERHEAD
from offers.approval import rules_met
from offers.models import (
    ApprovalRequest,
    GuideEntry,
    Letterhead,
    NegotiationGround,
    NegotiationPoint,
    NegotiationRound,
    OfferState,
    OfferVersion,
)
from pipeline.models import Deal, Stage

Move, State, Side = NegotiationPoint.Move, NegotiationPoint.State, NegotiationRound.Side
MOST_ASKED = 40
DISCOUNT = Decimal("0.12")
APPROVED = 0.4
GREEN = (20, 110, 80)


def write_paper() -> None:
    """The letterhead with a drawn logo, and the guide."""
    Letterhead.objects.create(pk=1, logo=_logo(), **LETTERHEAD)
    GuideEntry.objects.bulk_create(GuideEntry(**entry) for entry in GUIDE)


def write_rounds(deals: Iterable[Deal], end: datetime, seed: int) -> None:
    """Of each open deal in Verhandlung what the customer asked for, and mostly what we answered."""
    rng = Random(seed)  # noqa: S311 - plausible, not secret
    negotiated = [deal for deal in deals if deal.is_open and deal.stage == Stage.VERHANDLUNG]
    sent = OfferVersion.objects.filter(offer__deal__in=negotiated, sent_at__isnull=False)
    versions = {version.offer.deal_id: version for version in sent.select_related("offer").order_by("number")}
    for deal in sorted(negotiated, key=lambda one: one.pk):
        _write(deal, versions.get(deal.pk), end, rng)


def ask_for_approvals(seed: int) -> None:
    """Every second draft goes beyond a rule: some wait for an answer, some were approved."""
    rng = Random(seed)  # noqa: S311 - plausible, not secret
    drafts = OfferVersion.objects.filter(state=OfferState.DRAFT, is_current=True)
    for version in drafts.select_related("offer__deal__owner__team").order_by("pk")[:MOST_ASKED:2]:
        version.discount_rate = DISCOUNT
        rules = rules_met(version, version.lines.all())
        if not rules:
            continue
        asked = ApprovalRequest(version=version, revision=version.revision, asked_by=version.offer.deal.owner)
        asked.note = "Großer Auftrag, der Kunde will bis Freitag ein Angebot."
        manager = version.offer.deal.owner.team.managers.order_by("pk").first()
        version.state = OfferState.ASKED
        if manager is not None and rng.random() < APPROVED:
            asked.answer, asked.answer_note = ApprovalRequest.Answer.GRANTED, "In Ordnung, der Umfang passt."
            asked.answered_by, asked.answered_at = manager, asked.asked_at
            version.state = OfferState.APPROVED
        asked.save()
        asked.rules.set(rules)
        version.save(update_fields=["state", "discount_rate"])


def _write(deal: Deal, version: OfferVersion | None, end: datetime, rng: Random) -> None:
    kind, wish, answer, other_kind, in_return = rng.choice(DEMANDS)
    at = min(deal.stage_since + timedelta(hours=1), end - timedelta(hours=1))
    asked = NegotiationRound.objects.create(deal=deal, number=1, side=Side.CUSTOMER, version=version, at=at)
    is_answered = rng.random() < 0.6
    demand = asked.points.create(
        move=Move.DEMAND, kind=kind, text=wish, state=State.AGREED if is_answered else State.OPEN
    )
    worth = (deal.value or Decimal(0)) * Decimal("0.02")
    if is_answered:
        at = min(at + timedelta(days=1), end)
        ours = NegotiationRound.objects.create(
            deal=deal, number=2, side=Side.US, version=version, at=at, noted_by=deal.owner
        )
        ours.points.create(
            move=Move.CONCESSION,
            kind=kind,
            text=answer,
            amount=worth.quantize(Decimal("0.01")),
            state=State.AGREED,
            in_return_for=demand,
        )
        ours.points.create(move=Move.DEMAND, kind=other_kind, text=in_return, in_return_for=demand)
    NegotiationGround.objects.create(
        deal=deal,
        walk_away_value=((deal.value or Decimal(0)) * Decimal("0.88")).quantize(Decimal("0.01")),
        walk_away_note="Darunter trägt der Auftrag seine Montage nicht.",
        competitors=rng.choice(["Nordlicht Technik", "Alpenbau Systeme", "", "zwei, Namen unbekannt"]),
    )


def _logo() -> bytes:
    picture = Image.new("RGB", (720, 200), "white")
    drawing = ImageDraw.Draw(picture)
    drawing.polygon([(10, 20), (190, 20), (120, 110), (120, 180), (80, 160), (80, 110)], fill=GREEN)
    drawing.text((220, 60), "TRICHTER", fill=(25, 30, 35), font_size=96)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
