"""How far a month has gone: working days, and what of a target can be expected by a day.

Working days are Monday to Friday without the holidays that all of Germany has; those of single countries and
Länder are not known here.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from dateutil.easter import easter

SATURDAY = 5
# New Year, Labour Day, German Unity Day, Christmas.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)})
# Good Friday, Easter Monday, Ascension Day, Whit Monday: days after Easter Sunday.
MOVING_HOLIDAYS = (-2, 1, 39, 50)


class Pace(NamedTuple):
    """So many of the working days have gone by, the day itself included."""

    gone: int
    days: int

    @property
    def share(self) -> float:
        """The share of the time; all of it where nobody works at all."""
        return self.gone / self.days if self.days else 1.0


def is_working_day(day: date) -> bool:
    """Tell whether one calls customers on that day."""
    return (
        day.weekday() < SATURDAY
        and (day.month, day.day) not in FIXED_HOLIDAYS
        and day not in _moving_holidays(day.year)
    )


@lru_cache(maxsize=512)
def working_days(first: date, last: date) -> int:
    """Count the working days from one day to another, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(map(is_working_day, days))


def pace(first: date, last: date, today: date) -> Pace:
    """Tell how far the time from one day to another has gone by today."""
    gone = working_days(first, min(last, today)) if first <= today else 0
    return Pace(gone, working_days(first, last))


@lru_cache(maxsize=64)
def _moving_holidays(year: int) -> frozenset[date]:
    sunday = easter(year)
    return frozenset(sunday + timedelta(days=days) for days in MOVING_HOLIDAYS)
