"""What a user says of a version of an offer and of its lines, as the actions take it."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from catalog.models import Billing, Product, VatCategory
from offers.models import OfferLine, OfferVersion


@dataclass(frozen=True)
class VersionFacts:
    """The letter and its terms; discounts are rates from 0 to 1, one of the two on the total."""

    title: str = ""
    recipient: str = ""
    salutation: str = ""
    language: str = "de"
    currency: str = "EUR"
    valid_until: date | None = None
    intro: str = ""
    closing: str = ""
    delivery: str = ""
    payment_days: int = 30
    cash_discount: Decimal = Decimal(0)
    cash_discount_days: int = 0
    payment_note: str = ""
    discount_rate: Decimal = Decimal(0)
    discount_amount: Decimal = Decimal(0)
    shows_gross: bool = False
    internal_note: str = ""


@dataclass(frozen=True)
class OfferLineFacts:
    """One place of an offer; VAT rate, cost and floor follow from category, product and customer."""

    text: str
    kind: str = OfferLine.Kind.ITEM
    product: Product | None = None
    description: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = ""
    unit_price: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    vat_category: str = VatCategory.STANDARD
    billing: str = Billing.ONCE
    is_optional: bool = False
    alternative_group: int | None = None
    is_chosen: bool = True


def facts_of_version(version: OfferVersion) -> VersionFacts:
    """What a version says."""
    return VersionFacts(**{field.name: getattr(version, field.name) for field in fields(VersionFacts)})


def facts_of_lines(version: OfferVersion) -> list[OfferLineFacts]:
    """What its lines say, in their order."""
    return [facts_of_line(line) for line in version.lines.select_related("product")]


def facts_of_line(line: OfferLine) -> OfferLineFacts:
    """What one line says."""
    return OfferLineFacts(**{field.name: getattr(line, field.name) for field in fields(OfferLineFacts)})
