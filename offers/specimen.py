"""An invented offer on our paper, for admins to see what the settings look like."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.templatetags.dates import short_date
from core.templatetags.money import money_exact
from offers.document import DocumentLine, OfferDocument, Sum, Term
from offers.models import current_letterhead
from offers.paper import sender_of, words
from offers.pdf import SetPdf, set_pdf

PRICE = Decimal(1250)
VAT_RATE = Decimal("0.19")
LINES = 30


def specimen_pdf() -> SetPdf:
    """A letter of two pages in the active language."""
    paper, language = current_letterhead(), translation.get_language() or "de"
    today, net = timezone.localdate(), LINES * PRICE
    return set_pdf(
        OfferDocument(
            language=language,
            title=_("Specimen"),
            subject=_("Specimen"),
            sender=sender_of(paper),
            receiver=(_("Invented company"), _("Invented street 1"), "12345 Musterstadt"),
            references=(
                (_("Date"), short_date(today)),
                (_("Valid until"), short_date(today + timedelta(days=30))),
            ),
            words=words(),
            lines=tuple(_line(at) for at in range(1, LINES + 1)),
            sums=(
                Sum(_("Net"), money_exact(net)),
                Sum(_("VAT"), money_exact(net * VAT_RATE)),
                Sum(_("Total"), money_exact(net * (1 + VAT_RATE)), is_total=True),
            ),
            opening=paper.text("opening", language),
            terms=tuple(Term("", text) for text in (paper.text("terms", language),) if text),
            closing=paper.text("closing", language),
            signatures=(_("Place, date"), _("Signature of the customer")),
        )
    )


def _line(at: int) -> DocumentLine:
    return DocumentLine(
        kind="item",
        title=_("Invented product"),
        position=str(at),
        quantity="1",
        unit_price=money_exact(PRICE),
        amount=money_exact(PRICE),
        carry=money_exact(PRICE * at),
    )
