"""Days and hours on which one calls customers: Monday to Friday without the public holidays of a Land.

A land is a code of `core.lands`, as `user.works_in` tells it; without one, the settings say (LAND).
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

SATURDAY = 5
DAY = timedelta(days=1)
# What the package calls the languages of ours.
LANGUAGES = {"de": "de", "en": "en_US"}


def is_working_day(day: date, land: str = "") -> bool:
    """Tell whether people work there on that day."""
    return day.weekday() < SATURDAY and day not in _holidays(land or settings.LAND, day.year, "de")


def holiday_on(day: date, land: str = "") -> str:
    """The public holiday of a day in the reader's language; empty on others."""
    language = (get_language() or "de")[:2]
    return _holidays(land or settings.LAND, day.year, language).get(day, "")


def working_day_after(day: date, count: int = 1, land: str = "") -> date:
    """The working day that many working days later."""
    for _step in range(count):
        day += DAY
        while not is_working_day(day, land):
            day += DAY
    return day


def on_or_after(day: date, land: str = "") -> date:
    """The day itself, or the first working day after a weekend or a holiday."""
    return working_day_after(day - DAY, land=land)


@lru_cache(maxsize=512)
def working_days_between(first: date, last: date, land: str = "") -> int:
    """Count the working days from one day to another, both included; 0 where the last comes first."""
    days = (first + n * DAY for n in range((last - first).days + 1))
    return sum(is_working_day(day, land) for day in days)


def working_seconds_between(start: datetime, end: datetime, land: str = "") -> int:
    """Count the seconds of working hours from one moment to another, by the clock of TIME_ZONE.

    The whole days between are counted, not walked by the second; none when `end` is not after `start`.
    """
    first, last = timezone.localdate(start), timezone.localdate(end)
    if first == last:
        return _worked(first, start, end, land)
    whole = working_days_between(first + DAY, last - DAY, land)
    opens, closes = settings.WORKING_HOURS
    a_day = (datetime.combine(first, closes) - datetime.combine(first, opens)).seconds
    begun, ended = _worked(first, start, None, land), _worked(last, None, end, land)
    return max(begun + whole * a_day + ended, 0) if first < last else 0


def _worked(day: date, start: datetime | None, end: datetime | None, land: str) -> int:
    """Seconds of one day's working hours after `start` and before `end`."""
    if not is_working_day(day, land):
        return 0
    opens, closes = (_at(day, clock) for clock in settings.WORKING_HOURS)
    begun, ended = max(start or opens, opens), min(end or closes, closes)
    return max(int((ended - begun).total_seconds()), 0)


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock), timezone.get_default_timezone())


@lru_cache(maxsize=1024)
def _holidays(land: str, year: int, language: str) -> dict[date, str]:
    """The public holidays of a year with their names."""
    country, _hyphen, part = land.partition("-")
    calendar = holidays.country_holidays(
        country, subdiv=part or None, years=year, language=LANGUAGES.get(language), expand=False
    )
    return dict(calendar.items())
