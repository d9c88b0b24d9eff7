"""What a new offer says before anybody has typed: from deal, customer, template and prices."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.models import Product
from catalog.pricing import price_of
from offers.facts import OfferLineFacts, VersionFacts
from offers.models import OfferLine, OfferTemplate, OfferTemplateLine
from offers.recipients import Recipient
from pipeline.models import Deal

VALID_DAYS = 30
CURRENCIES = ("EUR", "CHF")


def first_facts(deal: Deal, recipient: Recipient, template: OfferTemplate | None) -> VersionFacts:
    """Letter and terms."""
    language = template.language if template else recipient.language
    with override(language):
        intro = _("thank you for your interest. We are pleased to offer you:")
        closing = _("We look forward to your order. Please ask if anything is unclear.")
    facts = VersionFacts(
        title=deal.title,
        recipient=recipient.block,
        salutation=recipient.salutation,
        language=language,
        currency=deal.currency if deal.currency in CURRENCIES else CURRENCIES[0],
        valid_until=timezone.localdate() + timedelta(days=VALID_DAYS),
        intro=intro,
        closing=closing,
        shows_gross=not recipient.is_business,
    )
    return _by_template(facts, template) if template else facts


def first_lines(deal: Deal, facts: VersionFacts, template: OfferTemplate | None) -> list[OfferLineFacts]:
    """The lines of the template; without one, what the deal is about."""
    if template is not None and (lines := list(template.lines.select_related("product"))):
        return [_of_template(deal, facts, line) for line in lines]
    return [priced_line(deal, facts, deal.product, Decimal(1))] if deal.product else []


def priced_line(deal: Deal, facts: VersionFacts, product: Product, quantity: Decimal) -> OfferLineFacts:
    """A product with the price of this customer today; 0 where there is none in this currency."""
    customer = deal.company or deal.person
    price = price_of(product, customer, quantity, timezone.localdate(), facts.currency)
    return OfferLineFacts(
        text=product.name_in(facts.language),
        product=product,
        description=product.description_in(facts.language),
        quantity=quantity,
        unit=product.unit,
        unit_price=price.amount if price.amount is not None else Decimal(0),
        vat_category=product.vat_category,
        billing=product.billing,
    )


def bundle_lines(deal: Deal, facts: VersionFacts, bundle: Product, quantity: Decimal) -> list[OfferLineFacts]:
    """A bundle with a price of its own is one line that names its parts; else its parts are lines."""
    parts = list(bundle.parts.select_related("product"))
    own = priced_line(deal, facts, bundle, quantity)
    if not parts:
        return [own]
    if bundle.price is not None:
        named = [f"{part.quantity.normalize():f} × {part.product.name_in(facts.language)}" for part in parts]
        return [replace(own, description="\n".join([*filter(None, [own.description]), *named]))]
    return [priced_line(deal, facts, part.product, part.quantity * quantity) for part in parts]


def _by_template(facts: VersionFacts, template: OfferTemplate) -> VersionFacts:
    return replace(
        facts,
        intro=template.intro or facts.intro,
        closing=template.closing or facts.closing,
        delivery=template.delivery,
        valid_until=timezone.localdate() + timedelta(days=template.valid_days),
        payment_days=template.payment_days,
        cash_discount=template.cash_discount,
        cash_discount_days=template.cash_discount_days,
    )


def _of_template(deal: Deal, facts: VersionFacts, line: OfferTemplateLine) -> OfferLineFacts:
    if line.kind != OfferLine.Kind.ITEM or line.product is None:
        zero = Decimal(0) if line.kind != OfferLine.Kind.ITEM else line.quantity
        return OfferLineFacts(text=line.text, kind=line.kind, description=line.description, quantity=zero)
    offered = priced_line(deal, facts, line.product, line.quantity)
    return replace(
        offered,
        text=line.text or offered.text,
        description=line.description or offered.description,
        is_optional=line.is_optional,
        is_chosen=not line.is_optional,
    )
