"""When a repeated follow-up comes again."""

from datetime import date, datetime, time

from dateutil.rrule import DAILY, FR, MO, MONTHLY, TH, TU, WE, WEEKLY, rrule

from activities.models import FollowUp

WORKING_DAYS = (MO, TU, WE, TH, FR)


def next_day(repeats: str, begun_on: date, after: date, until: date | None) -> date | None:
    """The first day of the series after a day; None when it is over. `begun_on` is its first day.

    What comes monthly on the 29th to 31st comes on the last day of months that have none.
    """
    begins = datetime.combine(begun_on, time())
    rules = {
        FollowUp.Repeats.DAILY: lambda: rrule(DAILY, dtstart=begins),
        FollowUp.Repeats.WORKING_DAYS: lambda: rrule(DAILY, dtstart=begins, byweekday=WORKING_DAYS),
        FollowUp.Repeats.WEEKLY: lambda: rrule(WEEKLY, dtstart=begins),
        FollowUp.Repeats.MONTHLY: lambda: rrule(
            MONTHLY, dtstart=begins, bymonthday=range(min(begun_on.day, 28), begun_on.day + 1), bysetpos=-1
        ),
    }
    found = rules[FollowUp.Repeats(repeats)]().after(datetime.combine(after, time()))
    if found is None or (until is not None and found.date() > until):
        return None
    return found.date()
