"""How far a month has gone: working days, and what of a target can be expected by a day."""

from datetime import date
from typing import NamedTuple

from core.working_days import working_days_between


class Pace(NamedTuple):
    """So many of the working days have gone by, the day itself included."""

    gone: int
    days: int

    @property
    def share(self) -> float:
        """The share of the time; all of it where nobody works at all."""
        return self.gone / self.days if self.days else 1.0


def pace(first: date, last: date, today: date, land: str = "") -> Pace:
    """Tell how far the time from one day to another has gone by today, by the holidays of a land."""
    gone = working_days_between(first, min(last, today), land) if first <= today else 0
    return Pace(gone, working_days_between(first, last, land))
