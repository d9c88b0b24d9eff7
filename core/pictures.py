"""Shapes of pictures drawn on the server: pure geometry, coordinates as SVG writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 1000.0
HEIGHT = 100.0
# A segment thinner than this share of the height cannot hold its number on its own colour.
THIN = 0.16


@dataclass(frozen=True)
class FunnelStep:
    """One stage: how many deals came this far, and the share that moved on from it (None: not known)."""

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
    # What leaked here, and why most of it did.
    lost: int = 0
    lost_value: Decimal = Decimal(0)
    reason: str = ""
    lost_url: str = ""
    # What is around narrowed down to the deals of this part, or widened again where it `is_asked`.
    part_url: str = ""
    is_asked: bool = False


@dataclass(frozen=True)
class Segment:
    """A stage as it is drawn."""

    step: FunnelStep
    path: str
    is_thin: bool


@dataclass(frozen=True)
class FunnelPicture:
    """The whole funnel, lying: widest at the left, 1000 units wide and 100 high, stretched by the page."""

    segments: list[Segment]
    by_value: bool


def funnel_picture(steps: Sequence[FunnelStep], *, by_value: bool = False) -> FunnelPicture:
    """Heights follow the numbers (or the values) exactly; the largest fills the height."""
    amounts = [float(step.value if by_value else step.count) for step in steps]
    largest = max(amounts, default=0.0) or 1.0
    shares = [amount / largest for amount in amounts]
    span = WIDTH / max(len(steps), 1)
    segments = [
        Segment(step, _outline(index * span, span, here, after), is_thin=here < THIN)
        for index, (step, here, after) in enumerate(
            zip(steps, shares, [*shares[1:], *shares[-1:]], strict=True)
        )
    ]
    return FunnelPicture(segments, by_value)


def _outline(left: float, span: float, here: float, after: float) -> str:
    """From the share here to the share after, in one soft curve above and its mirror below."""
    middle, tall, low = HEIGHT / 2, here * HEIGHT / 2, after * HEIGHT / 2
    right, bend_out, bend_in = left + span, left + span * 0.45, left + span * 0.55
    points = (
        (left, middle - tall),
        *((bend_out, middle - tall), (bend_in, middle - low), (right, middle - low)),
        (right, middle + low),
        *((bend_in, middle + low), (bend_out, middle + tall), (left, middle + tall)),
    )
    start, c1, c2, end, below, c3, c4, home = (f"{x:.1f},{y:.2f}" for x, y in points)
    return f"M{start} C{c1} {c2} {end} L{below} C{c3} {c4} {home} Z"
