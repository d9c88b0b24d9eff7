"""What the page about the learned chance shows: whether it is on, how good it is, what it goes by."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from leads.chance_words import readable_words
from leads.chances import restored
from leads.learning.model import LEAST_CASES, LEAST_OF_EACH, Model
from leads.learning.quality import Band, Quality
from leads.models import ChanceModel

NIGHTS, MOST_WORDS = 14, 12
# The picture is a square of this size, the share 0 at the lower left.
SIDE, MARGIN = 240.0, 36.0


@dataclass(frozen=True)
class Point:
    """A fifth of the leads in the picture, and in words; coordinates as SVG writes them."""

    x: str
    y: str
    top: str
    bottom: str
    band: Band
    low: float
    high: float


@dataclass(frozen=True)
class Word:
    """What raises (or lowers) the chance, and by how much it multiplies the odds."""

    label: str
    factor: float


@dataclass(frozen=True)
class ChancePage:
    """Everything the page shows; `quality` is None while nothing is stated."""

    row: ChanceModel | None
    quality: Quality | None
    points: list[Point]
    words: list[Word]
    nights: list[ChanceModel]
    least_cases: int = LEAST_CASES
    least_of_each: int = LEAST_OF_EACH

    @property
    def line(self) -> str:
        """The points joined."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def read_chance_page() -> ChancePage:
    """Read what was learned last, and how the nights before did."""
    nights = list(ChanceModel.objects.order_by("-pk")[:NIGHTS])
    row = nights[0] if nights else None
    model = restored(row) if row else None
    points = [_point(band) for band in model.quality.bands] if model else []
    return ChancePage(row, model.quality if model else None, points, _words(model), nights)


def _words(model: Model | None) -> list[Word]:
    if model is None:
        return []
    strongest: Sequence[tuple[str, float]] = model.reasons(list(model.weights.by_word))[:MOST_WORDS]
    labels = readable_words(word for word, _weight in strongest)
    return [Word(labels[word], exp(weight)) for word, weight in strongest]


def _point(band: Band) -> Point:
    low, high = band.interval()
    return Point(
        f"{MARGIN + band.stated * SIDE:.1f}", _height(band.came), _height(high), _height(low), band, low, high
    )


def _height(share: float) -> str:
    return f"{MARGIN / 3 + (1 - share) * SIDE:.1f}"
