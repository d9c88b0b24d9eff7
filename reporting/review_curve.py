"""The calibration curve as a picture: chances foretold, and the shares that came."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

from core.templatetags.money import percent
from reporting.forecast.judging import Share

LEFT, RIGHT, TOP, BOTTOM = 40.0, 310.0, 10.0, 200.0
TICKS: Final = 4
_STEP: Final = 0.2


class Tick(NamedTuple):
    """A line of the grid, the same on both axes."""

    label: str
    x: str
    y: str


class Point(NamedTuple):
    """One tenth of the chances; places as SVG attributes."""

    x: str
    y: str
    low: str
    high: str


@dataclass(frozen=True)
class Curve:
    """Points, grid and the line through the points."""

    points: list[Point]
    ticks: list[Tick]

    @property
    def path(self) -> str:
        """The line through the points."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def curve_of(pairs: Sequence[tuple[float, Share]]) -> Curve:
    """Draw mean chances and what came of them; the axes end where the highest of both ends."""
    most = max((max(expected, share.rate) for expected, share in pairs), default=_STEP)
    top = min(max(ceil(most / _STEP) * _STEP, _STEP), 1.0)
    points = [
        Point(
            _across(expected / top),
            _up(share.rate / top),
            _up(share.low / top),
            _up(min(share.high / top, 1.0)),
        )
        for expected, share in pairs
    ]
    grid = [place / TICKS for place in range(TICKS + 1)]
    return Curve(points, [Tick(percent(place * top), _across(place), _up(place)) for place in grid])


def _across(share: float) -> str:
    return f"{LEFT + (RIGHT - LEFT) * share:.1f}"


def _up(share: float) -> str:
    return f"{BOTTOM - (BOTTOM - TOP) * share:.1f}"
