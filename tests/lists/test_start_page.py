"""Where a user begins: the board, what is due today, or a view."""

import pytest
from django.urls import reverse

from lists.actions import set_start_view, unshare_view
from lists.models import StartView, ViewPage
from tests.conftest import log_in
from tests.lists.test_saved_views import BOARD, LIST, view_of

pytestmark = pytest.mark.django_db


def test_one_begins_with_the_board_until_a_view_is_chosen(client, people):
    log_in(client, people, "owner")
    view = view_of(people.owner, page=ViewPage.LIST, query="outcome=open&owner=me")
    url = reverse("lists:view_start", args=[view.pk])

    assert client.get("/").headers["Location"] == BOARD
    client.post(url, {"is_start": "on"})
    assert client.get("/").headers["Location"] == f"{LIST}?outcome=open&owner=me"
    client.post(url, {})
    assert client.get("/").headers["Location"] == BOARD


def test_the_form_of_a_new_view_makes_it_the_start_page(client, people):
    log_in(client, people, "owner")

    client.post("/lists/board/views/add/?owner=all", {"name": "Alle", "is_start": "on"})

    assert client.get("/").headers["Location"] == f"{BOARD}?owner=all"


def test_a_start_page_that_is_gone_or_not_shared_any_more_is_the_board(client, people):
    view = view_of(people.owner, team=people.owner.team)
    set_start_view(people.colleague, view)
    log_in(client, people, "colleague")

    assert client.get("/").headers["Location"] == view.url
    unshare_view(view, actor=people.owner)
    assert client.get("/").headers["Location"] == BOARD
    view.delete()
    assert client.get("/").headers["Location"] == BOARD
    assert not StartView.objects.exists()


def test_the_start_page_is_chosen_among_what_one_may_see(client, people):
    shared, hidden = view_of(people.manager, "unser", team=people.owner.team), view_of(people.manager, "mein")
    log_in(client, people, "owner")
    url = reverse("lists:start_page")

    places = {}
    for choice in ("today", str(shared.pk), str(hidden.pk), "9" * 40, "\0", "", "board"):
        client.post(url, {"start": choice})
        places[choice] = client.get("/").headers["Location"]

    kept_so = dict.fromkeys((str(shared.pk), str(hidden.pk), "9" * 40, "\0", ""), shared.url)
    assert places == {"today": reverse("activities:today"), **kept_so, "board": BOARD}
    assert "mein" not in client.get(url).content.decode().split("<select")[1].split("</select>")[0]


def test_the_form_of_the_start_page_shows_the_present_one(client, people):
    view = view_of(people.owner)
    log_in(client, people, "owner")
    url = reverse("lists:start_page")

    for choice in ("board", "today", str(view.pk)):
        client.post(url, {"start": choice})
        assert client.get(url).context["form"]["start"].value() == choice
