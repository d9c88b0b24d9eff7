"""The page of stage quotas: effort, hand-overs, leaks and the others beside, each with the list behind it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from reporting import actions
from reporting.evaluation import Evaluation
from reporting.models import StageConversion
from reporting.periods import rolling_year
from reporting.scopes import visible_scopes
from reporting.selection import Selection
from tests.conftest import log_in
from tests.factories import CompanyFactory, UserFactory
from tests.reporting.world import days_ago, tell, write

pytestmark = pytest.mark.django_db
URL = reverse("reporting:evaluation")


def computed(*stories):
    deals = write(*stories)
    actions.mark_all_stale()
    actions.refresh_stale()
    return deals


def called(author, result: str, days: float = 10) -> Activity:
    facts = {"kind": "call", "direction": "out", "author": author, "company": CompanyFactory()}
    return Activity.objects.create(result=result, at=days_ago(days), **facts)


def held(author, days: float = 10) -> Activity:
    facts = {"kind": "appointment", "author": author, "company": CompanyFactory(), "status": "held"}
    at = days_ago(days)
    return Activity.objects.create(at=at, ends_at=at + timezone.timedelta(hours=1), **facts)


def shown(user, **whose) -> Evaluation:
    return Evaluation(Selection(rolling_year(timezone.localdate()), **whose), user, visible_scopes(user))


def test_effort_is_counted_to_who_made_it_and_leads_to_its_lists(client, people):
    computed(
        tell(people.owner, (60, 2), (40, 3), opened=90),
        tell(people.owner, (60, 2), (50, "price"), opened=90),
        tell(people.colleague, (30, people.owner), (20, 2), opened=90),
    )
    for result in ("not_reached", "front_desk", "decision_maker", "call_back"):
        called(people.owner, result)
    called(people.owner, "decision_maker", days=500)
    called(people.colleague, "no_need")
    held(people.owner)
    log_in(client, people, "manager")

    page = client.get(URL, {"of": f"team-{people.owner.team_id}"}).context["page"]

    lines = {line.user: line for line in page.efforts.lines}
    own = lines[people.owner].effort
    assert (own.calls, own.reached, own.appointments, own.received, own.given) == (4, 2, 1, 1, 0)
    # Two of its own deals moved on; what was taken over counts to who had it at the entry.
    assert (own.moved, lines[people.colleague].effort.moved, lines[people.colleague].effort.given) == (
        2,
        1,
        1,
    )
    assert own.per_move["calls"] == 2
    assert own.is_few
    for line in (*page.efforts.lines, page.efforts.foot):
        for name, url in line.urls.items():
            behind = client.get(url).context["behind"]
            assert behind.counted == getattr(line.effort, name), (line.name, name)


def test_a_hand_over_is_shown_with_its_value_to_those_who_may_see_both(people):
    computed(tell(people.colleague, (30, people.owner), opened=90, value=700))

    (row,) = shown(people.manager, team=people.owner.team).hand_overs
    (own,) = shown(people.owner, rep=people.owner).hand_overs

    assert (row.giver, row.taker, row.handed.deals, row.handed.value) == (
        str(people.colleague),
        str(people.owner),
        1,
        700,
    )
    assert (own.giver, own.taker) == (f"jemand aus {people.owner.team}", str(people.owner))


def test_leaks_add_up_by_reason_and_by_stage(client, people):
    computed(
        tell(people.owner, (60, 2), (50, "price"), opened=90, value=100),
        tell(people.owner, (60, 2), (50, 3), (40, "price"), opened=90, value=200),
        tell(people.owner, (50, "no_need"), opened=90, value=400),
    )
    log_in(client, people, "owner")

    page = client.get(URL, {"of": f"rep-{people.owner.pk}"}).context["page"]

    assert [(row.total.deals, row.total.value) for row in page.leak_rows] == [(2, 300), (1, 400)]
    assert [cell.lost.deals if cell else 0 for cell in page.leak_totals] == [1, 1, 1, 0, 0]
    assert client.get(page.leak_rows[0].url).context["behind"].counted == 2
    assert sum(row.total.deals for row in page.leak_rows) == page.lost_total.deals == 3


def figure(rate: float, decided: int, verdict: str, **scope: object) -> StageConversion:
    moved = round(rate * decided)
    numbers = {"rate": rate, "low": rate - 0.1, "high": rate + 0.1, "shrunk_rate": rate, "undecided_share": 0}
    return StageConversion.objects.create(
        period="rolling12",
        starts_on=rolling_year(timezone.localdate()).starts_on,
        stage=2,
        target=3,
        as_of=timezone.now(),
        people=1,
        entered=decided,
        moved_on=moved,
        lost=decided - moved,
        still_open=0,
        verdict=verdict,
        **numbers,
        **scope,
    )


@pytest.mark.parametrize(
    ("decided", "verdict", "words"),
    [
        (40, "above", "mehr, und kaum durch Zufall"),
        (40, "below", "weniger, und kaum durch Zufall"),
        (40, "indistinguishable", "Das kann Zufall sein"),
        (6, "above", "6 entschiedene Fälle sind zu wenige"),
    ],
)
def test_a_sentence_says_no_more_than_can_be_told(people, decided, verdict, words):
    team = people.owner.team
    figure(0.6, decided, "", rep=people.owner)
    figure(0.6, decided, verdict, rep=people.owner, team=team)
    figure(0.5, 100, "", team=team)

    (sentence,) = shown(people.owner, rep=people.owner).sentences

    assert words in sentence.text
    assert "Vorsichtig geschätzt: 60\N{NO-BREAK SPACE}%" in sentence.text


def test_where_no_figures_of_persons_are_shown_nobody_is_named(client, people, settings):
    settings.PER_REP_FIGURES = "team"
    computed(tell(people.colleague, (30, people.owner), (20, 2), opened=90))
    called(people.owner, "decision_maker")
    log_in(client, people, "manager")

    page = client.get(URL, {"of": f"team-{people.owner.team_id}"}).context["page"]

    assert (page.efforts.lines, page.efforts.foot, page.hand_overs) == ([], None, [])
    member = {"of": f"team-{people.owner.team_id}", "what": "calls", "member": people.owner.pk}
    assert client.get(reverse("reporting:activities"), member).status_code == 404


def test_an_empty_database_and_hostile_addresses_get_an_answer(client, people):
    log_in(client, people, "owner")

    assert "Noch nichts zu vergleichen" in client.get(URL).content.decode()
    for naughty in ("\x00", "9" * 50, "team-0", "²"):
        assert client.get(URL, {"period": naughty}).status_code == 200
        assert client.get(URL, {"of": f"rep-{naughty}"}).status_code == 404
        asked = {"what": "calls", "of": f"team-{people.owner.team_id}", "member": naughty}
        assert client.get(reverse("reporting:activities"), asked).status_code == 404


def test_more_people_and_deals_cost_no_more_queries(client, people, count_queries):
    team = people.owner.team
    computed(
        tell(people.owner, (60, 2), (50, "price"), opened=90), tell(people.colleague, (60, 2), opened=90)
    )
    log_in(client, people, "manager")
    address = {"of": f"team-{team.pk}"}
    client.get(URL, address)
    with count_queries() as few:
        client.get(URL, address)
    reps = UserFactory.create_batch(6, team=team)
    computed(*(tell(rep, (60, 2), (50, "price"), opened=90) for rep in reps for _ in range(3)))
    for rep in reps:
        called(rep, "no_need")

    with count_queries() as many:
        client.get(URL, address)

    assert len(many) <= len(few)
