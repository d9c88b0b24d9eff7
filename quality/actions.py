"""Every write of the app: the picture of a day."""

from django.db import transaction
from django.utils import timezone

from core.snapshot import snapshot
from quality.models import QualityDay, Subject
from quality.records import tallies


def take_stock(*, only_if_missing: bool = False) -> int:
    """Write down what the data is like today, in one snapshot; answer how many rows. Safe to repeat."""
    today = timezone.localdate()
    if only_if_missing and QualityDay.objects.filter(day=today).exists():
        return 0
    with snapshot(), transaction.atomic():
        rows = [row for subject in Subject.values for row in tallies(subject)]
        for row in rows:
            row.day = today
        QualityDay.objects.filter(day=today).delete()
        QualityDay.objects.bulk_create(rows)
    return len(rows)
