"""What is sold: products with their group, unit and list price."""

import json
from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import count

from django.conf import settings as site
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, ProductGroup
from core.sentences import spoken
from imports.cells import folded
from imports.column_specs import Column, ColumnKind, choice
from imports.kinds.base import TableKind
from imports.read_rows import ReadRow
from imports.run import Run

NUMBER_NAMES = (
    "product number, productnumber, produktnummer, artikelnummer, artikel nr, artikelnr, art nr, sku, "
    "item number, product id, productid, product key, productkey, product code, productcode, produkt id"
)
MOST_PRICE = Decimal("9999999999.9999")
YES_OR_NO = {"yes": "yes, ja, true, 1, x", "no": "no, nein, false, 0"}


class Products(TableKind):
    """Products and services; one that is here already (by number, else by name) is brought up to date."""

    code = "products"
    label = _("Products")
    one = _("Product")
    order = 5
    prefixes = ("product", "produkt", "artikel", "property")
    keys = {"number": _("product number"), "name": _("name")}

    def columns(self) -> list[Column]:
        """Number, name, group, unit, price."""
        return [
            Column("number", _("product number"), f"{NUMBER_NAMES}, nummer, number, id", longest=40),
            Column(
                "name",
                _("name"),
                "product name, productname, produktname, produkt, product, artikel, artikelbezeichnung, "
                "bezeichnung, name, title, titel",
            ),
            Column(
                "group",
                _("product group"),
                "product group, produktgruppe, warengruppe, category, kategorie, category name, "
                "product family, family, gruppe, group",
                longest=120,
            ),
            Column(
                "unit",
                _("unit"),
                "unit, einheit, mengeneinheit, quantity per unit, quantityperunit, unit of measure",
                longest=20,
            ),
            Column(
                "price",
                _("list price, net"),
                "list price, listenpreis, unit price, unitprice, einzelpreis, price, preis, verkaufspreis",
                ColumnKind.AMOUNT,
            ),
            Column("currency", _("currency"), "currency, währung, currency code", longest=3),
            choice(
                "discontinued",
                _("no longer sold"),
                "discontinued, auslaufartikel, eingestellt",
                words=YES_OR_NO,
                choices=[("yes", _("yes")), ("no", _("no"))],
            ),
        ]

    def missing(self, mapped: Collection[str]) -> str:
        """A product has a name."""
        return "" if "name" in mapped else str(_("Please say which column holds the name of the product."))

    def take_in(self, rows: Sequence[ReadRow], run: Run) -> None:
        """Write the rows; what the file does not say stays."""
        shelf = _Shelf(rows, run)
        made: list[tuple[int, Product]] = []
        changed: list[tuple[int, Product, str]] = []
        for row in rows:
            problem = _problem(row)
            if problem:
                run.reject(row.line, row.cells, problem)
                continue
            shelf.place(row, made, changed)
        Product.objects.bulk_create([product for _line, product in made])
        for _line, product, _before in changed:
            product.save()
        run.made(made)
        run.changed(changed)
        run.tally.counts["created"] += len(made)
        run.tally.counts["updated"] += len(changed)


class _Shelf:
    """The products and groups that are here, with those of the rows beside them."""

    def __init__(self, rows: Sequence[ReadRow], run: Run) -> None:
        self._run = run
        products = list(Product.objects.order_by("-is_active", "pk"))
        self._by_number = {product.number: product for product in products}
        self._by_name: dict[str, Product] = {}
        for product in products:
            self._by_name.setdefault(folded(product.name), product)
        self._numbers = (number for n in count(1) if (number := f"IMP-{n:04d}") not in self._by_number)
        self._groups = {folded(group.name): group for group in ProductGroup.objects.all()}
        for row in rows:
            name = row.text("group")
            if name and folded(name) not in self._groups:
                self._groups[folded(name)] = ProductGroup.objects.create(name=name)
                run.made([(row.line, self._groups[folded(name)])])

    def place(
        self,
        row: ReadRow,
        made: list[tuple[int, Product]],
        changed: list[tuple[int, Product, str]],
    ) -> None:
        """Decide whether a row is a new product, changes one that is here, or says nothing new."""
        number = row.text("number")
        if not self._is_first(row, number or row.text("name")):
            return
        facts = self._facts(row)
        present = self._by_number.get(number) if number else self._by_name.get(folded(row.text("name")))
        if present is None:
            product = Product(**{"number": number or next(self._numbers), **facts})
            self._by_number[product.number] = product
            made.append((row.line, product))
            return
        before = {
            name: getattr(present, name) for name, value in facts.items() if getattr(present, name) != value
        }
        if not before:
            self._run.tally.counts["unchanged"] += 1
            return
        for name in before:
            setattr(present, name, facts[name])
        changed.append((row.line, present, json.dumps(before, default=str)))

    def _is_first(self, row: ReadRow, key: str) -> bool:
        first = self._run.seen.setdefault((self._run.file.pk, "product", folded(key)), row.line)
        if first != row.line:
            said = spoken(_("The same stands on line %(line)s.")) % {"line": first}
            self._run.reject(row.line, row.cells, said)
        return first == row.line

    def _facts(self, row: ReadRow) -> dict[str, object]:
        facts: dict[str, object] = {"name": row.text("name")}
        if row.text("group"):
            facts["group_id"] = self._groups[folded(row.text("group"))].pk
        if row.text("unit"):
            facts["unit"] = row.text("unit")
        if row.number("price") is not None:
            facts["price"] = row.number("price")
            facts["currency"] = row.text("currency").upper() or site.DEFAULT_CURRENCY
        if row.text("discontinued"):
            facts["is_active"] = row.text("discontinued") == "no"
        return facts


def _problem(row: ReadRow) -> str | Promise:
    price = row.number("price")
    if not row.text("name"):
        return _("The name is missing.")
    if price is not None and not 0 <= price <= MOST_PRICE:
        return _("The price is negative or too large.")
    return ""
