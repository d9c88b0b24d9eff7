"""How far deals had come by the end of an earlier period; for the year before the rolling one it is stored.

A finished year hardly changes, and counting it means looking at every entry of its deals.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from pipeline.models import Outcome, Stage
from reporting.histories import DealHistory
from reporting.models import OFFER_DELIVERED, WON, DealStanding, EarlierReach, StageEntry
from reporting.periods import Period


class Part(NamedTuple):
    """The deals one person opened in one team that had come to a stage."""

    rep_id: int
    team_id: int
    stage: int
    currency: str
    deals: int
    value: Decimal


def came_to_by(standings: QuerySet[DealStanding], period: Period) -> QuerySet:
    """Note on each standing how far its deal had come by the end of the period (`by_then`)."""
    ends = period.ends_before
    entered = StageEntry.objects.filter(deal=OuterRef("pk"), stage__gt=OFFER_DELIVERED, entered_at__lt=ends)
    furthest = Subquery(entered.order_by("-stage").values("stage")[:1], output_field=IntegerField())
    is_won = Q(outcome=Outcome.WON, closed_at__lt=ends)
    by_then = Case(When(is_won, then=WON), default=Coalesce(furthest, Value(Stage.AKQUISE.value)))
    return standings.annotate(by_then=by_then)


def recount_reach(year: Period) -> None:
    """Count the year before the rolling `year` again."""
    _write(year, _count(year.before()))


def rebuild_reach(last_year: Period, year: Period, *, is_trusted: bool) -> list[dict[str, object]]:
    """Count it again, and for the new rolling year; answer whether what stood there differed and must not."""
    stored = _stored(last_year)
    is_wrong = is_trusted and bool(stored) and stored != set(_count(last_year.before()))
    recount_reach(year)
    return [{"reach": str(last_year.before().starts_on)}] if is_wrong else []


def is_reach_changed(pairs: Iterable[tuple[DealHistory | None, DealHistory | None]], year: Period) -> bool:
    """Whether any deal, as it was and as it is, had come elsewhere in the year before."""
    before = year.before()
    return any(_part_of(old, before) != _part_of(new, before) for old, new in pairs)


def _part_of(history: DealHistory | None, period: Period) -> Part | None:
    """What one deal adds; nothing where it was opened in another period."""
    ends = period.ends_before
    if history is None or ends is None or not period.holds(history.standing.opened_at):
        return None
    one = history.standing
    stages = [clock.stage for clock in history.clocks if clock.entered_at < ends]
    is_won = one.outcome == Outcome.WON and one.closed_at is not None and one.closed_at < ends
    stage = WON if is_won else max([*stages, Stage.AKQUISE.value])
    return Part(one.owner_id, one.team_id, stage, one.currency, 1, one.value)


def _count(period: Period) -> list[Part]:
    standings = came_to_by(DealStanding.objects.opened_in(period), period)
    groups = standings.values_list("owner_id", "team_id", "by_then", "currency")
    return [Part(*row) for row in groups.annotate(deals=Count("pk"), total_value=Sum("value"))]


def _stored(year: Period) -> set[Part]:
    rows = EarlierReach.objects.filter(starts_on=year.before().starts_on)
    return {Part(*row) for row in rows.values_list("rep_id", "team_id", *Part._fields[2:])}


def _write(year: Period, parts: Iterable[Part]) -> None:
    EarlierReach.objects.all().delete()
    starts_on = year.before().starts_on
    EarlierReach.objects.bulk_create(EarlierReach(starts_on=starts_on, **part._asdict()) for part in parts)
