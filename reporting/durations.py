"""How long deals stay in each stage: the quartiles of the stays that ended in a period."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Aggregate, Count, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Extract
from django.utils.functional import Promise

from pipeline.models import StageSetting
from reporting.models import OFFER_DELIVERED, StageEntry
from reporting.scopes import Scopes
from reporting.selection import Selection

SECONDS_OF_A_DAY = 86_400
# Quartiles of fewer say more about chance than about the stage.
FEWEST_STAYS = 10


class Quartiles(Aggregate):
    """Postgres' percentile_cont of a number of seconds: a quarter, the middle, three quarters."""

    template = "percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(models.FloatField())


@dataclass(frozen=True)
class StageDuration:
    """The days of the stays in one stage."""

    stage: int
    label: str | Promise
    usual_days: int
    stays: int
    low: float
    median: float
    high: float
    longest: float
    """Where the longest of the picture ends, in days."""
    url: str
    """The deals whose stays these are."""

    @property
    def is_few(self) -> bool:
        """Too few stays for a statement: drawn pale."""
        return self.stays < FEWEST_STAYS

    @property
    def bar(self) -> dict[str, float]:
        """Places in the picture, 0 to 1."""
        places = {"low": self.low, "median": self.median, "high": self.high, "usual": self.usual_days}
        return {name: days / self.longest for name, days in places.items()}


def stage_durations(selection: Selection, scopes: Scopes) -> list[StageDuration]:
    """Give the quartiles of the stays that ended in the period, moved on or lost, by owner at entry.

    A stay is the clock of the stage table: from the first entry to the first later stage, the win or the
    loss. Measured by their end: those that still run have not shown yet how long they are.
    """
    settings = {setting.stage: setting for setting in StageSetting.objects.all()}
    found = [row for row in _quartiles(selection) if scopes.shows_people(row["people"])]
    ends = [row["days"][2] / SECONDS_OF_A_DAY for row in found]
    usual = [settings[row["stage"]].usual_days for row in found]
    longest = max([*ends, *usual], default=0.0) or 1.0
    return [
        StageDuration(
            row["stage"],
            settings[row["stage"]].label,
            settings[row["stage"]].usual_days,
            row["stays"],
            *_in_days(row["days"]),
            longest,
            selection.url("reporting:deals", what="stayed", stage=row["stage"]),
        )
        for row in found
    ]


def ended_stays(selection: Selection) -> QuerySet[StageEntry]:
    """The stays of all stages that ended in the period, moved on or lost, by owner at entry."""
    period = selection.period
    stays = StageEntry.objects.filter(stage__gt=OFFER_DELIVERED, ended_at__gte=period.begins_at)
    if period.ends_before:
        stays = stays.filter(ended_at__lt=period.ends_before)
    if selection.rep:
        return stays.filter(owner=selection.rep)
    return stays.filter(team=selection.team) if selection.team else stays


def _in_days(seconds: list[float]) -> tuple[float, float, float]:
    low, median, high = (value / SECONDS_OF_A_DAY for value in seconds)
    return low, median, high


def _quartiles(selection: Selection) -> QuerySet:
    elapsed = ExpressionWrapper(F("ended_at") - F("entered_at"), output_field=models.DurationField())
    return (
        ended_stays(selection)
        .values("stage")
        .annotate(
            stays=Count("pk"),
            people=Count("owner", distinct=True),
            days=Quartiles(Extract(elapsed, "epoch")),
        )
        .order_by("stage")
    )
