"""The page of the Trichterrechner: what it reckons, what it refuses, scenarios and the targets they set."""

import json
import re
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from core.models import Event
from planning.actions import Assumptions, save_scenario
from planning.errors import ScenarioChanged, ScenarioNameTaken
from planning.models import Planned, SalesTarget, Scenario, ScenarioVersion
from reporting import actions
from tests.conftest import log_in
from tests.factories import CompanyFactory, UserFactory
from tests.reporting.world import tell, write

pytestmark = pytest.mark.django_db
URL = reverse("reporting:calculator")
NAUGHTY = ["\x00", "1e999999", "NaN", "Infinity", "-5", "0", "9" * 400, "<b>", "²", "٣"]
NOW = datetime(2026, 11, 25, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def measured(people):
    """Twelve won deals of ten thousand and twelve lost ones, through every stage with an offer."""
    CompanyFactory()
    stories = []
    for number in range(24):
        days = [(200 - number, 2), (190 - number, 3), (185 - number, "offer"), (170 - number, 5)]
        ending = (150 - number, "won") if number % 2 else (160 - number, "price")
        steps = [*days, ending] if number % 2 else [*days[:3], ending]
        stories.append(tell(people.owner, *steps, opened=210 - number, value=10_000))
    write(*stories)
    actions.mark_all_stale()
    actions.refresh_stale()


def asked(people, **more: object) -> dict[str, object]:
    query = {"of": f"team-{people.owner.team_id}", "goal": "revenue", "amount": "100000", "period": "2027-q1"}
    return {**query, **more}


def kept(planned: Planned, actor, name: str = "Plan A", **changed: object) -> ScenarioVersion:
    facts = {
        "goal": "revenue",
        "amount": Decimal(120_000),
        "currency": "EUR",
        "period": "2027-q1",
        "needed": {"wins": {"whole": {"best": 11.2}}, "offers": {"whole": {"best": 23.9}}},
    }
    return save_scenario(planned, name, Assumptions(**{**facts, **changed}), actor=actor)


def test_a_target_is_reckoned_back_to_offers_and_contacts(client, people, measured):
    log_in(client, people, "manager")

    page = client.get(URL, asked(people)).context["page"]

    by_level = {row.level: row.whole.best for row in page.rows}
    assert by_level["wins"] == pytest.approx(10)
    # 12 of 24 offers are won, every contact becomes an offer, with what half a case on either side adds.
    assert by_level["offers"] == pytest.approx(20, rel=0.01)
    assert by_level["contacts"] == pytest.approx(20, rel=0.1)
    assert "leads" not in by_level


def test_an_empty_database_says_what_it_needs_and_reckons_nothing(client, people):
    for who in ("owner", "manager", "admin"):
        log_in(client, people, who)
        answer = client.get(URL)
        assert answer.status_code == 200
        assert answer.context["page"].plan is None
        assert "Zu wenige Abschlüsse" in answer.content.decode()


def test_hostile_input_is_an_error_at_the_field_or_nothing(client, people):
    log_in(client, people, "manager")

    for naughty in NAUGHTY:
        for name in ("goal", "amount", "period", "lever_offer"):
            assert client.get(URL, asked(people, **{name: naughty})).status_code == 200
        assert client.get(URL, {"of": naughty}).status_code == 404


def test_a_lever_in_the_address_changes_the_plan(client, people, measured):
    log_in(client, people, "manager")

    plain = client.get(URL, asked(people)).context["page"]
    turned = client.get(URL, asked(people, lever_offer="20", lever_speed="100")).context["page"]

    offers = [{row.level: row for row in page.rows}["offers"] for page in (plain, turned)]
    assert offers[1].whole.best == pytest.approx(offers[0].whole.best / 1.2)
    assert offers[1].window.last > offers[0].window.last
    assert turned.unturned.whole == plain.plan.whole


def test_a_scenario_is_kept_shown_again_and_gets_a_second_version(client, people, measured):
    log_in(client, people, "manager")

    client.post(reverse("reporting:scenario_add"), asked(people, name="Mutig", lever_offer="10"))
    scenario = Scenario.objects.get()
    saved = client.get(scenario.get_absolute_url()).context["page"]
    again = asked(people, amount="150000", seen="1")
    client.post(reverse("reporting:scenario_save", args=[scenario.pk]), again)

    assert (saved.levers.offer, saved.amount) == (10, 100_000)
    versions = list(scenario.versions.values_list("number", "amount", "made_by"))
    assert versions == [(2, 150_000, people.manager.pk), (1, 100_000, people.manager.pk)]
    assert scenario.versions.last().needed["wins"]["whole"]["best"] == pytest.approx(10)
    assert Event.objects.filter(kind="scenario.saved").count() == 2


def test_a_version_stays_as_it_was(people):
    version = kept(Planned(people.owner.team), people.manager)

    for change in (lambda: ScenarioVersion.objects.update(amount=1), version.delete):
        with pytest.raises(InternalError), transaction.atomic():
            change()


def test_two_who_keep_a_version_at_once_do_not_lose_one(people):
    team = Planned(people.owner.team)
    first = kept(team, people.manager)
    facts = Assumptions("revenue", Decimal(5), "EUR", "2027-q1")

    with pytest.raises(ScenarioChanged):
        save_scenario(team, "Plan A", facts, actor=people.admin, scenario=first.scenario, seen=0)
    with pytest.raises(ScenarioNameTaken):
        kept(team, people.admin)
    assert kept_again(team, people, first) == first


def kept_again(team, people, first):
    facts = Assumptions(first.goal, first.amount, first.currency, first.period)
    return save_scenario(team, "Plan A", facts, actor=people.admin, scenario=first.scenario, seen=0)


def test_the_database_refuses_a_scenario_of_nobody_and_amounts_of_nothing(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        Scenario.objects.create(name="x")
    for wrong in ({"amount": Decimal(0)}, {"currency": ""}, {"period": "12m"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            kept(Planned(people.owner.team), people.manager, **wrong)


def test_one_click_sets_the_targets_of_the_months(client, people):
    team = Planned(people.owner.team)
    scenario = kept(team, people.manager).scenario
    SalesTarget.objects.create(team=team.team, month=date(2027, 1, 1), measure="won", amount=9)
    log_in(client, people, "manager")
    page = client.get(scenario.get_absolute_url()).content.decode()
    seen = re.search(r'name="seen" value="(\{[^"]*\})"', page)[1].replace("&quot;", '"')

    client.post(reverse("reporting:scenario_targets", args=[scenario.pk]), {"seen": seen})

    assert json.loads(seen) == {"won_2027-01": "9.00"}
    amounts = SalesTarget.objects.of(team).order_by("month").values_list("measure", "amount")
    found = {measure: [int(amount) for one, amount in amounts if one == measure] for measure, _a in amounts}
    assert {measure: (len(parts), sum(parts)) for measure, parts in found.items()} == {
        "won": (3, 12),
        "offers": (3, 24),
        "revenue": (3, 120_000),
    }


def test_targets_somebody_changed_meanwhile_are_not_overwritten_unseen(client, people):
    team = Planned(people.owner.team)
    scenario = kept(team, people.manager).scenario
    SalesTarget.objects.create(team=team.team, month=date(2027, 1, 1), measure="won", amount=9)
    log_in(client, people, "manager")

    for seen in ("{}", "no", "[1]", '{"won_2027-01": {}}', "[" * 5000):
        answer = client.post(reverse("reporting:scenario_targets", args=[scenario.pk]), {"seen": seen})
        assert answer.status_code == 409
    assert SalesTarget.objects.get().amount == 9


def test_a_rep_plans_for_the_rep_alone_and_sets_no_targets(client, people):
    own = kept(Planned(people.owner), people.owner).scenario
    of_team = kept(Planned(people.owner.team), people.manager).scenario
    log_in(client, people, "owner")

    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.post(reverse("reporting:scenario_targets", args=[own.pk])).status_code == 403
    assert client.get(of_team.get_absolute_url()).status_code == 404
    assert client.post(reverse("reporting:scenario_add"), asked(people, name="x")).status_code == 403


def test_where_no_figures_of_persons_are_shown_there_are_no_plans_for_them(client, people, settings):
    own = kept(Planned(people.owner), people.owner).scenario
    settings.PER_REP_FIGURES = "off"
    log_in(client, people, "owner")

    assert client.get(own.get_absolute_url()).status_code == 404
    assert client.get(URL, {"of": f"rep-{people.owner.pk}"}).status_code == 404
    assert client.get(URL).context["page"] is None


def test_few_people_are_not_told_by_a_plan_of_their_team(client, people, measured, settings):
    settings.PER_REP_FIGURES = "team"
    log_in(client, people, "owner")

    page = client.get(URL, asked(people)).context["page"]

    assert (page.shows_people, page.rows) == (False, [])


def test_more_scenarios_and_people_cost_no_more_queries(client, people, measured, count_queries):
    log_in(client, people, "manager")
    team = Planned(people.owner.team)
    for number in range(2):
        kept(team, people.manager, f"Plan {number}")
    client.get(URL, asked(people))
    with count_queries() as few:
        client.get(URL, asked(people))
    UserFactory.create_batch(8, team=people.owner.team)
    for number in range(2, 20):
        kept(team, people.manager, f"Plan {number}")

    with count_queries() as many:
        client.get(URL, asked(people))

    assert len(few) == len(many)
