"""What the page of data protection shows: every list bounded, the proposals by pages."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from contacts.models import Person
from core.pagination import Page, keyset_page
from privacy.access import all_persons
from privacy.forms import POSTPONEMENTS
from privacy.models import Erasure, PrivacyRequest, RetentionClass, RetentionProposal
from privacy.retention import records_past_their_time

MOST = 50


@dataclass(frozen=True)
class Overview:
    """Everything the page shows."""

    requests: list[PrivacyRequest]
    proposals: Page[RetentionProposal]
    proposal_count: int
    restricted: list[Person]
    erasures: list[Erasure]
    periods: list[RetentionClass]
    records_past: int
    postponements: list[tuple[int, object]]

    @property
    def late(self) -> int:
        """Requests whose month is over."""
        return sum(request.due_on < timezone.localdate() for request in self.requests)


def read_overview(user: User, cursor: str) -> Overview:
    """The page as this admin sees it."""
    asked = PrivacyRequest.objects.visible_to(user).filter(answered_at=None)
    waiting = RetentionProposal.objects.visible_to(user).filter(decided_at=None)
    loaded = waiting.select_related("person", "retention")
    return Overview(
        requests=list(asked.select_related("person", "noted_by").order_by("due_on", "pk")[:MOST]),
        proposals=keyset_page(loaded, ("last_contact_on", "id"), cursor),
        proposal_count=waiting.count(),
        restricted=list(all_persons().exclude(restricted_at=None).order_by("-restricted_at", "pk")[:MOST]),
        erasures=list(Erasure.objects.visible_to(user).select_related("by").order_by("-at")[:MOST]),
        periods=list(RetentionClass.objects.all()),
        records_past=records_past_their_time(),
        postponements=list(POSTPONEMENTS),
    )
