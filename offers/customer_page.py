"""What the customer's page of an offer shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from offers.document import DocumentLine, Sum, Term
from offers.letters import document_lines, terms_of, title_of
from offers.models import (
    Acceptance,
    Letterhead,
    OfferLine,
    OfferLink,
    OfferQuestion,
    OfferState,
    OfferVersion,
    current_letterhead,
)
from offers.pictures import data_url
from offers.sums import sums_of

MOST_QUESTIONS = 50


@dataclass(frozen=True)
class ShownLine:
    """A line of the table with what can be ticked at it."""

    line: OfferLine
    words: DocumentLine

    @property
    def field(self) -> str:
        """The name of its box or button; empty where nothing is to be chosen."""
        if self.line.alternative_group is not None:
            return f"group{self.line.alternative_group}"
        return "chosen" if self.line.is_optional else ""

    @property
    def input_type(self) -> str:
        """One of several, or each by itself."""
        return "radio" if self.line.alternative_group is not None else "checkbox"


@dataclass(frozen=True)
class CustomerPage:
    """An offer as its customer reads it."""

    link: OfferLink
    token: str

    @property
    def version(self) -> OfferVersion:
        """What the link opens."""
        return self.link.version

    @cached_property
    def paper(self) -> Letterhead:
        """Who we are."""
        return current_letterhead()

    @property
    def logo(self) -> str:
        """Our logo, within the page."""
        return data_url(bytes(self.paper.logo))

    @property
    def title(self) -> str:
        """`Angebot AN-2026-0001`."""
        return title_of(self.version)

    @cached_property
    def rows(self) -> list[OfferLine]:
        """The lines of the version."""
        return list(self.version.lines.all())

    @property
    def lines(self) -> Iterator[ShownLine]:
        """The table."""
        words = document_lines(self.version, self.rows)
        return (ShownLine(line, said) for line, said in zip(self.rows, words, strict=True))

    @property
    def sums(self) -> tuple[Sum, ...]:
        """What it comes to."""
        return sums_of(self.version, self.rows)

    @property
    def terms(self) -> list[Term]:
        """Delivery, payment, validity."""
        return list(terms_of(self.version))

    @property
    def is_open(self) -> bool:
        """Whether it can be answered."""
        return self.version.state == OfferState.SENT and not self.version.is_expired

    @property
    def may_ask(self) -> bool:
        """Whether somebody still reads what is asked."""
        return self.version.offer.deal.is_open and self.version.state != OfferState.ACCEPTED

    @cached_property
    def acceptance(self) -> Acceptance | None:
        """Who accepted."""
        return Acceptance.objects.filter(version=self.version).first()

    @property
    def questions(self) -> list[OfferQuestion]:
        """What was asked so far by the customer, with our answers."""
        return list(self.version.offer.questions.filter(by_customer=True)[:MOST_QUESTIONS])

    @property
    def closed_because(self) -> str:
        """Why it can no longer be accepted, kindly; empty while it can."""
        state = OfferState(self.version.state)
        if state == OfferState.SENT and self.version.is_expired:
            state = OfferState.EXPIRED
        return {
            OfferState.EXPIRED: _(
                "This offer has run out. We will gladly make you a new one: just send us a line below."
            ),
            OfferState.SUPERSEDED: _(
                "There is a newer version of this offer. Please use the link in our last mail to you."
            ),
            OfferState.WITHDRAWN: _("We have withdrawn this offer. Please ask us if you have questions."),
            OfferState.DECLINED: _("You have declined this offer. Thank you for telling us."),
        }.get(state, "")
