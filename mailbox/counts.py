"""How many mails were seen in each mailbox, and what became of them: nothing is lost in silence."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from mailbox.models import FetchRun, Mailbox, Reason, TakenMail

from django.db.models import Count, Sum
from django.utils import timezone

DAYS = 30


@dataclass(frozen=True)
class BoxCounts:
    """The last 30 days of one mailbox; the four add up to `seen`."""

    mailbox: Mailbox
    seen: int
    filed: int
    queued: int
    rejected: int
    known: int
    # Why mails that are rejected now were: label and number, the most frequent first.
    reasons: list[tuple[str, int]]


def counts_of_mailboxes(now: datetime | None = None) -> list[BoxCounts]:
    """One row per mailbox that is read, in three queries however many there are."""
    since = (now or timezone.now()) - timedelta(days=DAYS)
    names = ("seen", "filed", "queued", "rejected", "known")
    sums = (
        FetchRun.objects.filter(at__gte=since)
        .values("mailbox")
        .annotate(**{f"all_{n}": Sum(n) for n in names})
    )
    by_box = {row["mailbox"]: row for row in sums}
    rejected = TakenMail.objects.filter(state=TakenMail.State.REJECTED, taken_at__gte=since)
    why: dict[int, list[tuple[str, int]]] = {}
    for row in rejected.values("mailbox", "reason").annotate(number=Count("pk")).order_by("-number"):
        why.setdefault(row["mailbox"], []).append((str(Reason(row["reason"]).label), row["number"]))
    return [
        BoxCounts(
            box,
            *(by_box.get(box.pk, {}).get(f"all_{name}", 0) for name in names),
            reasons=why.get(box.pk, []),
        )
        for box in Mailbox.objects.filter(is_active=True)
    ]
