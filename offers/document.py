"""An offer as a business letter: all that stands on paper, as words that are ready to be set.

Nothing here knows tables or typesetting. `offers.pdf` sets it; whoever has an offer fills it.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sender:
    """Who writes: the logo beside the name, the line above the address, the foot of each page in columns."""

    name: str
    return_line: str = ""
    foot: tuple[tuple[str, ...], ...] = ()
    logo: bytes = b""


@dataclass(frozen=True)
class DocumentLine:
    """One line of the table; numbers are words already, `carry` is the sum up to and with this line.

    A `section` and a `text` stand across the table. An `optional` line costs nothing until it is chosen: its
    amount is shown in brackets and is in no sum.
    """

    kind: str
    title: str
    text: str = ""
    position: str = ""
    quantity: str = ""
    unit_price: str = ""
    discount: str = ""
    amount: str = ""
    carry: str = ""


@dataclass(frozen=True)
class Sum:
    """A line below the table: net, VAT of a rate, gross."""

    label: str
    amount: str
    is_total: bool = False


@dataclass(frozen=True)
class Term:
    """A paragraph below the sums: delivery, payment, validity, a free text."""

    title: str
    text: str


@dataclass(frozen=True)
class Words:
    """The words the letter itself needs, in its language."""

    position: str
    text: str
    quantity: str
    unit_price: str
    discount: str
    amount: str
    carry: str
    page_of: str


@dataclass(frozen=True)
class OfferDocument:
    """A whole letter. `language` is that of the hyphenation: `de` or `en`.

    `signatures` are the lines people sign on: the place and what is written below it.
    """

    language: str
    title: str
    subject: str
    sender: Sender
    receiver: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    words: Words
    lines: tuple[DocumentLine, ...]
    sums: tuple[Sum, ...]
    opening: str = ""
    terms: tuple[Term, ...] = ()
    closing: str = ""
    signatures: tuple[str, ...] = field(default=())
