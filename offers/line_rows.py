"""Rows of offers made of what was said of them: with the VAT that is due, and what it costs us."""

from dataclasses import fields
from decimal import Decimal

from django.utils import timezone

from catalog.vat import Vat, VatTable, vat_for
from offers.facts import OfferLineFacts
from offers.models import OfferLine, OfferVersion
from offers.recipients import Recipient


class VatDue:
    """The VAT that a customer owes today, by category."""

    def __init__(self, recipient: Recipient) -> None:
        self._recipient, self._table, self._day = recipient, VatTable.read(), timezone.localdate()

    def of(self, category: str) -> Vat:
        """Rate and reason."""
        who = self._recipient
        return vat_for(category, who.country, who.vat_id, who.is_business, self._day, table=self._table)


def line_row(version: OfferVersion, position: int, line: OfferLineFacts, due: VatDue) -> OfferLine:
    """One place of a version, unsaved."""
    row = OfferLine(version=version, position=position)
    for field in fields(line):
        setattr(row, field.name, getattr(line, field.name))
    if row.kind != OfferLine.Kind.ITEM:
        return _without_price(row)
    row.vat_rate = due.of(row.vat_category).rate
    if row.product is not None and row.product.currency == version.currency:
        row.cost, row.floor_price = row.product.cost, row.product.floor_price
    return row


def _without_price(row: OfferLine) -> OfferLine:
    """Headings and texts sell nothing."""
    row.product, row.quantity, row.unit_price, row.discount = None, Decimal(0), Decimal(0), Decimal(0)
    row.is_optional, row.alternative_group, row.is_chosen = False, None, True
    return row
