"""Days on which one calls customers: Monday to Friday."""

from datetime import date, timedelta

SATURDAY = 5


def working_day_after(day: date, count: int = 1) -> date:
    """The working day that many working days later."""
    for _step in range(count):
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
    return day


def on_or_after(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return working_day_after(day - timedelta(days=1))
