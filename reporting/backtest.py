"""Forecasts of past moments, computed from what was known then, and judged by what is known now."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal, TypeAlias

import numpy as np
from dateutil.relativedelta import relativedelta

from core.moments import day_start
from pipeline.models import Stage
from reporting.forecast.naive import Window
from reporting.forecast.outlook import Forecaster
from reporting.forecast.past import Past, days_of
from reporting.forecast.stays import Floats
from reporting.forecast.trial import Trial
from reporting.forecast_night import forecaster_of
from reporting.forecast_reading import read_past
from reporting.models import StageWeight
from reporting.periods import MONTH, QUARTER, YEAR, Period, local_day, month_of, quarter_of

Step: TypeAlias = Literal["month", "quarter"]
STEPS: Final = {"month": (month_of, MONTH, 12), "quarter": (quarter_of, QUARTER, 4)}
"""The period of a day, its length, and how many lie ahead in a year."""
DRAWS: Final = 200
USUAL_WEIGHTS: Final = {1: 10, 2: 25, 3: 50, 4: 75, 5: 90}
"""Chances per cent where none is typed."""


class Backtest:
    """Tries past moments against one truth: everything known at `now`.

    `by_happening`: a history that was imported counts as if it had been written down day by day; else only
    what was recorded by the moment is known to it. Run it in one snapshot.
    """

    def __init__(
        self, now: datetime, *, step: Step = "month", draws: int = DRAWS, by_happening: bool = False
    ) -> None:
        self.step, self.draws, self.by_happening = step, draws, by_happening
        self.truth: Past = read_past(now, by_happening=True)
        self.weights = typed_weights()

    def moments(self, first: date, last: date) -> Iterator[datetime]:
        """The beginnings of the months (or quarters) from the first day to the last."""
        period_of, length, _count = STEPS[self.step]
        day = period_of(first).starts_on
        while day <= last:
            if day >= first:
                yield day_start(day)
            day += length

    def periods(self, as_of: datetime) -> list[Period]:
        """The months (or quarters) of a year ahead, the first of them running."""
        period_of, _length, count = STEPS[self.step]
        found = [period_of(local_day(as_of))]
        while len(found) < count:
            found.append(period_of(found[-1].starts_on + STEPS[self.step][1]))
        return found

    def forecaster(self, as_of: datetime) -> Forecaster:
        """The forecast of a moment, from what was known then."""
        return forecaster_of(as_of, self.periods(as_of), draws=self.draws, by_happening=self.by_happening)

    def trial(self, forecaster: Forecaster) -> Trial:
        """The same beside what came."""
        as_of = forecaster.past.as_of
        periods = self.periods(as_of)
        ago = [Period("days", period.starts_on - YEAR, _day_before_next(period)) for period in periods]
        return Trial(
            forecaster,
            self.truth,
            windows=[_window(period, as_of) for period in periods],
            year_ago=[_window(period, as_of - YEAR) for period in ago],
            weights=self.weights,
        )


def typed_weights() -> Floats:
    """The chances of the stages typed by hand, in the order of the stages."""
    typed = {**USUAL_WEIGHTS, **dict(StageWeight.objects.values_list("stage", "percent"))}
    return np.array([typed[stage] / 100 for stage in Stage.values])


def _day_before_next(period: Period) -> date:
    """The last day of the same period a year before."""
    ends_on = period.ends_on or period.starts_on
    return ends_on + relativedelta(days=1) - YEAR - relativedelta(days=1)


def _window(period: Period, as_of: datetime) -> Window:
    begins = max(days_of(period.begins_at), days_of(as_of))
    return Window(begins, days_of(period.ends_before or as_of))
