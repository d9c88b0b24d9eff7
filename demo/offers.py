"""What the demo company offered: in each state, with several versions where people negotiated."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from catalog.models import Product
from contacts.greetings import greeting
from demo import offer_words as words
from offers.models import (
    NumberCounter,
    Offer,
    OfferLine,
    OfferQuestion,
    OfferState,
    OfferVersion,
    Order,
)
from offers.recipients import NOBODY
from pipeline.models import Deal, Stage

VAT = {"EUR": Decimal("0.19"), "CHF": Decimal("0.081")}
FOUR_PLACES = Decimal("0.0001")
# The latest deals that were won and lost have their offers, too; those of long ago are on paper.
CLOSED = 60
FIRST_ASKED = Decimal("1.06")
VALID_DAYS = 30


@dataclass
class Written:
    """One offer with all that belongs to it, not saved yet; a version is sent once its lines are there."""

    offer: Offer
    versions: list[OfferVersion] = field(default_factory=list)
    lines: list[OfferLine] = field(default_factory=list)
    sent: dict[int, tuple[str, datetime, datetime | None]] = field(default_factory=dict)
    questions: list[OfferQuestion] = field(default_factory=list)


class OfferBook:
    """Writes the offers of the demo; the same for the same seed and day."""

    def __init__(self, today: date, end: datetime, seed: int) -> None:
        self._today, self._end = today, end
        self._rng = Random(seed)  # noqa: S311 - plausible, not secret
        # Read anew: with what they cost.
        self._products = {product.pk: product for product in Product.objects.all()}
        self._service = Product.objects.get(number="EM-1")

    def write(self, deals: Iterable[Deal]) -> None:
        """Offers of open deals from Angebot on, and of the latest that were closed from there on."""
        reached = [deal for deal in deals if deal.stage >= Stage.ANGEBOT and (deal.company or deal.person)]
        closed = [deal for deal in reached if deal.closed_at]
        latest = sorted(closed, key=lambda deal: (deal.closed_at, deal.pk))[-CLOSED:]
        chosen = [deal for deal in reached if deal.is_open] + latest
        written = [self._write(deal) for deal in sorted(chosen, key=lambda one: one.pk)]
        self._number(written)
        Offer.objects.bulk_create(one.offer for one in written)
        OfferVersion.objects.bulk_create(version for one in written for version in one.versions)
        OfferLine.objects.bulk_create(line for one in written for line in one.lines)
        OfferQuestion.objects.bulk_create(question for one in written for question in one.questions)
        self._send(written)
        self._link_orders(written)

    def _write(self, deal: Deal) -> Written:
        begun = min(deal.stage_since + timedelta(days=1), self._end - timedelta(hours=2))
        if deal.closed_at:
            begun = deal.closed_at - timedelta(days=self._rng.randrange(20, 45))
        written = Written(Offer(deal=deal, created_by=deal.owner, created_at=begun))
        negotiated = deal.stage >= Stage.VERHANDLUNG and self._rng.random() < 0.8
        if negotiated:
            self._version(written, begun, FIRST_ASKED)
            again = min(begun + timedelta(days=6), self._end - timedelta(hours=1))
            self._version(written, max(again, begun), Decimal(1))
        else:
            self._version(written, begun, Decimal(1))
        self._decide(written)
        self._ask(written)
        return written

    def _version(self, written: Written, at: datetime, factor: Decimal) -> None:
        """The next version: what the deal is about, at so many times of what was agreed in the end."""
        deal = written.offer.deal
        version = OfferVersion(
            offer=written.offer,
            number=len(written.versions) + 1,
            is_current=True,
            based_on=None,
            title=deal.title,
            recipient=self._recipient(deal),
            salutation=greeting(deal.person) if deal.person else NOBODY["de"],
            currency=deal.currency if deal.currency in VAT else "EUR",
            valid_until=timezone.localdate(at) + timedelta(days=VALID_DAYS),
            intro=words.INTRO,
            closing=words.CLOSING,
            delivery=self._rng.choice(words.DELIVERIES),
            cash_discount=Decimal("0.02"),
            cash_discount_days=10,
            shows_gross=deal.company is None,
            created_by=deal.owner,
            created_at=at,
            saved_at=at,
        )
        for earlier in written.versions:
            earlier.is_current = False
        written.versions.append(version)
        written.lines += self._lines(version, deal, factor)

    def _lines(self, version: OfferVersion, deal: Deal, factor: Decimal) -> list[OfferLine]:
        product = self._products.get(deal.product_id or 0)
        worth = (deal.won_value or deal.value) * factor
        price = product.price if product and product.price else worth
        quantity = max(Decimal(1), (worth / price).quantize(Decimal(1))) if price else Decimal(1)
        main = self._line(version, 1, product, deal.title, quantity, (worth / quantity).quantize(FOUR_PLACES))
        main.description = product.description_de if product else ""
        more = self._line(version, 2, self._service, "", Decimal(1), Decimal(200))
        more.billing, more.is_optional, more.is_chosen = "monthly", True, False
        note = OfferLine(version=version, position=3, kind="text", text=words.NOTE, quantity=Decimal(0))
        return [main, more, note] if deal.company else [main]

    def _line(
        self,
        version: OfferVersion,
        place: int,
        product: Product | None,
        text: str,
        quantity: Decimal,
        price: Decimal,
    ) -> OfferLine:
        is_ours = product is not None and product.currency == version.currency
        return OfferLine(
            version=version,
            position=place,
            product=product,
            text=product.name if product else text,
            unit=product.unit if product else "",
            quantity=quantity,
            unit_price=price,
            vat_rate=VAT[version.currency],
            cost=product.cost if product and is_ours else None,
            floor_price=product.floor_price if product and is_ours else None,
        )

    def _decide(self, written: Written) -> None:
        """What became of each version; the last one says what became of the offer."""
        deal, last = written.offer.deal, written.versions[-1]
        for version in written.versions[:-1]:
            written.sent[version.number] = (OfferState.SUPERSEDED, version.created_at, last.created_at)
        state = self._last_state(deal, last)
        if state != OfferState.DRAFT:
            sent_at = min(last.created_at + timedelta(hours=1), self._end)
            decided = deal.closed_at or deal.stage_since
            written.sent[last.number] = (
                state,
                sent_at,
                None if state == OfferState.SENT else max(decided, sent_at),
            )

    def _last_state(self, deal: Deal, version: OfferVersion) -> str:
        if deal.is_won or (deal.stage == Stage.ABSCHLUSS and deal.is_open):
            return OfferState.ACCEPTED
        if deal.is_lost:
            return self._rng.choice([OfferState.DECLINED, OfferState.DECLINED, OfferState.WITHDRAWN])
        if version.valid_until is not None and version.valid_until < self._today:
            return OfferState.EXPIRED
        return OfferState.DRAFT if self._rng.random() < 0.35 else OfferState.SENT

    def _ask(self, written: Written) -> None:
        for text, answer in self._rng.sample(words.QUESTIONS, self._rng.choice([0, 0, 1, 1, 2])):
            asked_at = written.versions[0].created_at + timedelta(days=self._rng.randrange(1, 4))
            if asked_at < self._end:
                is_answered = self._rng.random() < 0.7
                written.questions.append(
                    OfferQuestion(
                        offer=written.offer,
                        text=text,
                        asked_at=asked_at,
                        noted_by=written.offer.deal.owner,
                        answer=answer if is_answered else "",
                        answered_by=written.offer.deal.owner if is_answered else None,
                        answered_at=asked_at + timedelta(hours=3) if is_answered else None,
                    )
                )

    def _number(self, written: list[Written]) -> None:
        """Numbers in the order of sending, a row of its own each year."""
        first_sent = [(min(sent[1] for sent in one.sent.values()), one.offer) for one in written if one.sent]
        drawn: Counter[int] = Counter()
        for at, offer in sorted(first_sent, key=lambda one: (one[0], one[1].deal_id)):
            year = timezone.localdate(at).year
            drawn[year] += 1
            offer.number = f"AN-{year}-{drawn[year]:04d}"
        NumberCounter.objects.bulk_create(
            NumberCounter(kind=NumberCounter.Kind.OFFER, year=year, last=last) for year, last in drawn.items()
        )

    def _send(self, written: list[Written]) -> None:
        """The lines are there: from now on the database keeps them as they are."""
        changed = []
        for one in written:
            for version in one.versions:
                if version.number in one.sent:
                    version.state, version.sent_at, version.decided_at = one.sent[version.number]
                    version.sent_by = one.offer.deal.owner
                    changed.append(version)
                version.based_on = one.versions[version.number - 2] if version.number > 1 else None
        OfferVersion.objects.bulk_update(
            changed, ["state", "sent_at", "decided_at", "sent_by", "based_on"], batch_size=500
        )

    def _link_orders(self, written: list[Written]) -> None:
        accepted = {one.offer.deal_id: one.versions[-1] for one in written if one.offer.deal.is_won}
        orders = list(Order.objects.filter(deal__in=accepted).order_by("deal", "pk").distinct("deal"))
        for order in orders:
            order.offer_version = accepted[order.deal_id or 0]
        Order.objects.bulk_update(orders, ["offer_version"], batch_size=500)

    def _recipient(self, deal: Deal) -> str:
        customer = deal.company or deal.person
        address = customer.addresses.order_by("pk").first() if customer else None
        names = [deal.company.name if deal.company else "", deal.person.full_name if deal.person else ""]
        lines = [address.street, f"{address.postal_code} {address.city}"] if address else []
        return "\n".join(line for line in [*names, *lines] if line)
