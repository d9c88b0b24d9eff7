"""Every night: compute the forecast, write it into the diary, and say of each open deal what is expected."""

from collections.abc import Iterator
from datetime import date, datetime
from time import monotonic

from core.snapshot import snapshot
from reporting.forecast.outlook import DRAWS, Forecaster, Outlook
from reporting.forecast.past import days_of
from reporting.forecast_reading import read_past
from reporting.models import DealChance, ForecastDiary, ForecastRun
from reporting.periods import Period, local_day, month_of
from reporting.wire import write_rows

MONTHS_AHEAD = 12
LINE = ("run_id", "rep_id", "team_id", "basis", "month", "measure", "currency")
NUMBERS = ("expected", "q05", "q25", "q50", "q75", "q95")
CHANCE = (
    "deal_id",
    "owner_id",
    "team_id",
    "stage",
    "age_days",
    "probability",
    "expected_value",
    "currency",
    "alike",
    "offer_days",
    "offer_probability",
)


def months_ahead(day: date, count: int = MONTHS_AHEAD) -> list[Period]:
    """The month of a day and those that follow."""
    months = [month_of(day)]
    while len(months) < count:
        months.append(month_of(months[-1].ends_before.date()))  # type: ignore[union-attr]
    return months


def write_forecast(as_of: datetime, *, draws: int = DRAWS) -> ForecastRun:
    """Compute the forecast of a moment and put it in the diary in place of an earlier one of the same day."""
    began = monotonic()
    day = local_day(as_of)
    months = months_ahead(day)
    with snapshot():
        forecaster = forecaster_of(as_of, months, draws=draws)
        outlook = forecaster.outlook()
        ForecastRun.objects.filter(made_on=day).delete()
        run = ForecastRun.objects.create(
            made_on=day,
            as_of=as_of,
            open_deals=outlook.open_deals,
            open_offers=outlook.open_offers,
            wins_learned=outlook.wins_learned,
            seconds=round(monotonic() - began, 3),
        )
        write_rows(ForecastDiary, (*LINE, *NUMBERS), _lines(run, outlook, months))
        DealChance.objects.all().delete()
        write_rows(DealChance, CHANCE, _chances(forecaster, outlook))
    return run


def forecaster_of(
    as_of: datetime, months: list[Period], *, draws: int = DRAWS, by_happening: bool = False
) -> Forecaster:
    """Read what was known and prepare the forecast of some months, the first of them running."""
    now = days_of(as_of)
    ends = [days_of(month.ends_before) - now for month in months if month.ends_before]
    return Forecaster(read_past(as_of, by_happening=by_happening), ends, draws=draws)


def _lines(run: ForecastRun, outlook: Outlook, months: list[Period]) -> Iterator[tuple]:
    for band in outlook.bands:
        month = None if band.month is None else months[band.month].starts_on
        scope = (band.scope.rep_id, band.scope.team_id)
        yield run.pk, *scope, band.basis, month, band.measure, band.currency, *band.numbers


def _chances(forecaster: Forecaster, outlook: Outlook) -> Iterator[tuple]:
    past = forecaster.past
    for place, chance in zip(forecaster.open, outlook.chances, strict=False):
        currency = past.currencies[past.currency[place]]
        yield (
            chance.deal,
            int(past.owner[place]),
            int(past.team[place]),
            chance.stage,
            int(chance.age),
            round(chance.probability, 6),
            f"{chance.expected_value:.2f}",
            currency,
            chance.alike,
            None if chance.offer_age is None else int(chance.offer_age),
            None if chance.offer_probability is None else round(chance.offer_probability, 6),
        )
