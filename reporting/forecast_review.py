"""The review of past forecasts, computed by the worker: once a month and after what changes the past.

Two kinds of forecasts are judged: those the diary kept (the first of each month), and those recomputed for
the first of each month from what had happened by then, so that there is something to see from the first day.
"""

from collections.abc import Iterator
from datetime import date, datetime
from time import monotonic

from core.models import Event
from core.snapshot import snapshot
from reporting.backtest import Backtest
from reporting.figures import Scope
from reporting.forecast.outlook import Band, Forecaster
from reporting.forecast.trial import Check, Trial
from reporting.forecast_night import NUMBERS, forecaster_of, months_ahead
from reporting.models import ChanceCheck, ForecastCheck, ForecastReview, ForecastRun, Source
from reporting.periods import MONTH, local_day, month_of
from reporting.wire import write_rows

MONTHS_BACK = 24
DRAWS = 100
WHOSE = ("source", "made_on", "rep_id", "team_id")
CHECK = (
    *WHOSE,
    *("basis", "measure", "currency", "month", "ahead"),
    *NUMBERS,
    *("came", "by_weights", "by_rate", "by_year"),
)
TENTH = (*WHOSE, "tenth", "deals", "expected", "won")


def review_if_due(now: datetime) -> ForecastReview | None:
    """Review where there is none of this month yet, or an import has changed the past since; else nothing."""
    last = ForecastReview.objects.first()
    if last and month_of(local_day(last.as_of)) == month_of(local_day(now)):
        changed = Event.objects.filter(kind__in=["deals.imported", "import.undone"], at__gt=last.as_of)
        if not changed.exists():
            return None
    return write_review(now)


def write_review(now: datetime, *, months_back: int = MONTHS_BACK, draws: int = DRAWS) -> ForecastReview:
    """Judge the forecasts of the last months and store it in place of the review before."""
    began = monotonic()
    with snapshot():
        checks, tenths, counts = [], [], []
        for judged in (_kept(now, months_back), _recomputed(now, months_back, draws)):
            found = list(judged)
            counts.append(len(found))
            for some_checks, some_tenths in found:
                checks += some_checks
                tenths += some_tenths
        ForecastCheck.objects.all().delete()
        ChanceCheck.objects.all().delete()
        write_rows(ForecastCheck, CHECK, checks)
        write_rows(ChanceCheck, TENTH, tenths)
        return ForecastReview.objects.create(
            as_of=now, kept=counts[0], recomputed=counts[1], seconds=round(monotonic() - began, 3)
        )


def _kept(now: datetime, months_back: int) -> Iterator[tuple[list[tuple], list[tuple]]]:
    """The first kept forecast of each month, as it stands in the diary."""
    backtest = Backtest(now, by_happening=False)
    first = month_of(local_day(now)).starts_on - months_back * MONTH
    runs = ForecastRun.objects.filter(is_recomputed=False, made_on__gte=first).order_by("made_on")
    seen = set()
    for run in runs:
        month = month_of(run.made_on)
        if month in seen or (month.ends_before and month.ends_before > now):
            continue
        seen.add(month)
        forecaster = forecaster_of(run.as_of, months_ahead(run.made_on))
        yield _rows(Source.KEPT, backtest.trial(forecaster), forecaster, _bands_of(run))


def _recomputed(now: datetime, months_back: int, draws: int) -> Iterator[tuple[list[tuple], list[tuple]]]:
    """A forecast for the first of each month that is over, where there was enough to learn from."""
    backtest = Backtest(now, draws=draws, by_happening=True)
    this = month_of(local_day(now)).starts_on
    for as_of in backtest.moments(this - months_back * MONTH, this - MONTH):
        forecaster = backtest.forecaster(as_of)
        if forecaster.is_possible:
            yield _rows(Source.RECOMPUTED, backtest.trial(forecaster), forecaster, forecaster.outlook().bands)


def _bands_of(run: ForecastRun) -> list[Band]:
    """The lines of the diary as figures."""
    months = {month.starts_on: place for place, month in enumerate(months_ahead(run.made_on))}
    return [
        Band(
            Scope(line.rep_id, line.team_id),
            line.basis,
            None if line.month is None else months[line.month],
            line.measure,
            line.currency,
            tuple(getattr(line, name) for name in NUMBERS),
        )
        for line in run.lines.all()
    ]


def _rows(
    source: Source, trial: Trial, forecaster: Forecaster, bands: list[Band]
) -> tuple[list[tuple], list[tuple]]:
    day = local_day(forecaster.past.as_of)
    checks = [_check_row(source, day, check) for check in trial.checks(bands)]
    tenths = [
        (source.value, day, tenth.scope.rep_id, tenth.scope.team_id, *tenth[1:]) for tenth in trial.tenths()
    ]
    return checks, tenths


def _check_row(source: Source, day: date, check: Check) -> tuple:
    band = check.band
    ahead = band.month or 0
    month = months_ahead(day)[ahead].starts_on
    return (
        *(source.value, day, band.scope.rep_id, band.scope.team_id),
        *(band.basis, band.measure, band.currency, month, ahead),
        *band.numbers,
        *(check.came, *check.naive),
    )
