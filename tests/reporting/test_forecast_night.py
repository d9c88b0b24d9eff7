"""The forecast of a night: read as it was known, written once per day, credited to the owners."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from pipeline.models import DealChange, StageChange
from reporting.forecast.past import Past
from reporting.forecast.stays import STILL_THERE, stays_of
from reporting.forecast_night import write_forecast
from reporting.forecast_reading import read_past
from reporting.models import DealChance, ForecastDiary, ForecastRun
from tests.conftest import People
from tests.factories import OrderFactory
from tests.reporting.world import days_ago, random_stories, tell, write

DRAWS = 25

pytestmark = pytest.mark.django_db


def read(days: float = 0, **how: bool) -> Past:
    return read_past(days_ago(days) if days else timezone.now(), **how)


def test_a_past_day_is_read_as_it_was_known_on_that_day(people: People):
    mara = people.colleague
    moved = tell(people.owner, (40, 2), (30, mara), (20, 3), (10, "won"))
    moved.deal.value = Decimal(1000)
    write(moved, tell(people.owner, (40, 2), (25, "undo")), tell(people.owner, opened=5))

    past = read(28)

    assert past.steps.stage.tolist() == [1, 2, 1, 2]
    assert past.owner.tolist() == [mara.pk, people.owner.pk]
    assert past.value.tolist() == [1000, 1000]
    # On that day the second move still stood; today it never happened.
    stays = stays_of(past.steps, past.now)
    assert stays.went_to.tolist() == [2, STILL_THERE, 2, STILL_THERE]
    assert stays.days.round().tolist() == [60, 12, 60, 12]
    assert read().steps.stage.tolist() == [1, 2, 3, 5, 5, 1, 1]


def test_what_was_entered_afterwards_was_not_known_unless_asked_for_by_what_happened(people: People):
    (deal,) = write(tell(people.owner))
    owner, team = people.owner, people.owner.team
    facts = {"deal": deal, "seq": 2, "owner": owner, "team": team, "currency": "EUR", "at": days_ago(60)}
    DealChange.objects.create(value=9000, recorded_at=days_ago(1), **facts)

    assert read(30).value.tolist() == [1000]
    assert read(30, by_happening=True).value.tolist() == [9000]
    assert read().value.tolist() == [9000]


def test_who_bought_before_is_a_repeat_customer(people: People):
    first, second = tell(people.owner), tell(people.owner)
    deals = write(first, second)
    OrderFactory(company=deals[1].company, ordered_on=timezone.localdate() - timedelta(days=20))
    deals[1].company.first_bought_on = timezone.localdate() - timedelta(days=20)
    deals[1].company.last_bought_on, deals[1].company.purchases = deals[1].company.first_bought_on, 1
    deals[1].company.save()

    assert read().is_repeat.tolist() == [False, True]
    assert read(30).is_repeat.tolist() == [False, False]


def test_reps_teams_months_and_kinds_of_customers_add_up_and_inflow_comes_on_top(people: People):
    write(*random_stories([people.owner, people.colleague, people.stranger], 400, seed=3))

    run = write_forecast(timezone.now(), draws=DRAWS)

    def expected(*, measure: str = "wins", basis: str = "open", **which: object) -> float:
        lines = run.lines.filter(measure=measure, basis=basis, **which)
        return float(lines.aggregate(sum=Sum("expected"))["sum"])

    everyone = {"rep": None, "team": None, "month": None}
    wins = expected(**everyone)
    assert expected(rep__isnull=False, month=None) == pytest.approx(wins)
    assert expected(team__isnull=False, month=None) == pytest.approx(wins)
    assert expected(rep=None, team=None, month__isnull=False) == pytest.approx(wins, rel=0.1)
    customers = [expected(measure=measure, **everyone) for measure in ("new", "repeat")]
    assert sum(customers) == pytest.approx(wins)
    assert expected(basis="total", **everyone) > 2 * wins
    # What single deals are expected to bring is what the draws bring on average.
    chances = DealChance.objects.aggregate(wins=Sum("probability"), value=Sum("expected_value"))
    assert chances["wins"] == pytest.approx(wins, rel=0.15)
    revenue = expected(measure="revenue", currency="EUR", **everyone)
    assert float(chances["value"]) == pytest.approx(revenue, rel=0.15)


def test_a_second_forecast_of_a_day_takes_the_place_of_the_first_and_earlier_days_stay(people: People):
    write(*random_stories([people.owner], 150, seed=4))
    earlier = write_forecast(days_ago(7), draws=DRAWS)
    again = [write_forecast(timezone.now(), draws=DRAWS) for _ in range(2)]

    assert list(ForecastRun.objects.values_list("pk", flat=True)) == [again[1].pk, earlier.pk]
    assert earlier.lines.exists()
    assert again[1].open_deals == DealChance.objects.count()


def test_from_too_few_wins_nothing_is_foretold(people: People):
    write(tell(people.owner, (50, "won")), tell(people.owner))

    run = write_forecast(timezone.now(), draws=DRAWS)

    assert (run.open_deals, run.wins_learned) == (1, 1)
    assert not ForecastDiary.objects.exists()
    assert not DealChance.objects.exists()


def test_an_empty_database_has_a_forecast_of_nothing():
    assert not StageChange.objects.exists()

    assert write_forecast(timezone.now(), draws=DRAWS).open_deals == 0
