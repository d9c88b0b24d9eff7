"""Saved views under names and questions no page of ours sends."""

import pytest
from django.urls import reverse

from lists.models import SavedView, ViewPage
from tests.conftest import log_in
from tests.lists.test_saved_views import pills, view_of

pytestmark = pytest.mark.django_db

NAMES = ["\0", "\u200b\u200b", "\u2028", "a" * 61, " \t ", "\u202e\u200f", ""]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_names_that_cannot_be_read_are_refused(client, people, name):
    log_in(client, people, "owner")

    answer = client.post("/lists/board/views/add/?owner=all", {"name": name})

    assert answer.status_code == 422
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "'; DROP TABLE", "👩‍👧 ★", "\u202eRTL", "%s%d{}"]
)
def test_odd_names_are_only_names(client, people, name):
    log_in(client, people, "owner")

    client.post("/lists/board/views/add/?owner=all", {"name": name})
    page = client.get(SavedView.objects.get().url)

    assert pills(page) == {name: True}
    assert "<script>alert" not in page.content.decode()


WILD = [
    "q=%00&owner=%00",
    "q=" + "%F0%9F%98%80" * 100,
    "q=" + "%25" * 5000,
    "owner=" + "9" * 40,
    "value_from=NaN&value_to=1e999999",
    "value_from=-1&opened_from=0000-00-00",
    "columns=" + "a," * 2000,
    "columns=" + ",".join(["a" * 30] * 30) + "&sort=" + "-" * 99,
    "q=a&q=b&owner=me&owner=all",
    "%ff%fe=1&==&&&",
    "q=" + "ä" * 101,
]


@pytest.mark.parametrize("query", WILD, ids=range(len(WILD)))
@pytest.mark.parametrize("page", ViewPage.values)
def test_wild_questions_are_kept_as_far_as_they_are_understood(client, people, page, query):
    log_in(client, people, "owner")

    answer = client.post(f"/lists/{page}/views/add/?{query}", {"name": "wild"})
    view = SavedView.objects.get()

    assert answer.status_code == 302
    assert client.get(view.url).status_code == 200
    assert pills(client.get(view.url)) == {"wild": True}


def test_no_field_but_the_declared_ones_is_taken(client, people):
    log_in(client, people, "owner")
    south = people.stranger.team_id
    foreign = {"name": "x", "owner": people.admin.pk, "query": "owner=all", "page": "list", "id": 7}

    answer = client.post("/lists/board/views/add/?owner=me", {**foreign, "shared_with": south})
    client.post("/lists/board/views/add/?owner=me", foreign)

    view = SavedView.objects.get()
    assert answer.status_code == 422
    assert (view.owner, view.page, view.query, view.shared_with) == (
        people.owner,
        ViewPage.BOARD,
        "owner=me",
        None,
    )


@pytest.mark.parametrize("data", [{}, {"team": "x"}, {"team": "9" * 40}, {"team": "\0"}])
def test_teams_that_are_none_are_refused(client, people, data):
    view = view_of(people.owner)
    log_in(client, people, "owner")

    assert client.post(reverse("lists:view_share", args=[view.pk]), data).status_code == 400


def test_pages_without_views_are_not_found(client, people):
    log_in(client, people, "owner")

    assert client.get("/lists/heute/views/add/").status_code == 404
    assert client.get("/lists/%00/views/add/").status_code == 404
