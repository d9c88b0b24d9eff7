"""Lines of the page of the forecast: months, new and repeat customers, offers by age, deals."""

from dataclasses import dataclass

from pipeline.models import Deal
from reporting.forecast_list import OfferAge
from reporting.models import DealChance


@dataclass(frozen=True)
class KindBand:
    """New or repeat customers of one month: expected, the range of half of the cases and of nine of ten."""

    label: str
    expected: str
    half: str
    wide: str


@dataclass(frozen=True)
class MonthBand:
    """One month: its figure, and where the band lies in the picture."""

    label: str
    kinds: list[KindBand]
    """New and repeat customers."""
    low: str
    lower: str
    middle: str
    upper: str
    high: str
    """Places of the quantiles, as SVG attributes."""
    says: list[str]
    """The median, the range of 50 % and that of 90 %, in words."""


@dataclass(frozen=True)
class ChanceRow:
    """One open deal, what is expected of it, and why."""

    chance: DealChance
    deal: Deal
    stage: str
    stance: str
    """What the manager says of it: committed, excluded, or nothing."""

    @property
    def is_unknown(self) -> bool:
        """Nobody was seen to stand there so long."""
        return self.chance.alike == 0


@dataclass(frozen=True)
class OfferRow:
    """The open offers of one class of ages, and the list of their deals."""

    age: OfferAge
    url: str
