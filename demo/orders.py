"""What customers of the demo company ordered: what was won, small things again and again, and long ago."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from accounts.models import User
from catalog.models import Product, ProductGroup
from contacts.models import Company
from contacts.purchases import mirror_many
from offers.models import Order, OrderLine
from pipeline.models import Deal

VAT = {"EUR": Decimal("0.19"), "CHF": Decimal("0.081")}
FOUR_PLACES = Decimal("0.0001")
# Of the latest wins the paper has not come yet.
WITHOUT_PAPER = 4
COMES_BACK = 0.35
LONG_AGO = 8
FILTERS = ("VM-F", "Filtersatz", "Service", "Satz", "84.50")
Written = tuple[Order, list[OrderLine]]


class OrderBook:
    """Writes the orders of the demo; the same for the same seed and day."""

    def __init__(self, today: date, seed: int) -> None:
        self._today, self._rng, self._count = today, Random(seed), 0  # noqa: S311 - plausible, not secret
        number, name, group, unit, price = FILTERS
        self._filters = Product.objects.create(
            number=number,
            name=name,
            group=ProductGroup.objects.get(name=group),
            unit=unit,
            price=Decimal(price),
        )

    def write(self, deals: Iterable[Deal], companies: Iterable[Company]) -> None:
        """Orders of the won deals, of filters by who bought before, and old ones of who never came back."""
        won = sorted((deal for deal in deals if deal.is_won), key=lambda deal: (deal.closed_at, deal.pk))
        buyers = list({deal.company: deal for deal in won if deal.company}.values())
        bought = {deal.company for deal in won}
        strangers = [company for company in companies if company not in bought and company.owner][:LONG_AGO]
        written = [
            *(self._of_deal(deal) for deal in won[:-WITHOUT_PAPER]),
            *(order for deal in buyers for order in self._filters_of(deal)),
            *(self._long_ago(company) for company in strangers),
        ]
        Order.objects.bulk_create(order for order, _lines in written)
        OrderLine.objects.bulk_create(line for _order, lines in written for line in lines)
        mirror_many(
            companies=(order.company_id for order, _l in written if order.company_id),
            persons=(order.person_id for order, _l in written if order.person_id),
        )

    def _of_deal(self, deal: Deal) -> Written:
        """What was won: so many of the product, at the price that was agreed for one."""
        product, worth = deal.product, deal.won_value or deal.value
        price = product.price if product and product.price else worth
        quantity = max(Decimal(1), (worth / price).quantize(Decimal(1)))
        agreed = (worth / quantity).quantize(FOUR_PLACES)
        day = timezone.localdate(deal.closed_at)
        order = self._order(day, deal.owner, deal.company, currency=deal.currency)
        order.person, order.deal = deal.person, deal
        return order, [self._line(order, product, deal.title, quantity, agreed)]

    def _filters_of(self, deal: Deal) -> list[Written]:
        """Filters in a rhythm of one's own, from the first win until today; most order none."""
        company = deal.company
        if company is None or deal.currency != "EUR" or self._rng.random() > COMES_BACK:
            return []
        rhythm = self._rng.randrange(25, 80)
        day = timezone.localdate(deal.closed_at) + timedelta(days=rhythm)
        written = []
        while day < self._today:
            order = self._order(day, deal.owner, company)
            quantity = Decimal(self._rng.randrange(1, 9))
            price = self._filters.price or Decimal(0)
            line = self._line(order, self._filters, self._filters.name, quantity, price)
            written.append((order, [line]))
            day += timedelta(days=rhythm + self._rng.randrange(-6, 7))
        return written

    def _long_ago(self, company: Company) -> Written:
        day = self._today - timedelta(days=self._rng.randrange(700, 1100))
        order = self._order(day, company.owner, company)
        order.origin = Order.Origin.IMPORT
        order.external_id = f"ALT-{self._count:04d}"
        price = self._filters.price or Decimal(0)
        return order, [self._line(order, self._filters, "Filtersatz (alt)", Decimal(4), price)]

    def _order(
        self, day: date, owner: User | None, company: Company | None, *, currency: str = "EUR"
    ) -> Order:
        if owner is None:
            raise ValueError("an order of the demo is somebody's")
        self._count += 1
        return Order(
            number=f"AU-{day:%Y}-{self._count:04d}",
            ordered_on=min(day, self._today),
            owner=owner,
            team=owner.team,
            company=company,
            currency=currency,
        )

    def _line(
        self,
        order: Order,
        product: Product | None,
        text: str,
        quantity: Decimal,
        price: Decimal,
    ) -> OrderLine:
        return OrderLine(
            order=order,
            position=1,
            product=product,
            text=product.name if product else text,
            unit=product.unit if product else "",
            quantity=quantity,
            unit_price=price,
            vat_rate=VAT.get(order.currency, VAT["EUR"]),
        )
