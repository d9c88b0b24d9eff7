"""When a repeated follow-up comes again."""

from datetime import date, datetime, time, timedelta

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

from activities.models import FollowUp
from core.working_days import working_day_after


def next_day(repeats: str, begun_on: date, after: date, until: date | None, land: str = "") -> date | None:
    """The first day of the series after a day; None when it is over. `begun_on` is its first day.

    What comes on working days leaves out the public holidays of the land. What comes monthly on the 29th to
    31st comes on the last day of months that have none.
    """
    if repeats == FollowUp.Repeats.WORKING_DAYS:
        day = working_day_after(max(after, begun_on - timedelta(days=1)), land=land)
        return day if until is None or day <= until else None
    begins = datetime.combine(begun_on, time())
    rules = {
        FollowUp.Repeats.DAILY: lambda: rrule(DAILY, dtstart=begins),
        FollowUp.Repeats.WEEKLY: lambda: rrule(WEEKLY, dtstart=begins),
        FollowUp.Repeats.MONTHLY: lambda: rrule(
            MONTHLY, dtstart=begins, bymonthday=range(min(begun_on.day, 28), begun_on.day + 1), bysetpos=-1
        ),
    }
    found = rules[FollowUp.Repeats(repeats)]().after(datetime.combine(after, time()))
    if found is None or (until is not None and found.date() > until):
        return None
    return found.date()
