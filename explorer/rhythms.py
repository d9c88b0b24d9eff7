"""When a question comes by mail next: in the morning, as the clocks in Berlin show it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from core.working_days import on_or_after
from explorer.models import Rhythm

SENT_AT = time(6, 45)


def next_moment(rhythm: str, now: datetime) -> datetime:
    """The first moment after `now`."""
    day = timezone.localtime(now, timezone.get_default_timezone()).date()
    first = _moment(_on_or_after(rhythm, day))
    return first if first > now else _moment(_on_or_after(rhythm, day + timedelta(days=1)))


def _on_or_after(rhythm: str, day: date) -> date:
    if rhythm == Rhythm.DAILY:
        return on_or_after(day)
    if rhythm == Rhythm.WEEKLY:
        return day + timedelta(days=-day.weekday() % 7)
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, SENT_AT), timezone.get_default_timezone())
