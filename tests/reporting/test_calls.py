"""Calls measured: attempts, reach and appointments with their intervals, by caller and hour."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from tests.conftest import log_in
from tests.factories import ActivityFactory, CompanyFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def call(author, result, hour=9, **more):
    at = timezone.make_aware(datetime(TODAY.year, TODAY.month, TODAY.day, hour, 30))  # noqa: DTZ001
    more = {"direction": "out", "company": CompanyFactory(), **more}
    return ActivityFactory(author=author, kind=Activity.Kind.CALL, result=result, at=at, **more)


@pytest.fixture
def called(people):
    """The owner: four calls, three reached, one appointment; the colleague: one in vain."""
    for result, hour in (("not_reached", 9), ("decision_maker", 9), ("objection", 16), ("appointment", 16)):
        call(people.owner, result, hour)
    call(people.colleague, "front_desk", 9)
    call(people.owner, "decision_maker", direction="in")
    call(people.owner, "")
    call(people.owner, "appointment", removed_at=timezone.now())


def page_of(client, **query):
    return client.get(reverse("reporting:calls"), {"period": f"{TODAY:%Y-%m}", **query}).context["page"]


def test_a_rep_sees_the_own_calls_by_hour(client, people, called):
    log_in(client, people, "owner")

    page = page_of(client)

    total = page.report.total
    assert (total.calls, total.reached, total.appointments) == (4, 3, 1)
    assert [(line.name, line.figures.calls) for line in page.hours] == [("9–10", 2), ("16–17", 2)]
    # Wilson, by hand: 3 of 4 lies between 30.1 % and 95.4 %.
    assert (round(total.reach.low, 3), round(total.reach.high, 3)) == (0.301, 0.954)
    assert (total.success.count, total.success.of) == (1, 3)


def test_the_manager_sees_who_called_and_a_rep_only_the_team(client, people, called):
    team = f"team-{people.owner.team_id}"
    log_in(client, people, "manager")
    assert [line.figures.calls for line in page_of(client, of=team).callers] == [4, 1]

    log_in(client, people, "owner")
    page = page_of(client, of=team)

    assert page.report.total.calls == 5
    assert [line.name for line in page.callers] == [str(people.owner)]


def test_without_figures_of_persons_there_are_none(client, people, called, settings):
    settings.PER_REP_FIGURES, settings.MINIMUM_GROUP_SIZE = "team", 2
    log_in(client, people, "manager")

    page = page_of(client, of=f"team-{people.owner.team_id}")

    assert (page.callers, page.shows_people) == ([], True)
    settings.MINIMUM_GROUP_SIZE = 3
    assert not page_of(client, of=f"team-{people.owner.team_id}").shows_people


def test_each_figure_opens_the_calls_it_counts(client, people, called):
    log_in(client, people, "manager")
    page = page_of(client, of=f"team-{people.owner.team_id}")

    for line in [page.total, *page.callers, *page.hours]:
        for what, url in line.urls.items():
            behind = client.get(url).context["behind"]
            assert behind.counted == len(behind.page.rows) == getattr(line.figures, what)


@pytest.mark.parametrize("query", [{}, {"what": "x"}, {"hour": "24"}, {"hour": "²"}, {"caller": "999999"}])
def test_figures_that_are_none(client, people, query):
    log_in(client, people, "owner")

    answer = client.get(reverse("reporting:calls_behind"), {"what": "calls", **query} if query else {})

    assert answer.status_code == 404


def test_a_colleague_is_not_shown_by_asking_for_them(client, people, called):
    log_in(client, people, "owner")

    asked = {"what": "calls", "of": f"team-{people.owner.team_id}", "caller": people.colleague.pk}

    assert client.get(reverse("reporting:calls_behind"), asked).status_code == 404
