"""The page of the review: past forecasts beside what came, honest where there is little of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reporting.models import ChanceCheck, ForecastCheck, ForecastReview, Source
from reporting.periods import MONTH
from tests.conftest import People, log_in

pytestmark = pytest.mark.django_db
URL = reverse("reporting:forecast_review")
QUANTILES = {"expected": 10.4, "q05": 6, "q25": 8, "q50": 10, "q75": 12, "q95": 17}


def judged(owner: User, came: list[float], source: Source = Source.RECOMPUTED) -> None:
    """A review of so many months, each foretold a month ahead."""
    ForecastReview.objects.create(as_of=timezone.now(), kept=0, recomputed=len(came), seconds=1)
    first = timezone.localdate().replace(day=1)
    for scope in ({}, {"rep": owner}, {"team": owner.team}):
        for place, number in enumerate(came, 1):
            month = first - place * MONTH
            said = {"by_weights": number + 5, "by_rate": number + 2, "by_year": None}
            where = {"source": source, "made_on": month, "month": month, "ahead": 0, **scope}
            for basis in ("open", "total"):
                ForecastCheck.objects.create(
                    basis=basis, measure="wins", came=number, **where, **said, **QUANTILES
                )
            numbers = {"tenth": 3, "deals": 30, "expected": 10.5, "won": 9}
            ChanceCheck.objects.create(source=source, made_on=month, **scope, **numbers)


def shown(client, **query: object) -> str:
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_months_say_whether_the_bands_held_and_the_forecast_page_says_how_often(client, people: People):
    judged(people.owner, [10, 7, 30, 11, 12, 13, 14, 15])
    log_in(client, people, "owner")

    page = shown(client)

    assert "7 von 8 Zahlen" in page
    assert "außerhalb" in page
    assert "6–17" in page
    # Foretold 35 of 100, came 30 of 100; the method by rate was off by two in each month.
    assert '<td class="num" data-label="Vorhergesagt">35 %</td>' in page
    assert "nachgerechnet" in page
    assert "Erst " not in page


def test_few_months_are_called_few_and_none_is_said(client, people: People):
    log_in(client, people, "owner")
    assert "Noch nichts geprüft" in shown(client)

    judged(people.owner, [10, 11])

    assert "Erst 2 Monate sind vorbei" in shown(client)
    assert "Noch keine geführte Prognose" in shown(client, source="kept")


def test_the_diary_is_shown_once_it_has_half_a_year(client, people: People):
    judged(people.owner, [10] * 6, Source.KEPT)
    log_in(client, people, "owner")

    assert "geführte Prognosen" in shown(client)


def test_a_total_of_too_few_people_is_not_shown(client, people: People, settings):
    settings.PER_REP_FIGURES = "team"
    judged(people.owner, [10] * 6)
    log_in(client, people, "owner")

    assert "6–17" not in shown(client, of=f"team-{people.owner.team_id}")


def test_the_number_of_months_does_not_change_the_number_of_queries(client, people: People, count_queries):
    log_in(client, people, "owner")
    counts = []
    for months in (2, 20):
        ForecastCheck.objects.all().delete()
        ChanceCheck.objects.all().delete()
        judged(people.owner, [9] * months)
        with count_queries() as counted:
            shown(client)
        counts.append(len(counted))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "query", [{"source": "x\x00"}, {"covers": "'"}, {"ahead": "99"}, {"ahead": "9" * 30}]
)
def test_hostile_addresses_find_the_page(client, people: People, query):
    judged(people.owner, [10] * 6)
    log_in(client, people, "owner")

    assert "6–17" in shown(client, **{**query, "source": query.get("source", "again")})
