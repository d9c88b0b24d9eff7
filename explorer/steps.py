"""Keeping the sums of stage changes: which days are stale, counting those anew, comparing all at night."""

import logging
from collections.abc import Collection
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from core.models import Delivery
from core.moments import day_start
from explorer.models import StepMark, StepSum
from pipeline.models import StageChange

logger = logging.getLogger(__name__)

# Any two numbers, the same in every process: the advisory lock of those who count.
LOCK = (7_420_001, 2)
# From so many stale days on everything is counted at once.
MANY_DAYS = 200
HEARD_BY = "explorer.tasks.count_steps"
OF_DEAL = ("kind", "source", "product", "is_new_customer", "accepted_directly")
OF_CHANGE = ("from_stage", "to_stage", "from_outcome", "to_outcome", "currency")
KEYS = {
    "owner_id": F("owner"),
    "team_id": F("team"),
    "loss_reason_id": F("loss_reason"),
    **{name: F(name) for name in OF_CHANGE},
    **{name if name not in ("source", "product") else f"{name}_id": F(f"deal__{name}") for name in OF_DEAL},
}
COLUMNS = ("day", *KEYS, "changes", "value")


def mark_deal(deal_id: int) -> None:
    """Note that the days on which this deal was moved are to be counted again."""
    changes = StageChange.objects.filter(deal=deal_id).order_by()
    days = changes.annotate(day=_day()).values_list("day", flat=True).distinct()
    StepMark.objects.bulk_create(StepMark(day=day) for day in days)


def mark_all() -> None:
    """Note that any day may have changed."""
    StepMark.objects.create(day=None)


def refresh() -> int:
    """Count again what is marked; answer how many marks were worked off. Safe to repeat, and side by side."""
    if not StepMark.objects.exists():
        return 0
    with transaction.atomic():
        _take_turns()
        marks = dict(StepMark.objects.values_list("pk", "day"))
        days = {day for day in marks.values() if day is not None}
        if None in marks.values() or len(days) > MANY_DAYS:
            _count_again(None)
        else:
            for day in days:
                _count_again(day)
        StepMark.objects.filter(pk__in=marks).delete()
    return len(marks)


def check() -> list[date]:
    """Compare every sum with the history, count the days that differ again, and say which they were."""
    refresh()
    with transaction.atomic():
        _take_turns()
        days = _differing_days()
        for day in days:
            _count_again(day)
    if days:
        logger.error("The sums of stage changes of %d days differed from their history", len(days))
    return days


def is_ready() -> bool:
    """Whether there are sums of every day, those of days marked as stale included."""
    return not StepMark.objects.filter(day=None).exists()


def are_stale() -> bool:
    """Whether some of the last changes are still to be counted."""
    waiting = Delivery.objects.waiting().filter(task=HEARD_BY)
    return StepMark.objects.exists() or waiting.exists()


def counted(days: Collection[date] | None = None) -> QuerySet[StageChange]:
    """The sums as the history has them: rows of COLUMNS, of these days or of all."""
    changes = StageChange.objects.effective().filter(deal__voided_at=None)
    if days is not None:
        found = Q(pk__in=[])
        for day in days:
            found |= Q(at__gte=day_start(day), at__lt=day_start(day + timedelta(days=1)))
        changes = changes.filter(found)
    # Names of the history stand for other things here.
    keys = {f"key_{name}": one for name, one in {"day": _day(), **KEYS}.items()}
    grouped = changes.order_by().annotate(**keys).values_list(*keys)
    rows: QuerySet[StageChange] = grouped.annotate(total_changes=Count("pk"), total_value=Sum("value"))
    return rows


def _count_again(day: date | None) -> None:
    stored = StepSum.objects.all() if day is None else StepSum.objects.filter(day=day)
    stored._raw_delete(stored.db)
    sql, params = counted(None if day is None else [day]).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_table()} ({', '.join(COLUMNS)}) {sql}", params)


def _differing_days() -> list[date]:
    sql, params = counted().query.sql_with_params()
    stored = f"SELECT {', '.join(COLUMNS)} FROM {_table()}"  # noqa: S608 - names of our own
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH truth AS ({sql}), kept AS ({stored}) SELECT DISTINCT day FROM ("  # noqa: S608
            " (SELECT * FROM kept EXCEPT ALL SELECT * FROM truth)"
            " UNION ALL (SELECT * FROM truth EXCEPT ALL SELECT * FROM kept)) AS differing (day) ORDER BY day",
            params,
        )
        return [row[0] for row in cursor.fetchall()]


def _take_turns() -> None:
    """One process counts at a time, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", LOCK)


def _table() -> str:
    return connection.ops.quote_name(StepSum._meta.db_table)


def _day() -> TruncDate:
    return TruncDate("at")
