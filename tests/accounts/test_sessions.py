"""When sessions end, and how a fragment is told."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import (
    change_role,
    change_team,
    deactivate_user,
    end_sessions,
    reactivate_user,
)
from accounts.errors import LastAdmin, OwnAccount
from accounts.models import Role
from core.models import Event
from tests.conftest import PASSWORD, log_in
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db


def is_logged_in(client) -> bool:
    return client.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.parametrize(
    "end",
    [
        lambda people: change_role(people.owner, Role.MANAGER, actor=people.admin),
        lambda people: change_team(people.owner, TeamFactory(), actor=people.admin),
        lambda people: deactivate_user(people.owner, actor=people.admin),
        lambda people: end_sessions(people.owner, actor=people.admin),
    ],
    ids=["role", "team", "deactivation", "by hand"],
)
def test_sessions_end_with_the_next_request_after_a_change_of(client, people, end):
    log_in(client, people, "owner")
    assert is_logged_in(client)

    end(people)

    assert not is_logged_in(client)
    assert Event.objects.get().kind == "user.changed"


def test_a_session_does_not_come_back_with_the_reactivation(client, people):
    log_in(client, people, "owner")
    deactivate_user(people.owner, actor=people.admin)

    reactivate_user(people.owner, actor=people.admin)

    people.owner.refresh_from_db()
    assert people.owner.is_active
    assert not is_logged_in(client)


def test_changing_nothing_ends_nothing(client, people):
    log_in(client, people, "owner")

    change_role(people.owner, Role.REP, actor=people.admin)
    change_team(people.owner, people.owner.team, actor=people.admin)
    reactivate_user(people.owner, actor=people.admin)

    assert is_logged_in(client)
    assert not Event.objects.exists()


def test_the_last_administrator_stays_one(people):
    with pytest.raises(LastAdmin):
        change_role(people.admin, Role.REP, actor=people.admin)
    with pytest.raises(LastAdmin):
        deactivate_user(people.admin, actor=None)

    people.admin.refresh_from_db()
    assert (people.admin.role, people.admin.is_active) == (Role.ADMIN, True)


def test_an_administrator_may_go_when_there_is_another(people):
    change_role(people.manager, Role.ADMIN, actor=people.admin)

    change_role(people.admin, Role.REP, actor=people.manager)

    people.admin.refresh_from_db()
    assert people.admin.role == Role.REP


def test_nobody_deactivates_themselves(people):
    change_role(people.manager, Role.ADMIN, actor=people.admin)

    with pytest.raises(OwnAccount):
        deactivate_user(people.admin, actor=people.admin)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client, people):
    elsewhere = Client()
    log_in(elsewhere, people, "owner")
    log_in(client, people, "owner")

    client.post(
        reverse("accounts:password_change"),
        {
            "old_password": PASSWORD,
            "new_password1": "Kaffee-im-Regen-7",
            "new_password2": "Kaffee-im-Regen-7",
        },
    )

    assert is_logged_in(client)
    assert not is_logged_in(elsewhere)


def test_a_fragment_of_an_expired_session_is_sent_to_the_log_in(client):
    answer = client.get(
        reverse("accounts:profile"),
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/pipeline/?team=2"},
    )

    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{reverse('accounts:login')}?next=%2Fpipeline%2F%3Fteam%3D2"
    assert answer.content == b""


def test_a_fragment_of_a_deactivated_user_is_sent_to_the_log_in(client, people):
    log_in(client, people, "owner")
    deactivate_user(people.owner, actor=people.admin)

    answer = client.post(reverse("accounts:theme_set"), {"theme": "dark"}, headers={"HX-Request": "true"})

    assert answer.status_code == 401
    people.owner.refresh_from_db()
    assert people.owner.theme == "auto"
