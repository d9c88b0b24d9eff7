"""Writes that belong to no other app."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.models import Delivery, Event

KEPT = timedelta(days=365)
BATCH = 5000


def remove_old_events() -> int:
    """Delete events older than a year whose deliveries are all done, in batches; answer how many."""
    removed = 0
    undone = Delivery.objects.filter(event=OuterRef("pk"), done_at=None)
    old = Event.objects.filter(~Exists(undone), at__lt=timezone.now() - KEPT).order_by("pk")
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        Event.objects.filter(pk__in=batch).delete()
        removed += len(batch)
    return removed
