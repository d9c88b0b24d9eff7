"""The page of the forecast: bands, deals with their reasons, and what it says where it cannot say much."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reporting.forecast_night import write_forecast
from reporting.models import DealChance, ForecastDiary, ForecastRun
from tests.conftest import People, log_in
from tests.reporting.world import tell, write

pytestmark = pytest.mark.django_db
URL = reverse("reporting:forecast")


def shown(client, **query: object) -> str:
    return client.get(URL, query).content.decode()


def foretold(owner: User, deals: int, *, wins: int = 40) -> ForecastRun:
    """A forecast of so many open deals of one person, ten wins expected."""
    run = ForecastRun.objects.create(
        made_on=timezone.localdate(),
        as_of=timezone.now(),
        open_deals=deals,
        open_offers=0,
        wins_learned=wins,
        seconds=1,
    )
    months = [timezone.localdate().replace(day=1), None]
    quantiles = {"expected": 10.4, "q05": 6, "q25": 8, "q50": 10, "q75": 12, "q95": 17}
    for scope in ({}, {"rep": owner}, {"team": owner.team}):
        ForecastDiary.objects.bulk_create(
            ForecastDiary(run=run, basis="open", month=month, measure=measure, **scope, **quantiles)
            for month in months
            for measure in ("wins", "new", "repeat")
        )
    credit = {"owner": owner, "team": owner.team, "stage": 3, "age_days": 34, "currency": "EUR"}
    DealChance.objects.bulk_create(
        DealChance(deal=deal, probability=0.37, expected_value=370, alike=212, **credit)
        for deal in write(*[tell(owner, (34, 3)) for _ in range(deals)])
    )
    return run


def test_a_month_shows_its_bands_and_a_deal_its_probability_with_the_reasons(client, people: People):
    foretold(people.owner, 2)
    log_in(client, people, "owner")

    page = shown(client)

    assert "6–17" in page
    assert "8–12" in page
    assert "37\N{NO-BREAK SPACE}%" in page
    assert "Seit 34 Tagen in Angebot" in page
    assert "212 frühere Verkaufschancen standen so lange dort" in page


def test_of_deals_one_may_not_see_only_the_sum_is_shown(client, people: People, settings):
    settings.DEAL_VISIBILITY = "own"
    foretold(people.owner, 2)
    log_in(client, people, "colleague")

    page = shown(client, of=f"team-{people.owner.team_id}")

    assert "6–17" in page
    assert "2 offene Verkaufschancen" in page
    assert "Seit 34 Tagen" not in page


def test_a_total_of_too_few_people_is_not_shown(client, people: People, settings):
    settings.PER_REP_FIGURES = "team"
    foretold(people.owner, 2)
    log_in(client, people, "owner")

    page = shown(client, of=f"team-{people.owner.team_id}")

    assert "6–17" not in page
    assert "37\N{NO-BREAK SPACE}%" not in page


def test_before_the_first_night_and_with_too_few_wins_it_says_so(client, people: People):
    log_in(client, people, "owner")
    assert "Noch keine Prognose" in shown(client)

    write(tell(people.owner, (50, "won")))
    write_forecast(timezone.now())

    assert "wurde eine Verkaufschance gewonnen. Ab 20" in shown(client)


def test_the_number_of_deals_does_not_change_the_number_of_queries(client, people: People, count_queries):
    log_in(client, people, "owner")
    counts = []
    for deals in (2, 20):
        ForecastRun.objects.all().delete()
        DealChance.objects.all().delete()
        foretold(people.owner, deals)
        with count_queries() as counted:
            assert shown(client).count("Seit 34 Tagen") == deals
        counts.append(len(counted))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("query", [{"cursor": "x\x00"}, {"covers": "'"}, {"of": "rep-99999999999999999999"}])
def test_hostile_addresses_find_the_page_or_nothing(client, people: People, query):
    foretold(people.owner, 2)
    log_in(client, people, "owner")

    assert client.get(URL, query).status_code in (200, 404)
