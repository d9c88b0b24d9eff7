"""Until when an inquiry is to be answered, and how long an answer took, in working hours of a Land."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from core.working_days import is_working_day, working_day_after, working_seconds_between

MINUTE = 60


def answer_by(start: datetime, minutes: int, land: str = "") -> datetime:
    """The moment at which so many minutes of working hours have passed since `start`."""
    left = timedelta(minutes=minutes)
    day = timezone.localdate(start)
    while True:
        opens, closes = (_clock(day, clock) for clock in settings.WORKING_HOURS)
        begin = max(start, opens)
        if is_working_day(day, land) and begin < closes:
            if begin + left <= closes:
                return begin + left
            left -= closes - begin
        day = working_day_after(day, land=land)


def worked_minutes(start: datetime, end: datetime, land: str = "") -> int:
    """Minutes of working hours between two moments."""
    return working_seconds_between(start, end, land) // MINUTE


def _clock(day: object, clock: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))  # type: ignore[arg-type]
