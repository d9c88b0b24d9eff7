"""Value and margin from version to version, drawn as bars; the table beside it says the same in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.money import rounded
from offers.models import OfferLine, OfferVersion
from offers.offer_prices import offer_totals, walked

# Between two bars, of the width each has.
GAP = 0.3


@dataclass(frozen=True)
class Station:
    """A version that was sent: what it came to once, net, and what of it is margin (None: cost unknown)."""

    version: OfferVersion
    value: Decimal
    margin: Decimal | None
    margin_rate: Decimal | None
    walked: Decimal
    floor: Decimal | None


@dataclass(frozen=True)
class Bar:
    """A station as it is drawn: a bar of its value, the lower part of it our margin; parts of the picture."""

    station: Station
    x: float
    width: float
    top: float
    height: float
    margin_top: float
    margin_height: float


def stations(versions: Sequence[OfferVersion]) -> list[Station]:
    """What each version says, in their order."""
    return [_station(version, list(version.lines.all())) for version in versions]


def bars(shown: Sequence[Station]) -> list[Bar]:
    """Side by side; the highest value fills the height."""
    highest = float(max((station.value for station in shown), default=Decimal(0))) or 1.0
    span = 1 / max(len(shown), 1)
    return [_bar(station, at * span, span, highest) for at, station in enumerate(shown)]


def _bar(station: Station, x: float, span: float, highest: float) -> Bar:
    height = float(station.value) / highest
    margin = max(float(station.margin or 0), 0.0) / highest
    return Bar(
        station=station,
        x=x + span * GAP / 2,
        width=span * (1 - GAP),
        top=1 - height,
        height=height,
        margin_top=1 - margin,
        margin_height=margin,
    )


def _station(version: OfferVersion, lines: list[OfferLine]) -> Station:
    once = offer_totals(lines, version).once
    return Station(
        version=version,
        value=once.totals.net,
        margin=once.margin,
        margin_rate=once.margin_rate,
        walked=walked(lines, version),
        floor=_floor(lines),
    )


def _floor(lines: list[OfferLine]) -> Decimal | None:
    """The discount at which every line would be at its lowest price; None while one is unknown."""
    counted = [line for line in lines if line.is_counted]
    full = sum((rounded(line.quantity * line.unit_price) for line in counted), Decimal(0))
    if not full or any(line.floor_price is None for line in counted):
        return None
    lowest = sum((rounded(line.quantity * (line.floor_price or 0)) for line in counted), Decimal(0))
    return max(1 - lowest / full, Decimal(0))
