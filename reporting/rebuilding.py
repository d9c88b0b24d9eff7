"""Everything from history alone: the check that nothing was missed, and the step to the new day."""

import logging
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from functools import partial
from time import monotonic

from core.models import Delivery
from planning.models import Measure
from reporting import actuals, storage
from reporting.clocks import STARTS, Clock, targets_of
from reporting.columns import ClockColumns, moment_of
from reporting.figures import Figure, Scope, cohort_figures, existing_figures
from reporting.histories import DealHistory, deal_histories
from reporting.models import AppointmentMark, Rebuild, StageConversion, StaleMark
from reporting.periods import Cohort, Period, local_day, quarter_of, rolling_year
from reporting.reach import rebuild_reach

logger = logging.getLogger(__name__)

DIFFERENCES_KEPT = 100
HEARD_BY = "reporting.tasks.refresh_conversions"
ALL_HEARD_BY = "reporting.tasks.rebuild_after_import"

APPOINTMENTS_HEARD_BY = "reporting.tasks.recount_appointments"

Difference = dict[str, object]
FigureKey = tuple[Scope, int]


def periods_of(clock: Clock, year: Period) -> list[Period]:
    """The periods whose figures an entry counts in: its quarter, and the rolling year it may lie in."""
    quarter = quarter_of(local_day(clock.entered_at))
    return [year, quarter] if year.holds(clock.entered_at) else [quarter]


def rebuild(reason: Rebuild.Reason, as_of: datetime) -> Rebuild:
    """Compute all from history, compare, store, and roll on to the day of `as_of`; in the caller's snapshot.

    Only the nightly check expects to find what stood there: an import changes history behind the figures.
    """
    began = monotonic()
    last = Rebuild.objects.first()
    day = local_day(as_of)
    year, last_year = rolling_year(day), rolling_year(last.day if last else day)
    pending = None if last is None or reason != Rebuild.Reason.NIGHT else _pending_deals()
    check = _Check(pending)
    deals = 0
    for now, before in _side_by_side(deal_histories(as_of), storage.stored_histories()):
        check.compare_deal(now, before, last_year)
        deals += now is not None
    check.store_changed()
    check.note_all(actuals.rebuild_actuals(as_of, check.trusted_measures()))
    check.note_all(rebuild_reach(last_year, year, is_trusted=check.is_calm))
    # What is stored says now what history says.
    figures: list[tuple[Period, Figure]] = []
    for stage in STARTS:
        columns = storage.read_stage(stage)
        check.compare_figures(columns, stage, last_year)
        for period in [year, *_quarters(columns)]:
            figures += ((period, figure) for figure in cohort_figures(columns.within(period), stage, as_of))
    storage.replace_figures(figures, as_of)
    if check.count:
        logger.error("%d stored figures or deals differ from their history", check.count)
    return Rebuild.objects.create(
        reason=reason,
        as_of=as_of,
        day=day,
        deals=deals,
        figures=len(figures),
        seconds=round(monotonic() - began, 3),
        difference_count=check.count,
        differences=check.differences,
    )


def _quarters(columns: ClockColumns) -> Iterator[Period]:
    """Every quarter from the first entry to the last."""
    if not columns.entered.size:
        return
    first, last = (moment_of(int(end)) for end in (columns.entered.min(), columns.entered.max()))
    quarter = quarter_of(local_day(last))
    while quarter.ends_before and quarter.ends_before > first:
        yield quarter
        quarter = quarter.before()


def _side_by_side(
    now: Iterable[DealHistory], before: Iterable[DealHistory]
) -> Iterator[tuple[DealHistory | None, DealHistory | None]]:
    """Pair two streams in the order of the deals' keys; what one of them lacks is None."""
    fresh, stored = iter(now), iter(before)
    new, old = next(fresh, None), next(stored, None)
    while new or old:
        if old is None or (new and new.deal_id < old.deal_id):
            yield new, None
            new = next(fresh, None)
        elif new is None or old.deal_id < new.deal_id:
            yield None, old
            old = next(stored, None)
        else:
            yield new, old
            new, old = next(fresh, None), next(stored, None)


def _pending_deals() -> set[int] | None:
    """The deals whose last steps the figures cannot know yet; None when that may be any deal."""
    marked = set(StaleMark.objects.values_list("deal_id", flat=True))
    waiting = Delivery.objects.filter(done_at=None, parked_at=None)
    if None in marked or waiting.filter(task=ALL_HEARD_BY).exists():
        return None
    events = waiting.filter(task=HEARD_BY, event__subject_kind="deal")
    return marked | set(events.values_list("event__subject_id", flat=True))


class _Check:
    """Finds where stored rows differ from history; `pending` deals are excused, without it every deal is."""

    def __init__(self, pending: set[int] | None) -> None:
        self.pending = pending
        self.excused: set[Cohort] = set()
        self.count = 0
        self.differences: list[Difference] = []
        self._gone: list[int] = []
        self._fresh: list[DealHistory] = []

    def compare_deal(self, now: DealHistory | None, before: DealHistory | None, year: Period) -> None:
        """Take down a deal whose stored clocks or standing are not those of its history."""
        if now == before:
            return
        if before:
            self._gone.append(before.deal_id)
        if now:
            self._fresh.append(now)
        for found in (now, before):
            for clock in found.clocks if found else []:
                self.excused |= {(period, clock.stage) for period in periods_of(clock, year)}
        deal_id = (now or before).deal_id  # type: ignore[union-attr]
        if self.pending is not None and deal_id not in self.pending:
            self._note({"deal": deal_id})

    def store_changed(self) -> None:
        """Let the stored rows say what history says."""
        storage.remove_histories(self._gone)
        storage.write_histories(self._fresh)

    @property
    def is_calm(self) -> bool:
        """Whether no deal has changed that the stored figures cannot know of yet."""
        return self.pending is not None and not (self.pending or self._gone or self._fresh)

    def trusted_measures(self) -> list[Measure]:
        """The measures whose stored actuals must be those of now: nothing they count is on its way."""
        waiting = Delivery.objects.filter(done_at=None, parked_at=None, task=APPOINTMENTS_HEARD_BY)
        is_told = self.pending is not None and not (AppointmentMark.objects.exists() or waiting.exists())
        return [*(actuals.FROM_DEALS if self.is_calm else ()), *(actuals.FROM_TIMELINES if is_told else ())]

    def note_all(self, differences: Iterable[Difference]) -> None:
        """Take down what was found elsewhere."""
        for difference in differences:
            self._note(difference)

    def compare_figures(self, columns: ClockColumns, stage: int, year: Period) -> None:
        """Count every stored figure of a stage again, at its own moment."""
        if self.pending is None:
            return
        stored: defaultdict[Period, list[StageConversion]] = defaultdict(list)
        for row in StageConversion.objects.filter(stage=stage):
            stored[_period_of(row, year)].append(row)
        own = {year, *_quarters(columns)}
        nothing = ClockColumns.of([], targets_of(stage))
        for period in own | stored.keys():
            if (period, stage) not in self.excused:
                cohort = columns.within(period) if period in own else nothing
                self._compare_cohort(period, stage, cohort, stored[period])

    def _compare_cohort(
        self, period: Period, stage: int, columns: ClockColumns, rows: list[StageConversion]
    ) -> None:
        by_moment: defaultdict[datetime, dict[FigureKey, Figure]] = defaultdict(dict)
        for row in rows:
            figure = storage.figure_of(row)
            by_moment[row.as_of][figure.scope, figure.target] = figure
        found: set[FigureKey] = set()
        for as_of, stored in by_moment.items():
            found |= stored.keys()
            wanted = partial(_is_among, stored.keys())
            known = columns.towards({target for _, target in stored})
            fresh = {(f.scope, f.target): f for f in cohort_figures(known, stage, as_of, wanted)}
            for key in stored.keys() | fresh.keys():
                if stored.get(key) != fresh.get(key):
                    self._note_figure(period, stage, key)
        for key in set(existing_figures(columns, stage)) - found:
            self._note_figure(period, stage, key)

    def _note_figure(self, period: Period, stage: int, key: FigureKey) -> None:
        scope, target = key
        where = {"period": period.kind, "starts_on": str(period.starts_on), "stage": stage, "target": target}
        self._note({**where, "rep": scope.rep_id, "team": scope.team_id})

    def _note(self, difference: Difference) -> None:
        self.count += 1
        if len(self.differences) < DIFFERENCES_KEPT:
            self.differences.append(difference)


def _is_among(keys: Container[FigureKey], scope: Scope, target: int) -> bool:
    return (scope, target) in keys


def _period_of(row: StageConversion, year: Period) -> Period:
    """The period of a stored row; a rolling year is the one of the last computation, or a stray."""
    if row.period == StageConversion.Kind.QUARTER:
        return quarter_of(row.starts_on)
    return year if row.starts_on == year.starts_on else Period("rolling12", row.starts_on)
