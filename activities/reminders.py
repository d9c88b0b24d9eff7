"""When a follow-up reminds its owner, and reminding once and only once.

The moment is worked out when the follow-up is written, from the clock on the wall in Berlin, and kept in UTC:
an hour that comes twice or not at all changes nothing any more. Whoever sets `reminded_at` by a conditional
update reminds; everybody else finds it set.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from activities.models import FollowUp
from core import events

DAY_BEGINS = dt.time(8)
MINUTES_OF_DAY = 24 * 60
BATCH = 200


def reminder_moment(on: dt.date, clock: dt.time | None, minutes_before: int | None) -> dt.datetime | None:
    """When to remind: whole days before by the calendar, the rest by the clock; None when not at all.

    Without a time of day a follow-up is due at eight in the morning.
    """
    if minutes_before is None:
        return None
    days, minutes = divmod(minutes_before, MINUTES_OF_DAY)
    due = timezone.make_aware(dt.datetime.combine(on - dt.timedelta(days=days), clock or DAY_BEGINS))
    return due.astimezone(dt.UTC) - dt.timedelta(minutes=minutes)


def remind_due() -> int:
    """Remind of everything whose moment has come; answer how many. May run in several workers at once."""
    count = 0
    while keys := list(_waiting()[:BATCH]):
        count += sum(_remind(key) for key in keys)
    return count


def _waiting() -> QuerySet[FollowUp, int]:
    now = timezone.now()
    rows = FollowUp.objects.filter(done_at=None, reminded_at=None, remind_at__lte=now)
    return rows.order_by("remind_at", "pk").values_list("pk", flat=True)


def _remind(pk: int) -> bool:
    """Claim one, with the event from which the mail follows: both or neither."""
    now = timezone.now()
    with transaction.atomic():
        waiting = FollowUp.objects.filter(pk=pk, done_at=None, reminded_at=None, remind_at__lte=now)
        if not waiting.update(reminded_at=now):
            return False
        events.record("followup.reminded", FollowUp.objects.get(pk=pk), actor=None)
    return True
