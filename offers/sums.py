"""The sums below an offer, in words of the active language: for the letter and for the customer's page."""

from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.models import Billing
from core.templatetags.money import money_exact, percent_exact
from offers.document import Sum
from offers.models import OfferLine, OfferVersion
from offers.offer_prices import Part, offer_totals
from offers.prices import VatShare, totals


def sums_of(version: OfferVersion, lines: list[OfferLine]) -> tuple[Sum, ...]:
    """Per rhythm of payment: what the lines come to, the discount, the VAT of each rate, the total."""
    said = _with_vat if version.shows_gross else _net_first
    counted = [line for line in lines if line.is_counted]
    return tuple(row for part in offer_totals(lines, version).parts for row in said(part, version, counted))


def _net_first(part: Part, version: OfferVersion, lines: list[OfferLine]) -> list[Sum]:
    said = _less(part.before, part.totals.net, version)
    said.append(Sum(_rhythm(part.billing, _("Net")), money_exact(part.totals.net, version.currency)))
    said += [_share(_("plus %(rate)s VAT on %(net)s"), share, version) for share in part.totals.shares]
    return [*said, _total(part, version)]


def _with_vat(part: Part, version: OfferVersion, lines: list[OfferLine]) -> list[Sum]:
    before = totals([line for line in lines if line.billing == part.billing]).gross
    said = _less(before, part.totals.gross, version)
    included = [_share(_("of which %(rate)s VAT on %(net)s"), share, version) for share in part.totals.shares]
    return [*said, _total(part, version), *included]


def _less(before: Decimal, after: Decimal, version: OfferVersion) -> list[Sum]:
    if before == after:
        return []
    label = _("Discount")
    if version.discount_rate:
        label = _("Discount of %(rate)s") % {"rate": percent_exact(version.discount_rate)}
    return [
        Sum(_("Subtotal"), money_exact(before, version.currency)),
        Sum(label, money_exact(after - before, version.currency)),
    ]


def _share(label: str, share: VatShare, version: OfferVersion) -> Sum:
    net = money_exact(share.net, version.currency)
    return Sum(
        label % {"rate": percent_exact(share.rate), "net": net}, money_exact(share.vat, version.currency)
    )


def _total(part: Part, version: OfferVersion) -> Sum:
    total = money_exact(part.totals.gross, version.currency)
    return Sum(_rhythm(part.billing, _("Total")), total, is_total=True)


def _rhythm(billing: str, label: str) -> str:
    if billing == Billing.MONTHLY:
        return _("%(sum)s per month") % {"sum": label}
    if billing == Billing.YEARLY:
        return _("%(sum)s per year") % {"sum": label}
    return label
