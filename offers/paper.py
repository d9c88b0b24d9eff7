"""Our letterhead as the sender of a document, and the words every letter needs."""

from django.utils.translation import gettext as _

from offers.document import Sender, Words
from offers.models import Letterhead


def sender_of(paper: Letterhead) -> Sender:
    """Name, return line and the columns at the foot; what is not filled in leaves no gap."""
    columns = (
        (paper.name, paper.street, paper.place),
        (paper.phone, paper.email, paper.website),
        (
            paper.register,
            _("Represented by %(names)s") % {"names": paper.directors} if paper.directors else "",
            _("VAT id %(number)s") % {"number": paper.vat_id} if paper.vat_id else "",
            _("Tax number %(number)s") % {"number": paper.tax_number} if paper.tax_number else "",
        ),
        (paper.bank, f"IBAN {paper.iban}" if paper.iban else "", f"BIC {paper.bic}" if paper.bic else ""),
    )
    filled = (tuple(line for line in column if line) for column in columns)
    return Sender(
        name=paper.name,
        return_line=" · ".join(part for part in (paper.name, paper.street, paper.place) if part),
        foot=tuple(column for column in filled if column),
        logo=bytes(paper.logo),
    )


def words() -> Words:
    """The heads of the columns and the words around the page, in the active language."""
    return Words(
        position=_("Item"),
        text=_("Description"),
        quantity=_("Quantity"),
        unit_price=_("Unit price"),
        discount=_("Discount"),
        amount=_("Amount"),
        carry=_("Carried over"),
        page_of=_("Page {page} of {pages}"),
    )
