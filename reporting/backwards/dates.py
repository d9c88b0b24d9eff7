"""By when something has to come in: from the days between it and the closing it leads to."""

from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np

from core.working_days import working_days_between

SHARES: Final = tuple(number / 20 for number in range(1, 20))
"""Of which the days are measured: 5 % to 95 %."""
MIDDLE: Final = SHARES.index(0.5)
SLOW: Final = SHARES.index(0.8)


class Waits(NamedTuple):
    """How many days before the closing it lay, for each of SHARES of the closings."""

    days: tuple[float, ...]
    size: int
    """How many closings they are measured of."""

    @property
    def middle(self) -> float:
        """Half of them took no longer."""
        return self.days[MIDDLE]

    @property
    def slow(self) -> float:
        """Eight of ten took no longer."""
        return self.days[SLOW]

    def at_pace(self, pace: float) -> "Waits":
        """The same where everything takes `pace` times as long."""
        return Waits(tuple(days * pace for days in self.days), self.size)

    def share_within(self, days: float) -> float:
        """The share that is closed within so many days; nothing is said of the fastest and slowest 5 %."""
        if days < self.days[0]:
            return 0.0
        return float(np.interp(days, self.days, SHARES))


class Window(NamedTuple):
    """When what leads to closings within a period has to come in."""

    first: date
    last: date
    """Half of what comes in on this day is closed by the end of the period."""
    safe: date
    """Eight of ten are."""
    working_days: int
    """From today on, or from the first day where that is still to come."""
    in_time: float
    """The share of what comes in today that is closed by the end of the period."""

    @property
    def is_over(self) -> bool:
        """Nobody has a day left for it."""
        return self.working_days == 0


def window(first: date, last: date, waits: Waits, today: date, land: str = "") -> Window:
    """Move a period back by the days to the closing; working days are those of a land."""
    earlier = timedelta(days=round(waits.middle))
    begins, ends = first - earlier, last - earlier
    days = working_days_between(max(begins, today), ends, land) if ends >= today else 0
    safe = last - timedelta(days=round(waits.slow))
    in_time = waits.share_within((last - today).days) if last >= today else 0.0
    return Window(begins, ends, safe, days, in_time)
