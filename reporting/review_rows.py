"""Past forecasts beside what came, as they are read and as the page of the review shows them."""

from dataclasses import dataclass

from django.conf import settings

from reporting.forecast.judging import LEAST_MONTHS, Judged, Judgement, Share
from reporting.forecast_night import NUMBERS
from reporting.models import ForecastCheck, ForecastDiary, Source
from reporting.selection import Selection


@dataclass(frozen=True)
class MonthRow:
    """One month: the band foretold for it, and what came."""

    label: str
    places: list[str]
    """Places of the quantiles, as SVG attributes."""
    came_at: str
    says: list[str]
    """The middle, the range of 50 % and that of 90 %, in words."""
    came: str
    url: str
    judged: Judged


@dataclass(frozen=True)
class MeasureRow:
    """One measure over all months: how often its bands held."""

    label: str
    judgement: Judgement


@dataclass(frozen=True)
class ChanceRow:
    """Deals whose chances lay in one tenth: how many were foretold, how many were won."""

    label: str
    expected: float
    """The mean chance."""
    came: Share


@dataclass(frozen=True)
class MethodRow:
    """A simple method beside the forecast, over the months it can speak of."""

    label: str
    figures: int
    error: float
    ours: float
    share: float
    our_share: float
    """Lengths of the bars."""


def preferred_source(selection: Selection) -> Source:
    """The diary once it says something of these figures, before that what was recomputed."""
    wins = ForecastCheck.objects.of_scope(selection.scope).filter(measure=ForecastDiary.Measure.WINS)
    months = wins.filter(source=Source.KEPT).values("month").distinct().count()
    return Source.KEPT if months >= LEAST_MONTHS else Source.RECOMPUTED


def judged_rows(selection: Selection, source: Source, basis: str) -> list[tuple[str, int, Judged]]:
    """Measure, months ahead and the figure; revenue in the own currency alone."""
    rows = (
        ForecastCheck.objects.of_scope(selection.scope)
        .filter(source=source, basis=basis, currency__in=["", settings.DEFAULT_CURRENCY])
        .order_by("month", "made_on")
    )
    said = ("by_weights", "by_rate", "by_year")
    found = rows.values_list("measure", "ahead", "made_on", "month", "came", *NUMBERS, *said)
    return [
        (measure, ahead, Judged(made_on, month, tuple(rest[:-3]), came, tuple(rest[-3:])))
        for measure, ahead, made_on, month, came, *rest in found
    ]
