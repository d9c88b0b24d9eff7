"""Forecasts of past moments beside what came: nothing looks ahead, every figure is counted by hand."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from pipeline.models import Deal, DealChange
from reporting.backtest import Backtest
from reporting.figures import EVERYONE, Scope
from reporting.forecast.judging import Judged, judge
from reporting.forecast.outlook import Band
from reporting.forecast_reading import read_past
from reporting.forecast_review import review_if_due, write_review
from reporting.models import ChanceCheck, ForecastCheck, ForecastReview, Source
from reporting.periods import MONTH, month_of
from tests.conftest import People
from tests.factories import OrderFactory
from tests.reporting.world import days_ago, random_stories, tell, write

pytestmark = pytest.mark.django_db
NUMBERS = (2.0, 0.0, 1.0, 2.0, 3.0, 4.0)


def test_purchases_currency_and_undone_imports_are_those_of_that_day(people: People):
    bought, revalued, voided = write(*[tell(people.owner) for _ in range(3)])
    OrderFactory(company=bought.company, ordered_on=timezone.localdate() - timedelta(days=80))
    owner, team = people.owner, people.owner.team
    DealChange.objects.create(
        deal=revalued,
        seq=2,
        owner=owner,
        team=team,
        value=Decimal(70),
        currency="CHF",
        at=days_ago(20),
        recorded_at=days_ago(20),
    )
    Deal.objects.filter(pk=voided.pk).update(voided_at=days_ago(10))

    then, now = read_past(days_ago(30)), read_past(timezone.now())
    as_happened = read_past(days_ago(30), by_happening=True)

    # The order of 80 days ago was entered today; the third deal's import was undone ten days ago.
    assert then.is_repeat.tolist() == [False, False, False]
    assert as_happened.is_repeat.tolist() == [True, False]
    assert now.is_repeat.tolist() == [True, False]
    assert [then.currencies[unit] for unit in then.currency] == ["EUR", "EUR", "EUR"]
    assert [now.currencies[unit] for unit in now.currency] == ["EUR", "CHF"]


def test_what_came_counts_to_whom_the_forecast_counted_it(people: People):
    """Two deals were open then: one was handed over and won, one was lost; a third was opened and won."""
    month = month_of(timezone.localdate()).before().before()
    begins = (timezone.now() - month.begins_at).days
    owner, colleague = people.owner, people.colleague
    write(
        tell(owner, (begins - 5, colleague), (begins - 20, "won"), opened=begins + 30, stage=3, value=500),
        tell(owner, (begins - 6, "no_need"), opened=begins + 9, stage=3, value=800),
        tell(colleague, (begins - 22, "won"), opened=begins - 3, stage=1, value=70),
        tell(colleague, (begins + 355, "won"), opened=begins + 364, value=40),
        tell(owner, (begins + 700, 3), (begins + 690, "won"), opened=begins + 720),
        tell(owner, (begins + 600, 3), (begins + 590, "no_need"), opened=begins + 620),
    )
    backtest = Backtest(timezone.now(), draws=5)
    forecaster = backtest.forecaster(month.begins_at)

    checks = list(backtest.trial(forecaster).checks([*bands("open"), *bands("total")]))

    came = {(c.band.basis, c.band.scope.rep_id, c.band.measure): c.came for c in checks}
    assert came["open", None, "wins"] == came["open", owner.pk, "wins"] == 1
    assert came["open", None, "revenue"] == 500
    assert came["total", None, "wins"] == 2
    assert came["total", colleague.pk, "wins"] == 1
    weights, rate, year = next(c.naive for c in checks if c.band[:2] == (EVERYONE, "open"))
    # Two stand in Angebot with 50 % each by hand; one of the two decided there was won, after ten days.
    assert (weights, rate) == pytest.approx((1, 1))
    # One was won in the same month of the year before.
    assert year == 1


def bands(basis: str) -> list[Band]:
    people = [Scope(rep_id=pk) for pk in Deal.objects.values_list("owner", flat=True).distinct()]
    revenue = [Band(EVERYONE, basis, 0, "revenue", "EUR", NUMBERS)]
    return [Band(scope, basis, 0, "wins", "", NUMBERS) for scope in [EVERYONE, *people]] + revenue


def test_figures_are_judged_by_coverage_bias_and_error():
    day = timezone.localdate().replace(day=1)
    rows = [
        Judged(day, day + place * MONTH, NUMBERS, came, (came, None))
        for place, came in enumerate([1, 3, 4, 9])
    ]

    judged = judge(rows, 2)

    assert (judged.half.held, judged.wide.held, judged.figures, judged.months) == (2, 3, 4, 4)
    assert judged.bias == pytest.approx(8 / 17 - 1)
    assert judged.error == pytest.approx((1 + 1 + 2 + 7) / 17)
    assert judged.beside == ((4, 0.0, pytest.approx(11 / 17)), None)
    # Wilson's interval of three in four.
    assert (judged.wide.low, judged.wide.high) == pytest.approx((0.3006, 0.9544), abs=1e-3)


def test_the_command_tells_each_month_and_what_it_comes_to(people: People):
    write(*random_stories([people.owner, people.colleague], 400, seed=5))
    first = month_of(timezone.localdate()).starts_on - 6 * MONTH

    told = json.loads(backtest(**{"from": str(first), "draws": 20}, format="json"))

    assert len(told["moments"]) == 7
    first_month = [
        f for f in told["moments"][0]["figures"] if f["measure"] == "wins" and f["covers"] == "total"
    ]
    assert [figure["period"] for figure in first_month] == [str(first + n * MONTH) for n in range(6)]
    total = next(one for one in told["summary"] if (one["covers"], one["measure"]) == ("total", "wins"))
    assert total["figures"] == 6 + 5 + 4 + 3 + 2 + 1
    assert total["periods"] == 6
    wins = Deal.objects.filter(outcome="won", closed_at__date__gte=first, closed_at__date__lt=first + MONTH)
    assert first_month[0]["came"] == wins.count()
    assert sum(one["won"] for one in told["calibration"]) <= sum(one["deals"] for one in told["calibration"])
    assert "total" in backtest(**{"from": str(first), "draws": 20})


def backtest(**options: object) -> str:
    out = StringIO()
    call_command(
        "backtest", *[f"--{name}={value}" for name, value in options.items()], stdout=out, stderr=StringIO()
    )
    return out.getvalue()


@pytest.mark.parametrize(
    "options", [{"from": "gestern"}, {"from": "2026-02-31"}, {"draws": 0}, {"to": "1999-01-01"}]
)
def test_the_command_refuses_what_makes_no_sense(options: dict):
    with pytest.raises(CommandError):
        backtest(**options)


def test_the_review_is_written_whole_and_only_when_something_changed(people: People):
    write(*random_stories([people.owner, people.colleague], 300, seed=6))
    now = timezone.now()

    review = write_review(now, months_back=3, draws=10)

    assert (review.kept, review.recomputed) == (0, 3)
    everyone = ForecastCheck.objects.of_scope(EVERYONE).filter(basis="total", measure="wins")
    assert everyone.count() == 3 + 2 + 1
    assert set(everyone.values_list("source", flat=True)) == {Source.RECOMPUTED}
    reps = ForecastCheck.objects.filter(basis="open", measure="wins", ahead=0, rep__isnull=False)
    whole = ForecastCheck.objects.of_scope(EVERYONE).filter(basis="open", measure="wins", ahead=0)
    assert sum(reps.values_list("came", flat=True)) == sum(whole.values_list("came", flat=True))
    assert np.isclose(
        sum(reps.values_list("by_rate", flat=True)), sum(whole.values_list("by_rate", flat=True))
    )
    # A quarter of the oldest is over.
    assert ChanceCheck.objects.of_scope(EVERYONE).values_list("made_on", flat=True).distinct().count() == 1
    assert review_if_due(now) is None
    assert ForecastReview.objects.count() == 1
