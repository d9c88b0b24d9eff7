"""How right forecasts were: how often their bands held, bias, errors beside those of simple methods.

Pure; the words are those of docs/forecast.md, "The review".
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import sqrt
from typing import Final, NamedTuple

Z95: Final = 1.959964
LEAST_CAME: Final = 5
"""Of fewer that came no share is taken: it would be all chance."""
LEAST_MONTHS: Final = 6
"""With fewer months a share of months says next to nothing."""


class Judged(NamedTuple):
    """One figure foretold, and what came."""

    made_on: date
    month: date
    numbers: tuple[float, ...]
    """The mean, then QUANTILES of the simulation."""
    came: float
    naive: tuple[float | None, ...]

    @property
    def is_in_half(self) -> bool:
        """What came lies in the band of 50 %."""
        return self.numbers[2] <= self.came <= self.numbers[4]

    @property
    def is_in_wide(self) -> bool:
        """What came lies in the band of 90 %."""
        return self.numbers[1] <= self.came <= self.numbers[5]


class Share(NamedTuple):
    """So many of so many, with an interval of 95 % that counts the months that differ as the cases."""

    held: int
    of: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """The share itself."""
        return self.held / self.of if self.of else 0.0


class Beside(NamedTuple):
    """The error of a simple method and ours, over the figures it could speak of."""

    figures: int
    error: float
    ours: float


class Judgement(NamedTuple):
    """What many figures come to."""

    figures: int
    months: int
    half: Share
    wide: Share
    bias: float | None
    """Sum foretold over sum that came, less 1; None where next to nothing came."""
    error: float | None
    """Sum of the absolute differences over the sum that came."""
    beside: tuple[Beside | None, ...]

    @property
    def is_little(self) -> bool:
        """There are too few months to say much."""
        return self.months < LEAST_MONTHS


def judge(rows: Iterable[Judged], methods: int) -> Judgement:
    """Put figures of one kind together; `methods` simple ones stand beside."""
    rows = list(rows)
    months = len({row.month for row in rows})
    came = sum(row.came for row in rows)
    foretold = sum(row.numbers[0] for row in rows)
    return Judgement(
        figures=len(rows),
        months=months,
        half=share_of(sum(row.is_in_half for row in rows), len(rows), months),
        wide=share_of(sum(row.is_in_wide for row in rows), len(rows), months),
        bias=foretold / came - 1 if came >= LEAST_CAME else None,
        error=_error([(row.numbers[0], row.came) for row in rows]),
        beside=tuple(_beside(rows, method) for method in range(methods)),
    )


def _beside(rows: Sequence[Judged], method: int) -> Beside | None:
    said = [(value, row) for row in rows if (value := row.naive[method]) is not None]
    error = _error([(value, row.came) for value, row in said])
    ours = _error([(row.numbers[0], row.came) for _value, row in said])
    return None if error is None or ours is None else Beside(len(said), error, ours)


def _error(pairs: Sequence[tuple[float, float]]) -> float | None:
    came = sum(truth for _said, truth in pairs)
    return sum(abs(said - truth) for said, truth in pairs) / came if came >= LEAST_CAME else None


def share_of(held: int, of: int, cases: int) -> Share:
    """The interval of Wilson (1927), with the months as cases: figures of one month hang together."""
    if not cases or not of:
        return Share(held, of, 0.0, 1.0)
    rate, z = held / of, Z95
    middle = (rate + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z / (1 + z * z / cases) * sqrt(rate * (1 - rate) / cases + z * z / (4 * cases * cases))
    return Share(held, of, max(middle - half, 0.0), min(middle + half, 1.0))
