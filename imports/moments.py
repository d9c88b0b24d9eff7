"""Days and moments as people write them: 1.3.2017, 2017-03-01T09:51:15Z, 3/1/2017 2:05 PM, 1. März 2017."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

from core.sentences import sentence as _
from imports.cells import Cell, is_blank, trimmed
from imports.conventions import Reading, Vote, decide
from imports.errors import ValueUnreadable

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
MONTHS_OF_A_YEAR = 12

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTHS_DE = {"mär": 3, "mae": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12, "jän": 1}
_NUMERIC = re.compile(r"([0-9]{1,4})\s*([./-])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,4})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_MONTH_NAME = re.compile(r"([0-9]{1,2})\.?[ -]*([^\W\d_]{3,9})\.?,?[ -]*([0-9]{4}|[0-9]{2})")
_MONTH_NAME_DAY = re.compile(r"([^\W\d_]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_YEAR_MONTH = re.compile(r"(?P<year>[0-9]{4}) ?[-/.]? ?(?P<month>[0-9]{1,2})")
_MONTH_YEAR = re.compile(r"(?P<month>[0-9]{1,2}) ?[-/.] ?(?P<year>[0-9]{4})")
_MONTH_NAME_YEAR = re.compile(r"(?P<month>[^\W\d_]{3,9})\.?,?[ -]*(?P<year>[0-9]{4})")
_WEEKDAY = re.compile(r"\A[^\W\d_]{2,10}\.?, *(?=[0-9])")
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)?(?: ?Uhr)? ?(?P<zone>.*)"
)
_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+-])([0-9]{2}):?([0-9]{2})?")
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "WEZ": 0, "MEZ": 1, "CET": 1, "MESZ": 2, "CEST": 2}
_LONGEST = 60
NOON = time(12)


class DayOrder(StrEnum):
    """Which of the first two numbers is the day, where a year ends the date."""

    DAY_FIRST = "d/m/y"
    MONTH_FIRST = "m/d/y"


def day_order(cells: Iterable[Cell], *, given: DayOrder | None = None) -> Reading[DayOrder]:
    """Whether a column of dates is day first or month first.

    Only dates with slashes or hyphens and the year at the end leave a choice; with dots the day comes first,
    and a number above 12 decides. If nothing decides, day first is assumed, as is usual in Europe.
    """
    votes = (_vote(trimmed(cell)) for cell in cells if isinstance(cell, str))
    return decide((vote for vote in votes if vote), given)


def _vote(text: str) -> Vote[DayOrder] | None:
    match = _NUMERIC.match(_WEEKDAY.sub("", text[:_LONGEST]))
    if match is None or match[2] == "." or len(match[1]) > 2:
        return None
    first, second = int(match[1]), int(match[3])
    if first == second or max(first, second) > 31 or min(first, second) > 12:
        return None
    orders = {DayOrder.DAY_FIRST} if second <= 12 else set()
    orders |= {DayOrder.MONTH_FIRST} if first <= 12 else set()
    return Vote(frozenset(orders), usual=DayOrder.DAY_FIRST)


def parse_moment(cell: Cell, order: DayOrder | None) -> date | datetime | None:
    """A day, a moment without zone or a moment with zone, as the cell has it; None when it is blank.

    `order` is that of the column, None if the column contradicts itself: then a date that could be read both
    ways is refused. Raises ValueUnreadable.
    """
    if is_blank(cell):
        return None
    moment = cell if isinstance(cell, date) else _parsed(cell, order)
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise _unreadable(cell, _("“%(value)s” lies outside the years 1900 to 2199."))
    return moment


def parse_day(cell: Cell, order: DayOrder | None, zone: tzinfo) -> date | None:
    """The day of a cell; of a moment with a zone, the day that it is in `zone`."""
    moment = parse_moment(cell, order)
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()


def parse_month(cell: Cell, order: DayOrder | None, zone: tzinfo) -> date | None:
    """The first day of the month that a cell names, or in which its day lies; None when it is blank."""
    text = " ".join(trimmed(cell).split()) if isinstance(cell, str) else ""
    if match := _YEAR_MONTH.fullmatch(text) or _MONTH_YEAR.fullmatch(text):
        return _first_day(cell, match["year"], int(match["month"]))
    if match := _MONTH_NAME_YEAR.fullmatch(text):
        return _first_day(cell, match["year"], _month(cell, match["month"]))
    day = parse_day(cell, order, zone)
    return day.replace(day=1) if day else None


def _first_day(cell: Cell, year: str, month: int) -> date:
    if not (EARLIEST_YEAR <= int(year) <= LATEST_YEAR and 1 <= month <= MONTHS_OF_A_YEAR):
        raise _unreadable(cell)
    return date(int(year), month, 1)


def in_zone(moment: date | datetime, zone: tzinfo) -> datetime:
    """As an aware moment in UTC: a time without zone is meant in `zone`, a day without time is noon there.

    Noon is the same calendar day in every zone of Europe, Africa and America, so that no day, month or
    quarter shifts by being stored in UTC. The hour skipped in spring becomes the one after it; in the doubled
    hour of autumn it is the first.
    """
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, NOON)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)


def _parsed(cell: Cell, order: DayOrder | None) -> date | datetime:
    text = _WEEKDAY.sub("", " ".join(trimmed(cell).split()))
    if not isinstance(cell, str) or len(text) > _LONGEST:
        raise _unreadable(cell)
    try:
        day, rest = _day(cell, text, order)
        rest = re.sub(r"\A(?:[T,]|um)? ?", "", rest.lstrip())
        return _with_time(cell, day, rest) if rest else day
    except ValueError as error:
        raise _unreadable(cell) from error


def _day(cell: Cell, text: str, order: DayOrder | None) -> tuple[date, str]:
    """The day with which a text begins, and what follows."""
    if match := _NUMERIC.match(text):
        return _numeric_day(cell, match, order), text[match.end() :]
    if match := _COMPACT.match(text):
        return date(int(match[1]), int(match[2]), int(match[3])), text[match.end() :]
    if match := _DAY_MONTH_NAME.match(text):
        return date(_year(match[3]), _month(cell, match[2]), int(match[1])), text[match.end() :]
    if match := _MONTH_NAME_DAY.match(text):
        return date(_year(match[3]), _month(cell, match[1]), int(match[2])), text[match.end() :]
    raise _unreadable(cell)


def _numeric_day(cell: Cell, match: re.Match[str], order: DayOrder | None) -> date:
    if len(match[1]) == 4:
        return date(int(match[1]), int(match[3]), int(match[4]))
    vote = _vote(match[0])
    if vote and len(vote.possible) == 1:
        order = next(iter(vote.possible))
    elif vote and order is None:
        raise _unreadable(cell, _("“%(value)s” may be day/month or month/day, and the column has both."))
    is_month_first = order == DayOrder.MONTH_FIRST and match[2] != "."
    day, month = (match[3], match[1]) if is_month_first else (match[1], match[3])
    return date(_year(match[4]), int(month), int(day))


def _year(digits: str) -> int:
    """Four digits as they are, two digits in 1970 to 2069."""
    if len(digits) == 4:
        return int(digits)
    if len(digits) != 2:
        raise ValueError(digits)
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _month(cell: Cell, name: str) -> int:
    start = name[:3].casefold()
    if start in _MONTHS:
        return _MONTHS.index(start) + 1
    if start in _MONTHS_DE:
        return _MONTHS_DE[start]
    raise _unreadable(cell)


def _with_time(cell: Cell, day: date, text: str) -> datetime:
    match = _TIME.fullmatch(text)
    if match is None:
        raise _unreadable(cell)
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise _unreadable(cell)
        hour = hour % 12 + (12 if match["half"][0] in "Pp" else 0)
    microsecond = int((match["fraction"] or "0").ljust(6, "0")[:6])
    clock = time(
        hour, int(match["minute"]), int(match["second"] or 0), microsecond, tzinfo=_zone(cell, match["zone"])
    )
    return datetime.combine(day, clock)


def _zone(cell: Cell, text: str) -> tzinfo | None:
    if not text:
        return None
    if text.upper() in _ZONES:
        return timezone(timedelta(hours=_ZONES[text.upper()]))
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise _unreadable(cell)
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset)


def _unreadable(cell: Cell, message: str = "") -> ValueUnreadable:
    return ValueUnreadable((message or _("“%(value)s” is no date.")) % {"value": trimmed(cell)[:40]})
