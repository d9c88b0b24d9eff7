"""The lines of orders: as columns of a table of orders, or as a table of their own that names the order."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from core.sentences import spoken
from imports.cells import folded
from imports.column_specs import Column, ColumnKind
from imports.kinds.base import TableKind
from imports.kinds.products import NUMBER_NAMES
from imports.read_rows import ReadRow
from imports.run import Run
from offers.models import Order, OrderLine

ORDER_ID_NAMES = (
    "external id, order id, orderid, sales order number, salesordernumber, sales order id, auftrags id, "
    "order number, ordernumber, auftragsnummer, bestellnummer, id"
)
LINE_COLUMNS = (
    Column("product_number", _("product number"), NUMBER_NAMES, longest=40),
    Column("product", _("product"), "product, product name, productname, produkt, artikel, bezeichnung"),
    Column("text", _("text"), "text, description, beschreibung, position text, line item"),
    Column(
        "quantity",
        _("quantity"),
        "quantity, menge, anzahl, qty, order quantity, orderquantity, stück",
        ColumnKind.AMOUNT,
    ),
    Column("unit", _("unit"), "unit, einheit, mengeneinheit, unit of measure", longest=40),
    Column(
        "unit_price",
        _("unit price, net"),
        "unit price, unitprice, einzelpreis, preis, price, stückpreis",
        ColumnKind.AMOUNT,
    ),
    Column(
        "discount",
        _("discount (0.15 or 15)"),
        "discount, rabatt, nachlass, unit price discount, discount percent, rabatt prozent",
        ColumnKind.AMOUNT,
    ),
    Column(
        "vat_rate",
        _("VAT rate (0.19 or 19)"),
        "vat, vat rate, tax rate, mwst, mwst satz, ust, steuersatz",
        ColumnKind.AMOUNT,
    ),
)
MOST_QUANTITY = Decimal("999999999")
MOST_PRICE = Decimal("9999999999")
MOST_NET = Decimal("999999999999.99")
RATE_PLACES = Decimal("0.0001")
QUANTITY_PLACES = Decimal("0.001")


class LineBuilder:
    """Makes lines of rows; a product that the catalogue does not know stays a text."""

    def __init__(self, rows: Sequence[ReadRow]) -> None:
        numbers = {row.text("product_number") for row in rows} - {""}
        names = {folded(row.text("product")) for row in rows} - {""}
        self._by_number = {product.number: product for product in Product.objects.filter(number__in=numbers)}
        self._by_name: dict[str, Product] = {}
        if names:
            for product in Product.objects.order_by("-is_active", "pk"):
                self._by_name.setdefault(folded(product.name), product)

    def lines(self, order: Order, rows: Sequence[ReadRow], *, after: int = 0) -> list[tuple[int, OrderLine]]:
        """The lines of an order, each with the line of the file it stood in, in the order of the file."""
        ordered = sorted(rows, key=lambda row: row.line)
        return [
            (row.line, self._line(order, row, position))
            for position, row in enumerate(ordered, start=after + 1)
        ]

    @staticmethod
    def problem(row: ReadRow) -> str | Promise:
        """Why a row is no line; nothing if it is one."""
        quantity, price = row.number("quantity"), row.number("unit_price")
        if not (row.text("product_number") or row.text("product") or row.text("text")):
            return _("What was ordered is missing.")
        if quantity is None or not 0 < quantity <= MOST_QUANTITY or quantity != round(quantity, 3):
            return _("The quantity is missing, not above zero, too large or finer than three decimals.")
        if price is None or not 0 <= price <= MOST_PRICE:
            return _("The price is missing, negative or too large.")
        if any(not 0 <= _rate(row, name) <= 1 for name in ("discount", "vat_rate")):
            return _("Discount and VAT lie between 0 and 100 %.")
        if quantity * price > MOST_NET:
            return _("The line comes to more than can be kept.")
        return ""

    def _line(self, order: Order, row: ReadRow, position: int) -> OrderLine:
        product = self._by_number.get(row.text("product_number")) or self._by_name.get(
            folded(row.text("product"))
        )
        said = row.text("text") or row.text("product") or (product.name if product else "")
        return OrderLine(
            order=order,
            position=position,
            product=product,
            text=(said or row.text("product_number"))[:200],
            quantity=(row.number("quantity") or Decimal(0)).quantize(QUANTITY_PLACES),
            unit=row.text("unit") or (product.unit if product else ""),
            unit_price=row.number("unit_price") or Decimal(0),
            discount=_rate(row, "discount"),
            vat_rate=_rate(row, "vat_rate"),
        )


class OrderLines(TableKind):
    """Lines of orders in a file of their own: each names its order, which came in before or comes with it."""

    code = "order_lines"
    label = _("Order lines")
    one = _("Order line")
    order = 55
    prefixes = ("order", "line", "position", "auftragsposition")

    def columns(self) -> list[Column]:
        """The order, and what was ordered."""
        return [Column("order_id", _("order (id)"), ORDER_ID_NAMES, longest=80), *LINE_COLUMNS]

    def missing(self, mapped: Collection[str]) -> str:
        """A line names its order, a quantity and a price."""
        if {"order_id", "quantity", "unit_price"} - set(mapped):
            return str(_("Please say which columns hold the order, the quantity and the unit price."))
        return ""

    def take_in(self, rows: Sequence[ReadRow], run: Run) -> None:
        """Write the lines; an order that had lines before this import keeps those it has."""
        builder = LineBuilder(rows)
        ids = {run.key_of(row.text("order_id")) for row in rows}
        orders = {
            order.external_id: order
            for order in Order.objects.current()
            .filter(external_id__in=ids)
            .annotate(last=Coalesce(Max("lines__position"), 0))
        }
        by_order: dict[str, list[ReadRow]] = defaultdict(list)
        for row in rows:
            by_order[run.key_of(row.text("order_id"))].append(row)
        made: list[tuple[int, OrderLine]] = []
        for key, of_order in by_order.items():
            order = orders.get(key)
            if order is not None and not _takes_lines(order, run):
                run.tally.counts["unchanged"] += len(of_order)
                continue
            good = [row for row in of_order if self._is_good(row, order, run)]
            if order is not None:
                made += builder.lines(order, good, after=order.last)
        OrderLine.objects.bulk_create([line for _line, line in made])
        run.made(made)
        run.tally.counts["created"] += len(made)

    def _is_good(self, row: ReadRow, order: Order | None, run: Run) -> bool:
        problem = LineBuilder.problem(row)
        if order is None:
            problem = spoken(_("The order “%(id)s” is not here.")) % {"id": row.text("order_id")}
        if problem:
            run.reject(row.line, row.cells, problem)
        return not problem


def _takes_lines(order: Order, run: Run) -> bool:
    """Whether an order had no lines when this file came to it first; its rows may stand far apart."""
    is_open = order.last == 0  # type: ignore[attr-defined]
    return bool(run.seen.setdefault((run.file.pk, "lines of order", str(order.pk)), int(is_open)))


def _rate(row: ReadRow, name: str) -> Decimal:
    """A rate from 0 to 1; above 1 it was meant in percent."""
    said = row.number(name) or Decimal(0)
    return (said / 100 if said > 1 else said).quantize(RATE_PLACES)
