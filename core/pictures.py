"""Shapes of pictures drawn on the server: pure geometry, coordinates as SVG writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

PADDING = 4.0
# A segment thinner than this cannot hold its number; it is written above it.
THIN = 22.0
TEXT_INSET = 18.0
PILL_INSET = 46.0


@dataclass(frozen=True)
class FunnelStep:
    """One stage: how many deals came this far, and the share that moved on from it (None: no next stage)."""

    stage: int
    label: str
    count: int
    value: Decimal = Decimal(0)
    currency: str = "EUR"
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    still_open: int = 0
    is_few: bool = False
    url: str = ""


@dataclass(frozen=True)
class Segment:
    """A stage as it is drawn: its outline, and where its number and the rate to the next stage stand."""

    step: FunnelStep
    path: str
    text_x: str
    text_y: str
    is_thin: bool
    pill_x: str


@dataclass(frozen=True)
class FunnelPicture:
    """The whole funnel, lying: it begins wide at the left and never widens."""

    width: int
    height: int
    middle: str
    segments: list[Segment]


def funnel_picture(
    steps: Sequence[FunnelStep], *, by_value: bool = False, width: int = 1140, height: int = 158
) -> FunnelPicture:
    """Heights follow the numbers (or the values) exactly; the first stage fills the height."""
    amounts = [float(step.value if by_value else step.count) for step in steps]
    largest = max(amounts, default=0.0) or 1.0
    heights = [(height - 2 * PADDING) * amount / largest for amount in amounts]
    span = width / max(len(steps), 1)
    segments = [
        _segment(step, index, span, height, heights[index], heights[min(index + 1, len(steps) - 1)])
        for index, step in enumerate(steps)
    ]
    return FunnelPicture(width, height, _written(height / 2), segments)


def _segment(step: FunnelStep, index: int, span: float, height: int, here: float, after: float) -> Segment:
    left, right, middle = index * span, (index + 1) * span, height / 2
    is_thin = here < THIN
    baseline = middle - max(here, after) / 2 - 8 if is_thin else middle + 6
    return Segment(
        step=step,
        path=_outline(left, right, middle, here / 2, after / 2),
        text_x=_written(left + (PILL_INSET if index else TEXT_INSET)),
        text_y=_written(baseline),
        is_thin=is_thin,
        pill_x=_written(right),
    )


def _outline(left: float, right: float, middle: float, here: float, after: float) -> str:
    """From the height here to the height after, in one soft curve above and its mirror below."""
    bend_out, bend_in = left + (right - left) * 0.45, left + (right - left) * 0.55
    points = (
        (left, middle - here),
        *((bend_out, middle - here), (bend_in, middle - after), (right, middle - after)),
        (right, middle + after),
        *((bend_in, middle + after), (bend_out, middle + here), (left, middle + here)),
    )
    start, c1, c2, end, below, c3, c4, home = (f"{_written(x)},{_written(y)}" for x, y in points)
    return f"M{start} C{c1} {c2} {end} L{below} C{c3} {c4} {home} Z"


def _written(number: float) -> str:
    return f"{number:.1f}"
