"""Moments: as numbers in addresses, and as the first ones of days in Berlin's calendar."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from django.http import Http404
from django.utils import timezone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_microseconds(moment: datetime) -> int:
    """A moment as a number of an address."""
    return (moment - EPOCH) // MICROSECOND


def from_microseconds(number: int) -> datetime:
    """The moment again; Http404 for a number that is none."""
    try:
        return EPOCH + number * MICROSECOND
    except OverflowError as error:
        raise Http404 from error


@lru_cache(maxsize=4096)
def day_start(day: date) -> datetime:
    """The moment a day begins in Berlin."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def morning_of(day: date) -> datetime:
    """Seven in the morning of a day in Berlin: when what is planned for a day begins."""
    return timezone.make_aware(datetime.combine(day, time(7)), timezone.get_default_timezone())


def year_up_to(day: date) -> date:
    """The first day of the twelve months that end with this one."""
    return day - relativedelta(months=12) + timedelta(days=1)
