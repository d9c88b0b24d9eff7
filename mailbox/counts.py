"""How many mails were seen in each mailbox, and what became of them: nothing is lost in silence."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from mailbox.models import FetchRun, Mailbox, Reason, TakenMail

DAYS = 30
COUNTED = ("seen", "filed", "queued", "rejected", "known")


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
    """One row per mailbox that is read or was, in three queries however many there are."""
    since = (now or timezone.now()) - timedelta(days=DAYS)
    sums, why = _sums(since), _reasons(since)
    return [
        BoxCounts(box, **{name: sums[box.pk, name] for name in COUNTED}, reasons=why[box.pk])
        for box in Mailbox.objects.order_by("name")
        if box.is_active or sums[box.pk, "seen"]
    ]


def _sums(since: datetime) -> Counter[tuple[int, str]]:
    sums = [Sum(name) for name in COUNTED]
    rows = FetchRun.objects.filter(at__gte=since).values_list("mailbox", *sums)
    return Counter(
        {(box, name): number for box, *all_ in rows for name, number in zip(COUNTED, all_, strict=True)}
    )


def _reasons(since: datetime) -> dict[int, list[tuple[str, int]]]:
    rejected = TakenMail.objects.filter(state=TakenMail.State.REJECTED, taken_at__gte=since)
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in (
        rejected.values("mailbox", "reason").annotate(number=Count("pk")).order_by("-number", "reason")
    ):
        found[row["mailbox"]].append((str(Reason(row["reason"]).label), row["number"]))
    return found
