"""Periods of figures: the rolling twelve months, months, quarters, years, and any two days; all as Berlin's
calendar has them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from core.moments import day_start, year_up_to

Kind: TypeAlias = Literal["rolling12", "month", "quarter", "year", "days"]

YEAR: Final = relativedelta(months=12)
QUARTER: Final = relativedelta(months=3)
MONTH: Final = relativedelta(months=1)
MONTHS_OF_A_QUARTER: Final = 3
MONTH_CODE: Final = re.compile(r"((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])\Z")
YEAR_CODE: Final = re.compile(r"((?:19|20|21)[0-9]{2})\Z")
QUARTER_CODE: Final = re.compile(r"((?:19|20|21)[0-9]{2})-q([1-4])\Z")


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of one day to the end of another; without an end up to any `as_of`."""

    kind: Kind
    starts_on: date
    ends_on: date | None = None

    @property
    def begins_at(self) -> datetime:
        """The first moment of the period."""
        return day_start(self.starts_on)

    @property
    def ends_before(self) -> datetime | None:
        """The first moment after the period."""
        return day_start(self.ends_on + timedelta(days=1)) if self.ends_on else None

    @property
    def code(self) -> str:
        """How addresses name it: `12m`, `2026-11`, `2026-q4`, `2026`."""
        if self.kind == "quarter":
            return f"{self.starts_on.year}-q{quarter_number(self.starts_on)}"
        if self.kind == "month":
            return f"{self.starts_on:%Y-%m}"
        return str(self.starts_on.year) if self.kind == "year" else "12m"

    def holds(self, moment: datetime) -> bool:
        """Tell whether a moment lies in the period."""
        return self.begins_at <= moment and (self.ends_before is None or moment < self.ends_before)

    def before(self) -> "Period":
        """The period of the same length that ends where this one begins."""
        day_before = self.starts_on - timedelta(days=1)
        if self.kind == "month":
            return month_of(day_before)
        if self.kind == "quarter":
            return quarter_of(day_before)
        if self.kind == "year":
            return year_of(day_before)
        return Period("days", self.starts_on - YEAR, day_before)


def compared_with(period: Period, today: date, *, by_year: bool) -> Period:
    """What a period is compared with: the one before it or that of the year before, for as many days.

    A period that still runs has had less time than a whole one: then the other one ends as early.
    """
    if period.kind == "rolling12":
        return period.before()
    earlier = period.before()
    starts_on = period.starts_on - YEAR if by_year else earlier.starts_on
    whole_end = (period.ends_on or today) - YEAR if by_year else earlier.ends_on or today
    if period.starts_on <= today < (period.ends_on or today):
        days_gone = today - period.starts_on
        return Period("days", starts_on, min(starts_on + days_gone, whole_end))
    return Period("days", starts_on, whole_end)


Cohort: TypeAlias = tuple[Period, int]
"""What entered a stage in a period."""


def rolling_year(day: date) -> Period:
    """The twelve months that end with `day`; what happens later counts, too, until the year rolls on."""
    return Period("rolling12", year_up_to(day))


@lru_cache(maxsize=4096)
def quarter_of(day: date) -> Period:
    """The calendar quarter a day lies in."""
    first = date(day.year, MONTHS_OF_A_QUARTER * (quarter_number(day) - 1) + 1, 1)
    return Period("quarter", first, first + QUARTER - timedelta(days=1))


@lru_cache(maxsize=4096)
def month_of(day: date) -> Period:
    """The calendar month a day lies in."""
    first = day.replace(day=1)
    return Period("month", first, first + MONTH - timedelta(days=1))


def year_of(day: date) -> Period:
    """The calendar year a day lies in."""
    return Period("year", date(day.year, 1, 1), date(day.year, 12, 31))


def quarter_number(day: date) -> int:
    """1 to 4."""
    return (day.month - 1) // MONTHS_OF_A_QUARTER + 1


def recent_quarters(day: date, count: int) -> list[Period]:
    """The quarter of a day and those before it, the latest first."""
    quarters = [quarter_of(day)]
    while len(quarters) < count:
        quarters.append(quarters[-1].before())
    return quarters


def overlapping(periods: Iterable[Period]) -> list[list[Period]]:
    """Put together what overlaps, in the order of the beginnings."""
    groups: list[list[Period]] = []
    end: datetime | None = None
    for period in sorted(periods, key=lambda period: period.starts_on):
        if groups and (end is None or period.begins_at < end):
            groups[-1].append(period)
            end = max(end, period.ends_before) if end and period.ends_before else None
        else:
            groups.append([period])
            end = period.ends_before
    return groups


def period_of_code(code: str, day: date) -> Period:
    """The period an address names; whatever is no code of ours is the rolling year."""
    if found := QUARTER_CODE.match(code):
        return quarter_of(date(int(found[1]), MONTHS_OF_A_QUARTER * int(found[2]), 1))
    if found := MONTH_CODE.match(code):
        return month_of(date(int(found[1]), int(found[2]), 1))
    if found := YEAR_CODE.match(code):
        return year_of(date(int(found[1]), 1, 1))
    return rolling_year(day)


def local_day(moment: datetime) -> date:
    """The day of a moment in Berlin."""
    return moment.astimezone(timezone.get_default_timezone()).date()
