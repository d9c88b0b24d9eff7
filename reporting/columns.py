"""Clocks in columns, the shape in which they are counted: moments as whole microseconds, people as keys."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reporting.clocks import Clock
from reporting.curves import CODES, Codes, Floats
from reporting.periods import Period

Moments: TypeAlias = NDArray[np.int64]
Keys: TypeAlias = NDArray[np.int64]

NEVER: Final = int(np.iinfo(np.int64).max)
"""Stands for what has not happened; Postgres sends its infinity so."""
# Postgres counts from here.
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
# Moments are whole microseconds below 2 ** 53: their difference in days is rounded once, as a timedelta's is.
_MICROSECONDS_OF_A_DAY: Final = 86_400_000_000


class Observed(NamedTuple):
    """What the estimate needs of some clocks towards one target, in columns, and whom each is credited to."""

    days: Floats
    codes: Codes
    rep_ids: Keys
    team_ids: Keys

    def part(self, kept: NDArray[np.bool_] | NDArray[np.intp]) -> "Observed":
        """These places of every column."""
        return Observed(self.days[kept], self.codes[kept], self.rep_ids[kept], self.team_ids[kept])


class ClockColumns(NamedTuple):
    """Clocks of one stage, towards some targets."""

    entered: Moments
    lost: Moments
    rep_ids: Keys
    team_ids: Keys
    passed: dict[int, Moments]
    """When each got to a target, or beyond it, by target."""

    @classmethod
    def of(cls, clocks: Sequence[Clock], targets: Iterable[int]) -> "ClockColumns":
        """Lay clocks out in columns."""
        return cls(
            entered=_moments(clock.entered_at for clock in clocks),
            lost=_moments(clock.lost_at for clock in clocks),
            rep_ids=np.array([clock.owner_id for clock in clocks], np.int64),
            team_ids=np.array([clock.team_id for clock in clocks], np.int64),
            passed={target: _moments(clock.passed_at[target - 2] for clock in clocks) for target in targets},
        )

    def towards(self, targets: Collection[int]) -> "ClockColumns":
        """The same clocks, towards fewer targets."""
        return self._replace(passed={target: self.passed[target] for target in sorted(targets)})

    def within(self, period: Period) -> "ClockColumns":
        """The clocks that began in a period."""
        kept = self.entered >= microseconds(period.begins_at)
        if period.ends_before:
            kept &= self.entered < microseconds(period.ends_before)
        return ClockColumns(
            entered=self.entered[kept],
            lost=self.lost[kept],
            rep_ids=self.rep_ids[kept],
            team_ids=self.team_ids[kept],
            passed={target: column[kept] for target, column in self.passed.items()},
        )

    def observed(self, target: int, as_of: datetime) -> Observed:
        """What was known at `as_of` of the clocks towards a target, youngest first, without later ones."""
        passed, now = self.passed[target], microseconds(as_of)
        codes = np.where(passed <= now, CODES["moved_on"], np.where(self.lost <= now, CODES["lost"], 0))
        # A passage after the loss is not recorded, so the earlier of the two is the one there is.
        ended = np.minimum(np.minimum(passed, self.lost), now)
        days = (ended - self.entered) / _MICROSECONDS_OF_A_DAY
        seen = Observed(days, codes.astype(np.int8), self.rep_ids, self.team_ids)
        seen = seen.part(self.entered <= now)
        return seen.part(np.argsort(seen.days, kind="stable"))


def microseconds(moment: datetime) -> int:
    """A moment as columns hold it."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(microseconds: int) -> datetime:
    """A moment from a column."""
    return _EPOCH + microseconds * _MICROSECOND


def _moments(moments: Iterable[datetime | None]) -> Moments:
    return np.array([NEVER if moment is None else microseconds(moment) for moment in moments], np.int64)
