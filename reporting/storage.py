"""Writing clocks, standings and figures to their tables, and reading them back as they were."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from reporting.clocks import Clock, next_target, targets_of
from reporting.columns import ClockColumns
from reporting.figures import Figure, Scope, Wanted
from reporting.histories import CHUNK, DealHistory
from reporting.models import DealStanding, StageConversion, StageEntry
from reporting.periods import Cohort, Period, overlapping
from reporting.standings import Standing
from reporting.survival import StageFigures
from reporting.wire import read_columns, write_rows

BATCH = 2000
PASSAGES = ("kontakt_at", "angebot_at", "verhandlung_at", "abschluss_at", "won_at")
CLOCK_COLUMNS = (
    "stage",
    "entered_at",
    "owner_id",
    "team_id",
    "value",
    "currency",
    "moved_to",
    *PASSAGES,
    "lost_at",
)
KEY = ("rep", "team", "period", "starts_on", "stage", "target")
NUMBERS = StageFigures.__dataclass_fields__


def write_histories(histories: Iterable[DealHistory]) -> None:
    """Store what deals came to; what was stored of them before has to be gone."""
    stored = list(histories)
    entries = (_entry_row(history.deal_id, clock) for history in stored for clock in history.clocks)
    write_rows(StageEntry, ("deal_id", *CLOCK_COLUMNS, "ended_at", "ending"), entries)
    standings = ((history.deal_id, *history.standing) for history in stored)
    write_rows(DealStanding, ("deal_id", *Standing._fields), standings)


def remove_histories(deal_ids: Iterable[int]) -> None:
    """Forget what deals came to."""
    found = list(deal_ids)
    for start in range(0, len(found), BATCH):
        part = found[start : start + BATCH]
        StageEntry.objects.filter(deal__in=part).delete()
        DealStanding.objects.filter(deal__in=part).delete()


def stored_histories(deal_ids: Iterable[int] | None = None) -> Iterator[DealHistory]:
    """Read what is stored of the deals, in the order of their keys."""
    entries = StageEntry.objects.order_by("deal_id", "stage")
    standings = DealStanding.objects.order_by("deal_id")
    if deal_ids is not None:
        found = list(deal_ids)
        entries, standings = entries.filter(deal__in=found), standings.filter(deal__in=found)
    rows = entries.values_list("deal_id", *CLOCK_COLUMNS).iterator(chunk_size=CHUNK)
    grouped = groupby(rows, key=itemgetter(0))
    upcoming = next(grouped, None)
    for row in standings.values_list("deal_id", *Standing._fields).iterator(chunk_size=CHUNK):
        clocks: list[Clock] = []
        while upcoming and upcoming[0] <= row[0]:
            clocks += [_clock(entry[1:]) for entry in upcoming[1] if entry[0] == row[0]]
            upcoming = next(grouped, None)
        yield DealHistory(row[0], clocks, Standing._make(row[1:]))


def read_stage(stage: int) -> ClockColumns:
    """Read all clocks of a stage."""
    return _read(StageEntry.objects.filter(stage=stage), targets_of(stage))


def read_cohorts(
    stage: int, periods: Iterable[Period], targets: Iterable[int]
) -> Iterator[tuple[Period, ClockColumns]]:
    """Read the clocks of a stage that began in each of the periods; what lies in several is read once."""
    wanted = sorted(targets)
    for group in overlapping(periods):
        entries = StageEntry.objects.filter(stage=stage, entered_at__gte=group[0].begins_at)
        ends = [period.ends_before for period in group]
        if None not in ends:
            entries = entries.filter(entered_at__lt=max(end for end in ends if end))
        columns = _read(entries, wanted)
        for period in group:
            yield period, columns.within(period)


def write_figures(
    figures: Iterable[tuple[Period, Figure]], as_of: datetime, wanted: Mapping[Cohort, Wanted]
) -> None:
    """Store the wanted figures of some cohorts; one that has no entries any more goes away."""
    rows = [_figure_row(figure, period, as_of) for period, figure in figures]
    fresh = {_key(row) for row in rows}
    asked = {(period.kind, period.starts_on, stage): wants for (period, stage), wants in wanted.items()}
    stored = StageConversion.objects.filter(
        starts_on__in={starts_on for _, starts_on, _ in asked}, stage__in={stage for *_, stage in asked}
    )
    gone = []
    for pk, rep_id, team_id, *cohort, target in stored.values_list("pk", *KEY):
        wants = asked.get(tuple(cohort))
        if wants and wants(Scope(rep_id, team_id), target):
            is_fresh = (rep_id, team_id, *cohort, target) in fresh
            gone += [] if is_fresh else [pk]
    if gone:
        stored.filter(pk__in=gone).delete()
    StageConversion.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=["as_of", "people", "shrunk_rate", "verdict", *NUMBERS],
    )


def replace_figures(figures: Iterable[tuple[Period, Figure]], as_of: datetime) -> int:
    """Store all figures in place of those before; answer how many."""
    StageConversion.objects.all().delete()
    rows = [_figure_row(figure, period, as_of) for period, figure in figures]
    StageConversion.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def figure_of(row: StageConversion) -> Figure:
    """Give a stored row as it was computed."""
    numbers = StageFigures(**{name: getattr(row, name) for name in NUMBERS})
    scope = Scope(row.rep_id, row.team_id)
    return Figure(
        scope,
        row.stage,
        row.target,
        row.people,
        numbers,
        row.shrunk_rate,
        row.verdict or None,  # type: ignore[arg-type]
    )


def _read(entries: QuerySet[StageEntry], targets: Iterable[int]) -> ClockColumns:
    passages = {target: PASSAGES[target - 2] for target in targets}
    moments = [_or_never(name) for name in ("lost_at", *passages.values())]
    rows = entries.values_list("entered_at", "owner_id", "team_id", *moments)
    entered, rep_ids, team_ids, lost, *passed = read_columns(rows, 3 + len(moments))
    return ClockColumns(entered, lost, rep_ids, team_ids, dict(zip(passages, passed, strict=True)))


def _or_never(name: str) -> Coalesce:
    return Coalesce(name, Cast(Value("infinity"), DateTimeField()))


def _entry_row(deal_id: int, clock: Clock) -> tuple:
    """The key of the deal, CLOCK_COLUMNS, and the ending towards the next stage."""
    ended_at, ending = clock.ending_of(next_target(clock.stage))
    return deal_id, *clock[:7], *clock.passed_at, clock.lost_at, ended_at, ending or ""


def _clock(row: tuple) -> Clock:
    """From the values of CLOCK_COLUMNS."""
    return Clock._make((*row[:7], row[7:12], row[12]))


def _key(row: StageConversion) -> tuple:
    """The values of KEY."""
    return row.rep_id, row.team_id, row.period, row.starts_on, row.stage, row.target


def _figure_row(figure: Figure, period: Period, as_of: datetime) -> StageConversion:
    return StageConversion(
        rep_id=figure.scope.rep_id,
        team_id=figure.scope.team_id,
        period=period.kind,
        starts_on=period.starts_on,
        stage=figure.stage,
        target=figure.target,
        as_of=as_of,
        people=figure.people,
        shrunk_rate=figure.shrunk_rate,
        verdict=figure.verdict or "",
        **{name: getattr(figure.numbers, name) for name in NUMBERS},
    )
