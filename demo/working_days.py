"""When people work: days and hours of the demo company, in Berlin."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

OPENS, CLOSES = time(8, 0), time(17, 30)
MINUTES_OPEN = 570
# Between the years nobody buys.
CLOSED_DAYS = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (5, 1), (10, 3)}


def is_working_day(day: date) -> bool:
    """Monday to Friday, without the fixed holidays."""
    return day.weekday() < 5 and (day.month, day.day) not in CLOSED_DAYS


def working_day_from(day: date) -> date:
    """The day itself, or the next one on which somebody works."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_before(day: date) -> date:
    """The last working day before a day."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def moment_on(day: date, rng: Random) -> datetime:
    """Some minute of the working hours of a day."""
    return at_minute(day, rng.randrange(MINUTES_OPEN))


def at_minute(day: date, minute: int) -> datetime:
    """So many minutes after the day's work began."""
    begins = datetime.combine(day, OPENS, tzinfo=timezone.get_default_timezone())
    return begins + timedelta(minutes=minute)


def after(moment: datetime, days: float, rng: Random) -> datetime:
    """A moment in working hours about so many days later, and later in any case."""
    target = moment + timedelta(days=days)
    day = working_day_from(timezone.localdate(target))
    if day > timezone.localdate(moment):
        return moment_on(day, rng)
    later = moment + timedelta(minutes=rng.randrange(10, 90))
    if timezone.localtime(later).time() < CLOSES:
        return later
    return moment_on(working_day_from(day + timedelta(days=1)), rng)
