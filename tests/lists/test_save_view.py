"""Saving, renaming, sharing and deleting views, and who may see them."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role, Team, User
from core.models import Event
from lists.actions import rename_view, set_start_view, share_view, unshare_view
from lists.actions.saved_views import MOST_VIEWS
from lists.errors import TeamNotShared, TooManyViews, ViewGone, ViewNameTaken
from lists.models import SavedView, ViewPage
from tests.factories import UserFactory
from tests.lists.test_saved_views import view_of

pytestmark = pytest.mark.django_db


def test_the_same_filter_under_the_same_name_is_saved_once(people):
    first, second = view_of(people.owner), view_of(people.owner)

    assert first == second
    assert SavedView.objects.count() == 1


def test_a_name_is_taken_once_per_user_and_page(people):
    view_of(people.owner, "Große Brocken")

    with pytest.raises(ViewNameTaken):
        view_of(people.owner, "große BROCKEN", "owner=all")
    view_of(people.owner, "Große Brocken", page=ViewPage.LIST)
    view_of(people.colleague, "Große Brocken")


def test_a_name_taken_refuses_to_rename_but_its_own_does_not(people):
    view_of(people.owner, "Eins")
    two = view_of(people.owner, "Zwei")

    with pytest.raises(ViewNameTaken):
        rename_view(two, "eins", actor=people.owner)
    assert rename_view(two, "ZWEI", actor=people.owner).name == "ZWEI"


def test_nobody_keeps_more_views_of_a_page_than_may_be(people):
    for number in range(MOST_VIEWS):
        view_of(people.owner, f"Ansicht {number}")

    with pytest.raises(TooManyViews, match="30"):
        view_of(people.owner, "noch eine")
    view_of(people.owner, "noch eine", page=ViewPage.LIST)


def test_views_are_shared_with_the_own_team_and_those_one_leads_alone(people):
    north, south = people.owner.team, people.stranger.team

    assert view_of(people.owner, "Nord", team=north).shared_with == north
    for team in (south, Team.objects.unassigned()):
        with pytest.raises(TeamNotShared):
            view_of(people.owner, f"mit {team}", team=team)
    with pytest.raises(TeamNotShared):
        share_view(view_of(people.admin), people.admin.team, actor=people.admin)
    assert SavedView.objects.filter(owner=people.owner).count() == 1

    south.managers.add(people.manager)
    assert view_of(people.manager, "beide", team=south).shared_with == south


def test_a_view_deleted_meanwhile_says_so(people):
    view = view_of(people.owner)
    SavedView.objects.all().delete()

    for change in (
        lambda: rename_view(view, "anders", actor=people.owner),
        lambda: share_view(view, people.owner.team, actor=people.owner),
        lambda: set_start_view(people.owner, view),
    ):
        with pytest.raises(ViewGone), transaction.atomic():
            change()


def test_sharing_is_recorded_once_without_the_name(people):
    view = view_of(people.owner, team=people.owner.team)
    share_view(view, people.owner.team, actor=people.owner)
    unshare_view(unshare_view(view, actor=people.manager), actor=people.manager)

    events = Event.objects.filter(subject_kind="savedview").order_by("pk")
    assert [event.kind for event in events] == ["view.shared", "view.unshared"]
    assert "Brocken" not in str([event.payload for event in events])


@pytest.mark.parametrize("wrong", [{"name": ""}, {"page": "heute"}])
def test_the_database_refuses_a_view_without_name_or_page(people, wrong):
    view = view_of(people.owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=view.pk).update(**wrong)


def test_views_are_seen_by_their_owner_and_the_team_they_are_shared_with(people):
    private, shared = view_of(people.owner, "mein"), view_of(people.owner, "unser", team=people.owner.team)

    seen = {
        who: set(SavedView.objects.visible_to(getattr(people, who)))
        for who in ("owner", "colleague", "manager", "stranger", "other_manager", "admin")
    }

    assert seen == {
        "owner": {private, shared},
        "colleague": {shared},
        "manager": {shared},
        "stranger": set(),
        "other_manager": set(),
        "admin": set(),
    }


def test_a_manager_sees_and_withdraws_what_is_shared_with_a_team_they_lead(people):
    leader = UserFactory(team=Team.objects.unassigned(), role=Role.MANAGER)
    people.owner.team.managers.add(leader)
    view = view_of(people.owner, team=people.owner.team)

    assert SavedView.objects.visible_to(leader).get() == view
    assert SavedView.objects.editable_by(leader).get() == view
    assert not SavedView.objects.owned_by(leader).exists()


def test_to_lack_a_team_makes_nobody_colleagues(people):
    loner = UserFactory(team=Team.objects.unassigned())
    view = view_of(people.owner)
    SavedView.objects.filter(pk=view.pk).update(shared_with=Team.objects.unassigned())

    assert not SavedView.objects.visible_to(loner).exists()


def test_a_team_that_is_dissolved_leaves_the_view_to_its_owner(people):
    team = people.owner.team
    view = view_of(people.owner, team=team)
    User.objects.filter(team=team).update(team=people.stranger.team)
    team.delete()

    view.refresh_from_db()
    assert view.shared_with is None
