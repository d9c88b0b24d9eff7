"""From histories to stays: each time a deal stood in a stage, for how long, and where it went from there."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from reporting.stage_entries import STAGES, Change

STILL_THERE: Final = 0
WON: Final = len(STAGES) + 1
LOST: Final = len(STAGES) + 2
"""Where a stay went: one of the stages, WON, LOST, or STILL_THERE."""

_DAY: Final = timedelta(days=1)


class Stay(NamedTuple):
    """A deal stood in a stage for so many days, then went elsewhere; `value` as stated when it came there."""

    stage: int
    days: float
    went_to: int
    value: Decimal


class Stays(NamedTuple):
    """Many stays as columns; `deal` is the place of the deal among all, so that its stays hang together."""

    deal: NDArray[np.int64]
    stage: NDArray[np.int64]
    days: NDArray[np.float64]
    went_to: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, float, int]]) -> Self:
        """From rows of deal, stage, days and where it went."""
        deal, stage, days, went_to = list(zip(*rows, strict=True)) or ((), (), (), ())
        return cls(
            np.array(deal, np.int64),
            np.array(stage, np.int64),
            np.array(days, float),
            np.array(went_to, np.int64),
        )

    @property
    def deals(self) -> int:
        """How many deals there are."""
        return int(self.deal.max()) + 1 if self.deal.size else 0


def deal_stays(rows: Sequence[Change], as_of: datetime) -> list[Stay]:
    """Cut the history of one deal into stays; `rows` are effective, up to `as_of`, by moment and `seq`.

    Every move starts a fresh clock, steps back as well. A deal that is reopened starts a new course: the
    ending it had stays an ending.
    """
    stays = []
    for position, row in enumerate(rows):
        if row.to_outcome != "open":
            continue
        ended_by = rows[position + 1] if position + 1 < len(rows) else None
        days = ((ended_by.at if ended_by else as_of) - row.at) / _DAY
        stays.append(Stay(row.to_stage, days, _went_to(ended_by), row.value))
    return stays


def _went_to(row: Change | None) -> int:
    if row is None:
        return STILL_THERE
    if row.to_outcome == "won":
        return WON
    return LOST if row.to_outcome == "lost" else row.to_stage
