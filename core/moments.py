"""Moments in addresses: what was done in one transaction is named by when."""

from datetime import UTC, datetime, timedelta

from django.http import Http404

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
