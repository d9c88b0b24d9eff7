"""How often we call, reach somebody and agree an appointment; by caller and by hour of the day.

A call counts when it was ours (outbound) and its result was noted. *Reached* is whoever one wanted to talk
to: every result but "not reached" and "front desk". Reach rate: reached of all calls. Appointment rate:
appointments of those reached. Both with their Wilson interval (95 %).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour

from activities.models import Activity
from offers.discounts import wilson
from reporting.periods import Period
from reporting.selection import Selection

RESULT = Activity.Result
UNREACHED = (RESULT.NOT_REACHED, RESULT.FRONT_DESK)
REACHED = Q(result__in=[result for result in RESULT.values if result not in UNREACHED])
APPOINTMENT = Q(result=RESULT.APPOINTMENT)
# Below this many an interval says next to nothing.
FEWEST = 10


@dataclass(frozen=True)
class Rate:
    """A share with the interval in which the true one lies."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """None where there is nothing to count from."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | tuple[None, None]:
        """Lower and upper end, 95 %."""
        return wilson(self.count, self.of) if self.of else (None, None)

    @property
    def low(self) -> float | None:
        """The lower end."""
        return self.interval[0]

    @property
    def high(self) -> float | None:
        """The upper end."""
        return self.interval[1]

    @property
    def is_few(self) -> bool:
        """Whether the count says little."""
        return self.of < FEWEST


@dataclass(frozen=True)
class CallFigures:
    """The calls of somebody, of an hour, or of all."""

    calls: int = 0
    reached: int = 0
    appointments: int = 0

    def __add__(self, other: "CallFigures") -> "CallFigures":
        return CallFigures(
            self.calls + other.calls, self.reached + other.reached, self.appointments + other.appointments
        )

    @property
    def reach(self) -> Rate:
        """Reached of all calls."""
        return Rate(self.reached, self.calls)

    @property
    def success(self) -> Rate:
        """Appointments of those reached."""
        return Rate(self.appointments, self.reached)


@dataclass(frozen=True)
class CallReport:
    """All of it, added up in both ways."""

    by_caller: dict[int, CallFigures]
    by_hour: dict[int, CallFigures]
    total: CallFigures


def counted_calls(selection: Selection) -> QuerySet[Activity]:
    """The calls a selection counts; a team's are those of whoever is in it today."""
    ours = Activity.objects.filter(
        kind=Activity.Kind.CALL, direction=Activity.Direction.OUTBOUND, removed_at=None
    )
    calls = _within(ours.exclude(result=""), selection.period)
    if selection.rep is not None:
        return calls.filter(author=selection.rep)
    return calls.filter(author__team=selection.team) if selection.team is not None else calls


def read_calls(selection: Selection) -> CallReport:
    """Count the calls of a selection, in one query."""
    rows = (
        counted_calls(selection)
        .order_by()
        .values("author_id", hour=ExtractHour("at"))
        .annotate(
            calls=Count("pk"),
            reached=Count("pk", filter=REACHED),
            appointments=Count("pk", filter=APPOINTMENT),
        )
    )
    counted = [
        (row["author_id"], row["hour"], CallFigures(row["calls"], row["reached"], row["appointments"]))
        for row in rows
    ]
    return CallReport(
        by_caller=_added((author, figures) for author, _hour, figures in counted),
        by_hour=dict(sorted(_added((hour, figures) for _author, hour, figures in counted).items())),
        total=sum((figures for *_keys, figures in counted), CallFigures()),
    )


def _added(parts: Iterable[tuple[int, CallFigures]]) -> dict[int, CallFigures]:
    sums: dict[int, CallFigures] = {}
    for key, figures in parts:
        sums[key] = sums.get(key, CallFigures()) + figures
    return sums


def _within(calls: "QuerySet[Activity]", period: Period) -> "QuerySet[Activity]":
    calls = calls.filter(at__gte=period.begins_at)
    return calls.filter(at__lt=period.ends_before) if period.ends_before else calls
