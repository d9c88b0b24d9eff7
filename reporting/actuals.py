"""What was reached in each month, counted from standings, clocks and timelines: the Ist beside the Soll.

A month is counted whole and written in place of what stood there; nothing is ever added up on the go.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.apps import apps
from django.db.models import BigIntegerField, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth

from activities.models import Activity
from pipeline.models import Outcome
from planning.models import Line, Measure
from reporting.clocks import STARTS
from reporting.figures import EVERYONE, Scope
from reporting.histories import DealHistory
from reporting.models import OFFER_DELIVERED, DealStanding, MonthActual, StageEntry
from reporting.periods import local_day, month_of

BATCH = 2000
FROM_DEALS = (Measure.REVENUE, Measure.WON, Measure.OFFERS, Measure.ENTRIES)
FROM_TIMELINES = (Measure.APPOINTMENTS,)
EVERY_MEASURE = (*FROM_DEALS, *FROM_TIMELINES)


class Key(NamedTuple):
    """Whose, when, what."""

    scope: Scope
    month: date
    line: Line


class Reached(NamedTuple):
    """How much, and of how many people it is made."""

    amount: Decimal
    people: int


class Part(NamedTuple):
    """What one person reached within one team in a month."""

    month: date
    rep_id: int
    team_id: int
    line: Line
    amount: Decimal


Actuals = dict[Key, Reached]


def recount_deals(months: Collection[date], as_of: datetime) -> None:
    """Count some months of deals again."""
    if months:
        _write(_folded(_parts_of_deals(months)), as_of, FROM_DEALS, months)


def recount_appointments(as_of: datetime) -> None:
    """Count the appointments of all months again: an appointment that was put off has left a month untold."""
    _write(_folded(_held_appointments()), as_of, FROM_TIMELINES)


def rebuild_actuals(as_of: datetime, expected: Collection[Measure] = ()) -> list[dict[str, object]]:
    """Count everything again; answer where what stood there differed, for the measures that must not."""
    fresh = _folded((*_parts_of_deals(None), *_held_appointments()))
    differences = _differences(fresh, expected) if MonthActual.objects.exists() else []
    _write(fresh, as_of, EVERY_MEASURE)
    return differences


def changed_months(before: DealHistory | None, now: DealHistory | None) -> set[date]:
    """The months in which what a deal reached is not what it was."""
    return {month for month, *_what in _reached(before) ^ _reached(now)}


def _reached(history: DealHistory | None) -> set[tuple]:
    """What one deal adds to the months, with whom it counts to: its entries and its win."""
    if history is None:
        return set()
    facts: set[tuple] = {
        (month_of(local_day(clock.entered_at)).starts_on, clock.stage, clock.owner_id, clock.team_id)
        for clock in history.clocks
    }
    standing = history.standing
    if standing.outcome == Outcome.WON and standing.closed_at:
        month = month_of(local_day(standing.closed_at)).starts_on
        credit = (standing.closer_id, standing.closing_team_id)
        facts.add((month, Outcome.WON, *credit, standing.currency, standing.closing_value))
    return facts


def _parts_of_deals(months: Collection[date] | None) -> Iterator[Part]:
    yield from _wins(months)
    yield from _entries(months)


def _wins(months: Collection[date] | None) -> Iterator[Part]:
    """Deals won, and their value at the win, by owner and team at the win."""
    won = _within(DealStanding.objects.filter(outcome=Outcome.WON), "closed_at", months)
    rows = won.values_list("month", "closer", "closing_team", "currency")
    for moment, rep, team, currency, deals, value in rows.annotate(
        deals=Count("pk"), total_value=Sum("closing_value")
    ):
        month = local_day(moment)
        yield Part(month, rep, team, Line(Measure.WON), Decimal(deals))
        if value:
            yield Part(month, rep, team, Line(Measure.REVENUE, currency=currency), value)


def _entries(months: Collection[date] | None) -> Iterator[Part]:
    """First entries into a stage, and offers delivered, by owner and team at that moment."""
    # Every stage, named: the index on the moment begins with the stage.
    entries = _within(StageEntry.objects.filter(stage__in=STARTS), "entered_at", months)
    rows = entries.values_list("month", "owner", "team", "stage").annotate(entries=Count("pk"))
    for moment, rep, team, stage, count in rows:
        is_offer = stage == OFFER_DELIVERED
        line = Line(Measure.OFFERS) if is_offer else Line(Measure.ENTRIES, stage=stage)
        yield Part(local_day(moment), rep, team, line, Decimal(count))


def held_appointments() -> QuerySet:
    """Appointments that took place, with `rep` and `team` of who went there.

    Who had the follow-up of it, else who agreed it; in the team of that moment.
    """
    # The audit says in which team somebody was: the first change after the moment tells what was before.
    past = apps.get_model("accounts", "UserEvent").objects.filter(
        pgh_obj=OuterRef("rep"), pgh_created_at__gt=OuterRef("at")
    )
    return Activity.objects.filter(
        kind=Activity.Kind.APPOINTMENT, status=Activity.Status.HELD, removed_at=None, deal__voided_at=None
    ).annotate(
        rep=Coalesce("follow_up__owner", "author"),
        team=Coalesce(
            Subquery(past.order_by("pgh_id").values("team_id")[:1]),
            "follow_up__owner__team",
            "author__team",
            output_field=BigIntegerField(),
        ),
    )


def _held_appointments() -> Iterator[Part]:
    """The same, by month."""
    held = held_appointments().annotate(month=TruncMonth("at"))
    rows = held.values_list("month", "rep", "team").annotate(appointments=Count("pk"))
    for moment, rep, team, count in rows:
        yield Part(local_day(moment), rep, team, Line(Measure.APPOINTMENTS), Decimal(count))


def _within(rows: QuerySet, moment: str, months: Collection[date] | None) -> QuerySet:
    """The rows of some months, with their month."""
    if months is not None:
        periods = [month_of(month) for month in months]
        inside = [
            Q(**{f"{moment}__gte": period.begins_at, f"{moment}__lt": period.ends_before})
            for period in periods
        ]
        rows = rows.filter(reduce(or_, inside))
    return rows.annotate(month=TruncMonth(moment))


def _folded(parts: Iterable[Part]) -> Actuals:
    """Add up for everyone, each team and each rep."""
    amounts: defaultdict[Key, Decimal] = defaultdict(Decimal)
    people: defaultdict[Key, set[int]] = defaultdict(set)
    for part in parts:
        for scope in (EVERYONE, Scope(team_id=part.team_id), Scope(rep_id=part.rep_id)):
            key = Key(scope, part.month, part.line)
            amounts[key] += part.amount
            people[key].add(part.rep_id)
    return {key: Reached(amount, len(people[key])) for key, amount in amounts.items()}


def _write(
    actuals: Actuals, as_of: datetime, measures: Collection[Measure], months: Collection[date] | None = None
) -> None:
    """Put them in place of what stood there for these measures and months."""
    stored = MonthActual.objects.filter(measure__in=measures)
    (stored if months is None else stored.filter(month__in=months)).delete()
    MonthActual.objects.bulk_create(
        (
            MonthActual(
                rep_id=scope.rep_id,
                team_id=scope.team_id,
                month=month,
                measure=line.measure,
                stage=line.stage,
                currency=line.currency,
                amount=reached.amount,
                people=reached.people,
                as_of=as_of,
            )
            for (scope, month, line), reached in actuals.items()
        ),
        batch_size=BATCH,
    )


def _differences(fresh: Actuals, expected: Collection[Measure]) -> list[dict[str, object]]:
    rows = MonthActual.objects.filter(measure__in=expected)
    stored = {
        Key(Scope(row.rep_id, row.team_id), row.month, row.line): Reached(row.amount, row.people)
        for row in rows.iterator(chunk_size=BATCH)
    }
    wanted = {key: reached for key, reached in fresh.items() if key.line.measure in expected}
    return [
        {
            "month": str(key.month),
            "line": key.line.key,
            "rep": key.scope.rep_id,
            "team": key.scope.team_id,
        }
        for key in sorted(stored.keys() | wanted.keys(), key=str)
        if stored.get(key) != wanted.get(key)
    ]
