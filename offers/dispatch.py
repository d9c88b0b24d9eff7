"""What is known of a version at its customer."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from accounts.models import User
from offers.letters import letter_of
from offers.models import Acceptance, OfferLine, OfferLink, OfferState, OfferVersion, SentDocument
from offers.pdf import set_pdf

MOST_LINKS = 20


@dataclass(frozen=True)
class Dispatch:
    """Of one version, for one user."""

    version: OfferVersion
    user: User

    @cached_property
    def document(self) -> SentDocument | None:
        """The file that was sent."""
        return SentDocument.objects.filter(version=self.version).defer("content").first()

    @cached_property
    def links(self) -> list[OfferLink]:
        """The latest ones."""
        links = self.version.links.select_related("made_by").order_by("-made_at", "-pk")
        return list(links[:MOST_LINKS])

    @property
    def has_valid_link(self) -> bool:
        """Whether there is anything to revoke."""
        return self.version.links.valid().exists()

    @property
    def opened_at(self) -> datetime | None:
        """When the customer looked at it first."""
        return min((link.opened_at for link in self.links if link.opened_at), default=None)

    @cached_property
    def acceptance(self) -> Acceptance | None:
        """Who accepted it on its page."""
        return Acceptance.objects.filter(version=self.version).first()

    @property
    def chosen(self) -> list[OfferLine]:
        """The optional items that were ticked then."""
        if self.acceptance is None:
            return []
        return list(self.version.lines.filter(position__in=self.acceptance.chosen))

    @property
    def may_be_sent_again(self) -> bool:
        """Whether it lies with the customer, who may have lost it."""
        return self.version.state == OfferState.SENT

    @cached_property
    def may_edit(self) -> bool:
        """Whether this user makes links."""
        return OfferVersion.objects.editable_by(self.user).filter(pk=self.version.pk).exists()


def pdf_of(version: OfferVersion) -> bytes:
    """The file that was sent, byte by byte; of a draft what it would be now."""
    kept = SentDocument.objects.filter(version=version).first()
    return bytes(kept.content) if kept else set_pdf(letter_of(version)).content
