"""Days and moments as salespeople say them: Di., 24.11.; heute, 14:00; überfällig seit Fr."""

import datetime as dt

from django.template import Library
from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

register = Library()

NBSP = "\u00a0"
WEEKDAYS_DE = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
DAYS_OF_A_WEEK = 7

Day = dt.date | dt.datetime


@register.filter
def weekday_date(value: Day | None) -> str:
    """`Di., 24.11.`, with the year when it is not this one; in English `Tue 24 Nov`."""
    if value is None:
        return ""
    day = local_day(value)
    if _is_german():
        year = "" if day.year == today().year else str(day.year)
        return f"{WEEKDAYS_DE[day.weekday()]},{NBSP}{day.day}.{day.month}.{year}"
    pattern = "D j M" if day.year == today().year else "D j M Y"
    return formats.date_format(day, pattern).replace(" ", NBSP)


@register.filter
def short_date(value: Day | None) -> str:
    """`24.11.2026`, in English `24 Nov 2026`: for tables."""
    if value is None:
        return ""
    day = local_day(value)
    if _is_german():
        return f"{day:%d.%m.%Y}"
    return formats.date_format(day, "j M Y").replace(" ", NBSP)


@register.filter
def moment(value: dt.datetime | None) -> str:
    """`heute, 14:00`, `gestern, 09:30`, `Di., 24.11., 14:00`: for timelines."""
    if value is None:
        return ""
    return f"{_day_word(local_day(value)) or weekday_date(value)}, {_clock(value)}"


@register.filter
def relative_day(value: Day | None) -> str:
    """The day a step is due: `überfällig seit Fr.`, `heute, 14:00`, `morgen`, `Di., 24.11.`."""
    if value is None:
        return ""
    day = local_day(value)
    if day < today():
        return _("overdue since %(day)s") % {"day": _past_day(day)}
    text = _day_word(day) or weekday_date(value)
    return f"{text}, {_clock(value)}" if _has_clock(value) else text


@register.filter
def step_state(value: Day | None) -> str:
    """The light of a next step: `none`, `late`, `today` or `plan`; also the CSS class."""
    if value is None:
        return "none"
    day, now = local_day(value), today()
    if day < now:
        return "late"
    return "today" if day == now else "plan"


@register.filter
def day_count(days: float | None) -> str:
    """`21 Tage`, `1 Tag`."""
    if days is None:
        return "–"
    whole = round(days)
    return ngettext("%(days)d day", "%(days)d days", whole) % {"days": whole}


@register.filter
def days_since(value: Day | None) -> int | None:
    """Whole calendar days from that day until today, in Berlin."""
    return None if value is None else (today() - local_day(value)).days


def today() -> dt.date:
    """The day it is in Berlin."""
    return timezone.localdate()


def local_day(value: Day) -> dt.date:
    """The day of a moment, as the calendar in Berlin shows it."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _past_day(day: dt.date) -> str:
    """Yesterday, a weekday within the last six days, else the date."""
    age = (today() - day).days
    if age == 1:
        return _("yesterday")
    if age < DAYS_OF_A_WEEK:
        return WEEKDAYS_DE[day.weekday()] if _is_german() else formats.date_format(day, "D")
    if day.year != today().year:
        return short_date(day)
    return f"{day.day}.{day.month}." if _is_german() else formats.date_format(day, "j M").replace(" ", NBSP)


def _day_word(day: dt.date) -> str:
    words = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return words.get((day - today()).days, "")


def _has_clock(value: Day) -> bool:
    """A moment at midnight in Berlin means the whole day."""
    return isinstance(value, dt.datetime) and _clock(value) != "00:00"


def _clock(value: Day) -> str:
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{local:%H:%M}"


def _is_german() -> bool:
    return (get_language() or "de").startswith("de")
