"""Keeping the figures true: marking what is stale, recomputing just that, rebuilding all from history.

One process computes at a time, in one snapshot. Whoever finds it busy leaves: the marks say what is still to
be done, and the busy one looks again before and after it lets go.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from core import events
from core.snapshot import snapshot
from pipeline.models import Deal, StageChange
from reporting import actuals, rebuilding, storage
from reporting.clocks import Clock, changed_targets
from reporting.figures import Figure, cohort_figures
from reporting.histories import DealHistory, deal_histories
from reporting.models import AppointmentMark, Rebuild, StaleMark
from reporting.periods import Cohort, Period, rolling_year
from reporting.reach import is_reach_changed, recount_reach
from reporting.touched import Touched

# Any two numbers, the same in every process: the advisory lock of those who compute.
LOCK = (7_420_001, 1)
# A move may carry the clock of another machine.
CLOCKS_DIFFER = timedelta(minutes=5)


def mark_deal_stale(deal_id: int) -> None:
    """Note that the figures have to look at the history of a deal again."""
    StaleMark.objects.bulk_create(StaleMark(deal=deal) for deal in Deal.objects.filter(pk=deal_id))


def mark_all_stale() -> None:
    """Note that any deal may have changed."""
    StaleMark.objects.create(deal=None)


def mark_appointments_stale() -> None:
    """Note that the appointments of some month have changed."""
    AppointmentMark.objects.create()


def refresh_stale() -> int:
    """Recompute what is marked until nothing is; answer how many marks were worked off.

    Opens a transaction of its own, so it is called outside of one. Safe to repeat, and side by side: one
    process works, the others leave it to that one.
    """
    done = 0
    while StaleMark.objects.exists() or AppointmentMark.objects.exists():
        with _computing(wait=False) as is_ours:
            if not is_ours:
                return done
            while marks := _refresh_once() + _recount_appointments():
                done += marks
    return done


def rebuild_figures(reason: Rebuild.Reason) -> Rebuild:
    """Compute everything from history alone, say what differs from what stood there, and roll on to today.

    Waits for whoever is computing. What the incremental way left must come out equal.
    """
    with _computing(wait=True), snapshot():
        return rebuilding.rebuild(reason, timezone.now())


def log_look(viewer: User, *, rep: User | None, team_id: int | None) -> None:
    """Note that somebody looked at figures of single persons: of one rep, or of those of a team."""
    events.record("figures.viewed", rep or viewer, actor=viewer, team=team_id, rep=rep.pk if rep else None)


def _refresh_once() -> int:
    """Work off the marks of one snapshot; answer how many there were."""
    with snapshot():
        marks = list(StaleMark.objects.values_list("pk", "deal_id"))
        deal_ids = {deal_id for _, deal_id in marks if deal_id is not None}
        if not marks:
            return 0
        last = Rebuild.objects.first()
        is_all = len(deal_ids) < len({deal_id for _, deal_id in marks})
        if last is None or is_all:
            reason = Rebuild.Reason.HISTORY if last else Rebuild.Reason.FIRST
            rebuilding.rebuild(reason, timezone.now())
        else:
            _refresh_deals(deal_ids, rolling_year(last.day))
        StaleMark.objects.filter(pk__in=[pk for pk, _ in marks]).delete()
    return len(marks)


def _recount_appointments() -> int:
    """Work off the marks of appointments, if there are any; answer how many there were."""
    with snapshot():
        marks = list(AppointmentMark.objects.values_list("pk", flat=True))
        if marks:
            actuals.recount_appointments(timezone.now())
            AppointmentMark.objects.filter(pk__in=marks).delete()
    return len(marks)


def _refresh_deals(deal_ids: set[int], year: Period) -> None:
    """Store what the deals' histories say now, and recompute the figures that follow from what changed."""
    as_of = _moment_of(deal_ids)
    before = {history.deal_id: history for history in storage.stored_histories(deal_ids)}
    now = {history.deal_id: history for history in deal_histories(as_of, deal_ids)}
    changed = {deal_id for deal_id in deal_ids if before.get(deal_id) != now.get(deal_id)}
    storage.remove_histories(changed & before.keys())
    storage.write_histories(now[deal_id] for deal_id in sorted(changed & now.keys()))

    months = [actuals.changed_months(before.get(deal_id), now.get(deal_id)) for deal_id in changed]
    actuals.recount_deals(set().union(*months), as_of)
    if is_reach_changed(((before.get(deal_id), now.get(deal_id)) for deal_id in changed), year):
        recount_reach(year)

    touched: defaultdict[Cohort, Touched] = defaultdict(Touched)
    for deal_id in changed:
        for clock, targets in _changed_clocks(before.get(deal_id), now.get(deal_id)):
            for period in rebuilding.periods_of(clock, year):
                touched[period, clock.stage].note(clock, targets)
    figures = list(_figures_of(touched, as_of))
    storage.write_figures(figures, as_of, {cohort: noted.wants for cohort, noted in touched.items()})


def _figures_of(touched: dict[Cohort, Touched], as_of: datetime) -> Iterator[tuple[Period, Figure]]:
    for stage in {stage for _, stage in touched}:
        noted = {period: touched[period, own] for period, own in touched if own == stage}
        targets = {target for one in noted.values() for target in one.targets}
        for period, columns in storage.read_cohorts(stage, noted, targets):
            known = columns.towards(noted[period].targets)
            for figure in cohort_figures(known, stage, as_of, noted[period].wants):
                yield period, figure


def _moment_of(deal_ids: Iterable[int]) -> datetime:
    """Now, or the latest step of the deals where its clock was a little ahead of ours."""
    now = timezone.now()
    steps = StageChange.objects.filter(deal__in=list(deal_ids), at__lte=now + CLOCKS_DIFFER)
    latest: datetime | None = steps.aggregate(latest=Max("at"))["latest"]
    return max(now, latest) if latest else now


def _changed_clocks(
    before: DealHistory | None, now: DealHistory | None
) -> Iterator[tuple[Clock, Collection[int]]]:
    """Give the clocks of a deal that changed, as they were and as they are, and the targets concerned."""
    old, new = ({clock.stage: clock for clock in found.clocks} if found else {} for found in (before, now))
    for stage in old.keys() | new.keys():
        pair = (old.get(stage), new.get(stage))
        if targets := changed_targets(*pair):
            yield from ((clock, targets) for clock in pair if clock)


@contextmanager
def _computing(*, wait: bool) -> Iterator[bool]:
    """Hold the lock of those who compute, or find, without `wait`, that another holds it.

    It belongs to the connection and is taken outside of the transaction: a snapshot taken while waiting for
    it would not see what its last holder wrote.
    """
    function = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SET lock_timeout = 0")
        try:
            cursor.execute(f"SELECT {function}(%s, %s)", LOCK)
            is_ours = cursor.fetchone()[0] is not False
        finally:
            if wait:
                cursor.execute("RESET lock_timeout")
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", LOCK)
