"""Whose figures a user may see: the rule, and the pages that follow it."""

import pytest
from django.urls import reverse

from accounts.models import Team
from core.models import Event
from reporting import actions
from reporting.dashboard import PARTS
from reporting.scopes import visible_scopes
from tests.conftest import log_in
from tests.factories import UserFactory
from tests.reporting.world import random_stories, tell, write

EVERYBODY = ["owner", "colleague", "manager", "stranger", "other_manager", "admin"]


def computed(*stories) -> None:
    write(*stories)
    actions.mark_all_stale()
    actions.refresh_stale()


def shown(client, **query: object) -> str:
    """The page with all that it fetches."""
    page = client.get(reverse("reporting:dashboard"), query).content.decode()
    return page + "".join(
        client.get(
            reverse("reporting:dashboard_part", args=[part]), query, headers={"HX-Request": "true"}
        ).content.decode()
        for part in PARTS
    )


@pytest.fixture
def names(people):
    """Names that occur nowhere else on a page."""
    for user, name in (
        (people.owner, "Ottilie"),
        (people.colleague, "Kunigunde"),
        (people.stranger, "Sieglinde"),
    ):
        user.first_name = name
        user.save()
    return people


def test_a_rep_sees_the_own_figures_and_the_teams(people):
    scopes = visible_scopes(people.owner)

    assert scopes.rep_ids == {people.owner.pk}
    assert scopes.team_ids == {people.owner.team_id}
    assert not scopes.shows_member(people.colleague.pk, people.owner.team_id)


def test_a_manager_sees_the_people_of_the_led_teams(people):
    scopes = visible_scopes(people.manager)

    assert scopes.rep_ids == {people.owner.pk, people.colleague.pk, people.manager.pk, people.deactivated.pk}
    assert scopes.people_of == {people.owner.team_id}
    assert not scopes.shows_rep(people.stranger.pk)


def test_an_admin_sees_everyone(people):
    scopes = visible_scopes(people.admin)

    assert {people.owner.pk, people.stranger.pk} <= scopes.rep_ids
    assert scopes.everyone


@pytest.mark.parametrize("policy", ["off", "team"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_sees_persons_where_the_policy_says_so(people, settings, policy, who):
    settings.PER_REP_FIGURES = policy

    scopes = visible_scopes(getattr(people, who))

    assert (scopes.rep_ids, scopes.people_of) == (frozenset(), frozenset())
    assert scopes.least_people == 5


def test_the_totals_of_the_own_team_are_visible_under_team_only(people, settings):
    settings.PER_REP_FIGURES = "team"
    assert visible_scopes(people.owner).team_ids == {people.owner.team_id}

    settings.PER_REP_FIGURES = "off"
    assert visible_scopes(people.owner).team_ids == frozenset()


def test_those_without_a_team_share_nothing(people):
    loner = UserFactory(team=Team.objects.unassigned())

    assert visible_scopes(loner).team_ids == frozenset()


def test_other_peoples_totals_follow_the_visibility_of_deals(people, settings):
    settings.DEAL_VISIBILITY = "own"

    assert not visible_scopes(people.owner).everyone
    assert visible_scopes(people.admin).everyone


def test_the_page_of_a_team_names_only_who_may_be_seen(client, names):
    computed(*(tell(user, (90, 2)) for user in (names.owner, names.colleague, names.stranger)))
    team = f"team-{names.owner.team_id}"

    log_in(client, names, "owner")
    page = shown(client, of=team)
    assert "Ottilie" in page
    assert "Kunigunde" not in page

    log_in(client, names, "manager")
    page = shown(client, of=team)
    assert "Ottilie" in page
    assert "Kunigunde" in page
    assert "Sieglinde" not in page


@pytest.mark.parametrize("policy", ["off", "team"])
def test_a_total_of_too_few_people_is_not_shown(client, names, settings, policy):
    settings.PER_REP_FIGURES = policy
    settings.MINIMUM_GROUP_SIZE = 3
    computed(*(tell(user, (90, 2), (80, "price"), value=77_123) for user in (names.owner, names.colleague)))
    log_in(client, names, "manager")

    page = shown(client, of=f"team-{names.owner.team_id}")

    assert "77" not in page.split("<main", 1)[1].replace(f"team-{names.owner.team_id}", "")
    assert "Ottilie" not in page


def test_an_admins_look_at_persons_is_logged_and_at_totals_is_not(client, names):
    computed(tell(names.owner, (90, 2)))
    log_in(client, names, "admin")

    shown(client, of="all")
    assert not Event.objects.filter(kind="figures.viewed").exists()

    shown(client, of=f"rep-{names.owner.pk}")
    event = Event.objects.get(kind="figures.viewed")
    assert (event.actor, event.subject_id, event.payload["rep"]) == (
        names.admin,
        names.owner.pk,
        names.owner.pk,
    )

    shown(client, of=f"team-{names.owner.team_id}")
    assert Event.objects.filter(kind="figures.viewed").count() == 2


def test_a_managers_look_is_not_logged(client, names):
    computed(*random_stories([names.owner, names.colleague], 5, 1))
    log_in(client, names, "manager")

    shown(client, of=f"team-{names.owner.team_id}")

    assert not Event.objects.filter(kind="figures.viewed").exists()


def test_the_rows_of_a_colleague_are_not_to_be_had_by_naming_them(client, people):
    computed(tell(people.colleague, (90, 2)))
    log_in(client, people, "owner")

    answer = client.get(
        reverse("reporting:deals"),
        {"of": f"team-{people.owner.team_id}", "what": "entered", "stage": 1, "member": people.colleague.pk},
    )

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"what": "entered", "stage": 1}, "Kolja Kern"),
        ({"what": "begun", "stage": 1, "ending": "lost"}, "verloren"),
        ({"what": "won", "customers": "new"}, "Neukunden"),
    ],
)
def test_the_rows_say_what_narrows_them_down(client, people, query, words):
    people.colleague.first_name, people.colleague.last_name = "Kolja", "Kern"
    people.colleague.save()
    computed(tell(people.colleague, (90, 2)))
    log_in(client, people, "manager")
    team = {"of": f"team-{people.colleague.team_id}", "member": people.colleague.pk}

    answer = client.get(reverse("reporting:deals"), team | query)

    assert words in " ".join(map(str, answer.context["behind"].remarks))
