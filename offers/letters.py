"""A version of an offer as a letter: its words in its language, its amounts as its reader pays them."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from catalog.models import Billing
from catalog.vat import VatTreatment
from core.templatetags.dates import short_date
from core.templatetags.money import exact, money_exact, percent_exact
from offers.document import DocumentLine, OfferDocument, Term
from offers.line_amounts import shown_amounts, shown_price
from offers.models import OfferLine, OfferVersion, current_letterhead
from offers.paper import sender_of, words
from offers.prices import ZERO
from offers.sums import sums_of


def letter_of(version: OfferVersion) -> OfferDocument:
    """The letter a customer gets; of a draft, what they would get today."""
    paper = current_letterhead()
    lines = list(version.lines.all())
    with override(version.language):
        title = title_of(version)
        return OfferDocument(
            language=version.language,
            title=title,
            subject=f"{title}: {version.title}" if version.title else title,
            sender=sender_of(paper),
            receiver=tuple(version.recipient.splitlines()),
            references=tuple(_references(version)),
            words=words(),
            lines=tuple(document_lines(version, lines)),
            sums=sums_of(version, lines),
            opening=_opening(version, paper.text("opening", version.language)),
            terms=tuple(terms_of(version)) + _paper_terms(paper.text("terms", version.language)),
            closing=_closing(version, paper.text("closing", version.language)),
            signatures=(_("Place, date"), _("Signature of the customer")),
        )


def title_of(version: OfferVersion) -> str:
    """`Angebot AN-2026-0001, Version 2`."""
    number = version.offer.number or _("Draft")
    if version.number == 1:
        return _("Offer %(number)s") % {"number": number}
    return _("Offer %(number)s, version %(version)d") % {"number": number, "version": version.number}


def document_lines(version: OfferVersion, lines: list[OfferLine]) -> Iterator[DocumentLine]:
    """The table, with what is paid once added up from line to line."""
    amounts = shown_amounts(lines, with_vat=version.shows_gross)
    added, position = ZERO, 0
    for line in lines:
        if not line.is_item:
            yield DocumentLine(kind=line.kind, title=line.text, text=line.description)
            continue
        position += 1
        counts = line.is_chosen and line.billing == Billing.ONCE
        added += amounts[line.pk] if counts else ZERO
        yield _item(version, line, str(position), amounts[line.pk], added if counts else None)


def terms_of(version: OfferVersion) -> Iterator[Term]:
    """Delivery, payment, validity, and why there is no VAT."""
    if version.delivery:
        yield Term(_("Delivery"), version.delivery)
    yield Term(_("Payment"), payment_of(version))
    if version.valid_until:
        yield Term(
            _("Validity"), _("This offer is valid until %(day)s.") % {"day": short_date(version.valid_until)}
        )
    if version.vat_treatment == VatTreatment.REVERSE:
        yield Term(_("VAT"), _("Reverse charge: the recipient of the service owes the VAT."))
    elif version.vat_treatment == VatTreatment.EXPORT:
        yield Term(_("VAT"), _("Export, free of VAT."))


def payment_of(version: OfferVersion) -> str:
    """When it is to be paid, and what is taken off for paying early."""
    said = [_("Payable within %(days)d days without deduction.") % {"days": version.payment_days}]
    if version.payment_days == 0:
        said = [_("Payable at once without deduction.")]
    if version.cash_discount and version.cash_discount_days:
        said.append(
            _("%(rate)s cash discount if paid within %(days)d days.")
            % {"rate": percent_exact(version.cash_discount), "days": version.cash_discount_days}
        )
    return " ".join([*said, version.payment_note]).strip()


def _item(
    version: OfferVersion, line: OfferLine, position: str, amount: Decimal, carry: Decimal | None
) -> DocumentLine:
    money = money_exact(amount, version.currency)
    price = shown_price(line, with_vat=version.shows_gross)
    return DocumentLine(
        kind="item" if line.is_chosen else "optional",
        title=line.text,
        text="\n".join(part for part in (line.description, _remark(line)) if part),
        position=position,
        quantity=f"{exact(line.quantity)} {line.unit}".strip(),
        unit_price=money_exact(price, version.currency),
        discount=percent_exact(line.discount) if line.discount else "",
        amount=money + _per(line.billing),
        carry="" if carry is None else money_exact(carry, version.currency),
    )


def _remark(line: OfferLine) -> str:
    if line.alternative_group is not None:
        return _("Alternative %(group)d") % {"group": line.alternative_group}
    return _("Optional") if line.is_optional else ""


def _per(billing: str) -> str:
    if billing == Billing.MONTHLY:
        return f"\n{Billing.MONTHLY.label}"
    return f"\n{Billing.YEARLY.label}" if billing == Billing.YEARLY else ""


def _references(version: OfferVersion) -> Iterator[tuple[str, str]]:
    deal = version.offer.deal
    yield _("Offer"), version.offer.number or _("Draft")
    yield _("Version"), str(version.number)
    yield pgettext("of a letter", "Date"), short_date(version.sent_at or timezone.now())
    if version.valid_until:
        yield _("Valid until"), short_date(version.valid_until)
    if deal.company and deal.company.customer_number:
        yield _("Customer number"), deal.company.customer_number
    yield _("Your contact"), deal.owner.get_full_name()
    yield _("E-mail"), deal.owner.email


def _opening(version: OfferVersion, usual: str) -> str:
    greeting = f"{version.salutation}," if version.salutation else ""
    return "\n\n".join(part for part in (greeting, version.intro or usual) if part)


def _closing(version: OfferVersion, usual: str) -> str:
    regards = _("Kind regards") + "\n" + version.offer.deal.owner.get_full_name()
    return "\n\n".join(part for part in (version.closing or usual, regards) if part)


def _paper_terms(text: str) -> tuple[Term, ...]:
    return (Term("", text),) if text else ()
