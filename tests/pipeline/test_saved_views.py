"""Saved views: what they keep, who may do what with them, and the pages that show them."""

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse

from accounts.models import Role, Team
from core.models import Event
from pipeline.actions import rename_view, save_view, set_start_view, share_view, unshare_view
from pipeline.actions.saved_views import MOST_VIEWS
from pipeline.errors import TeamNotShared, TooManyViews, ViewGone, ViewNameTaken
from pipeline.models import SavedView, StartView, ViewPage
from pipeline.saved_views import MOST_PILLS, Question
from tests.conftest import log_in
from tests.factories import ProductFactory, UserFactory

pytestmark = pytest.mark.django_db

BOARD, LIST = "/pipeline/board/", "/pipeline/deals/"


def kept(user, query: str, page: ViewPage = ViewPage.BOARD) -> str:
    return Question.of(page, QueryDict(query), user).kept


def view_of(user, name="Große Brocken", query="owner=me&value_from=20000", page=ViewPage.BOARD, team=None):
    return save_view(name, query, page=page, actor=user, shared_with=team)


def pills(response) -> dict[str, bool]:
    """The saved views above a page, and which of them is on."""
    return {pill.label: pill.is_on for pill in response.context["bar"].pills}


# What a view keeps


@pytest.mark.parametrize(
    ("query", "page", "expected"),
    [
        ("", "board", "owner=me"),
        ("q=+Halle+&owner=all&csrf=1&next=//evil", "board", "owner=all&q=Halle"),
        ("value_to=9.000,50&owner=me&value_from=1.000", "board", "owner=me&value_from=1000&value_to=9000.50"),
        ("no_step=on&too_long=false&owner=me&cursor=abc", "board", "no_step=on&owner=me"),
        ("owner=me&by=value&stage=3&sort=value", "board", "by=value&owner=me"),
        ("owner=me&by=drop+table", "board", "owner=me"),
        ("", "list", "owner=all"),
        ("stage=3&outcome=open&sort=-opened", "list", "outcome=open&owner=all&stage=3"),
        ("sort=-value&columns=title,value&cursor=x", "list", "columns=title%2Cvalue&owner=all&sort=-value"),
        ("sort=owner__password;&columns=A,b", "list", "owner=all"),
        ("opened_from=2026-01-31&stage=9&kind=x", "list", "opened_from=2026-01-31&owner=all"),
        ("product=999999&team=x&owner=17x", "list", "owner=all"),
    ],
)
def test_a_view_keeps_what_is_understood_in_one_order(people, query, page, expected):
    assert kept(people.owner, query, ViewPage(page)) == expected


def test_a_view_reads_the_same_in_both_languages(client, people):
    log_in(client, people, "owner")
    client.post(
        f"/pipeline/views/board/add/?{kept(people.owner, 'value_from=2.500,50')}", {"name": "Ab 2.500"}
    )
    view = SavedView.objects.get()

    for language in ("de", "en"):
        people.owner.language = language
        people.owner.save()
        client.force_login(people.owner)
        response = client.get(view.url)
        assert response.context["board"].asked["value_from"] == 2500.50
        assert pills(response) == {"Ab 2.500": True}


def test_rows_are_kept_by_their_key(people):
    product = ProductFactory()

    assert kept(people.admin, f"product={product.pk}&team={people.owner.team_id}&owner=all") == (
        f"owner=all&product={product.pk}&team={people.owner.team_id}"
    )


def test_a_pill_is_on_although_a_part_of_its_view_is_not_known_any_more(client, people):
    product = ProductFactory()
    view_of(people.owner, query=f"owner=me&product={product.pk}")
    product.delete()
    log_in(client, people, "owner")

    response = client.get(SavedView.objects.get().url)

    assert (response.status_code, pills(response)) == (200, {"Große Brocken": True})


# Actions


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


# Who sees what


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
    people.colleague.__class__.objects.filter(team=team).update(team=people.stranger.team)
    team.delete()

    view.refresh_from_db()
    assert view.shared_with is None


# Pages


@pytest.mark.parametrize(
    ("page", "query"), [("board", "owner=all&value_from=5000"), ("list", "outcome=won&owner=all&sort=value")]
)
def test_a_filter_is_saved_and_its_pill_is_on(client, people, page, query):
    log_in(client, people, "owner")
    url = ViewPage(page).url
    before = client.get(f"{url}?{query}")
    assert before.context["bar"].is_new
    assert before.context["bar"].add_url in before.content.decode().replace("&amp;", "&")

    form = client.get(before.context["bar"].add_url)
    answer = client.post(before.context["bar"].add_url, {"name": "  Meine   Ansicht "})
    after = client.get(answer.headers["Location"])

    assert form.status_code == 200
    assert answer.headers["Location"] == f"{url}?{query}"
    assert pills(after) == {"Meine Ansicht": True}
    assert not after.context["bar"].is_new
    assert pills(client.get(url)) == {"Meine Ansicht": False}


def test_the_dialog_sends_the_browser_to_the_view(client, people):
    log_in(client, people, "owner")
    url = reverse("pipeline:view_add", args=["board"]) + "?owner=all&q=Halle"
    fragment = {"HX-Request": "true"}

    form = client.get(url, headers=fragment)
    failed = client.post(url, {"name": " "}, headers=fragment)
    saved = client.post(url, {"name": "Hallen"}, headers=fragment)

    assert "<html" not in form.content.decode()
    assert "Text: Halle" in form.content.decode()
    assert failed.status_code == 422
    assert saved.headers["HX-Redirect"] == f"{BOARD}?owner=all&q=Halle"


def test_what_a_page_shows_unasked_needs_no_name(client, people):
    for who, usual in (("owner", "owner=me"), ("manager", "owner=all")):
        log_in(client, people, who)
        for query in ("", usual, f"{usual}&cursor=x"):
            assert not client.get(f"{BOARD}?{query}").context["bar"].is_new
        assert not client.get(LIST).context["bar"].is_new


def test_a_view_of_ones_own_is_overwritten_those_of_others_are_not(client, people):
    own, foreign = view_of(people.owner), view_of(people.manager, "fremd", team=people.owner.team)
    log_in(client, people, "owner")
    url = reverse("pipeline:view_replace", args=["board"]) + "?owner=all&q=Halle"

    answers = [client.post(url, {"view": view.pk}).status_code for view in (own, foreign)]

    assert answers == [302, 400]
    assert [SavedView.objects.get(pk=view.pk).query for view in (own, foreign)] == [
        "owner=all&q=Halle",
        "owner=me&value_from=20000",
    ]


def test_a_shared_view_says_whose_it_is_and_offers_what_one_may(client, people):
    view = view_of(people.owner, team=people.owner.team)

    menus = {}
    for who in ("owner", "colleague", "manager"):
        log_in(client, people, who)
        menus[who] = client.get(view.url).content.decode()

    steps = ("rename", "unshare", "delete", "start")
    offered = {
        who: [step for step in steps if f"/views/{view.pk}/{step}/" in page] for who, page in menus.items()
    }
    assert offered == {
        "owner": ["rename", "unshare", "delete", "start"],
        "colleague": ["start"],
        "manager": ["unshare", "delete", "start"],
    }
    assert f'title="Große Brocken · Geteilt von {people.owner}"' in menus["colleague"]
    assert "Geteilt von" not in menus["owner"]


def test_a_view_is_shared_unshared_renamed_and_deleted_on_its_page(client, people):
    view = view_of(people.owner)
    log_in(client, people, "owner")

    def send(step, **data):
        return client.post(reverse(f"pipeline:view_{step}", args=[view.pk]), data).headers["Location"]

    assert send("share", team=people.owner.team_id) == view.url
    assert SavedView.objects.get().shared_with == people.owner.team
    assert send("unshare") == view.url
    assert SavedView.objects.get().shared_with is None
    assert send("rename", name="Anders") == view.url
    assert SavedView.objects.get().name == "Anders"
    assert send("delete") == BOARD
    assert not SavedView.objects.exists()


def test_beyond_the_first_views_a_menu_holds_the_rest_but_never_the_one_that_is_on(client, people):
    for number in range(MOST_PILLS + 2):
        view_of(people.owner, f"Ansicht {number}", f"owner=me&q={number}")
    log_in(client, people, "owner")

    usual, last = client.get(BOARD), client.get(f"{BOARD}?owner=me&q={MOST_PILLS + 1}")

    assert len(usual.context["bar"].pills) == MOST_PILLS
    assert [pill.label for pill in usual.context["bar"].more] == ["Ansicht 5", "Ansicht 6"]
    assert [pill.label for pill in last.context["bar"].more] == ["Ansicht 5"]
    assert pills(last)["Ansicht 6"]


@pytest.mark.parametrize("url", [BOARD, LIST])
def test_many_views_are_asked_for_as_often_as_two(client, people, count_queries, url):
    page = ViewPage.BOARD if url == BOARD else ViewPage.LIST
    log_in(client, people, "manager")

    def fill(number):
        for one in range(number):
            user = UserFactory(team=people.manager.team)
            view_of(user, f"von {one}", page=page, team=user.team)
        view_of(people.manager, f"eigene {number}", f"owner=me&q={number}", page=page)

    fill(2)
    client.get(url)
    with count_queries() as few:
        client.get(f"{url}?owner=me&q=2")
    fill(18)
    with count_queries() as many:
        client.get(f"{url}?owner=me&q=2")

    assert len(many) == len(few)


# Where one begins


def test_one_begins_with_the_board_until_a_view_is_chosen(client, people):
    log_in(client, people, "owner")
    view = view_of(people.owner, page=ViewPage.LIST, query="outcome=open&owner=me")
    url = reverse("pipeline:view_start", args=[view.pk])

    assert client.get("/").headers["Location"] == BOARD
    client.post(url, {"is_start": "on"})
    assert client.get("/").headers["Location"] == f"{LIST}?outcome=open&owner=me"
    client.post(url, {})
    assert client.get("/").headers["Location"] == BOARD


def test_the_form_of_a_new_view_makes_it_the_start_page(client, people):
    log_in(client, people, "owner")

    client.post("/pipeline/views/board/add/?owner=all", {"name": "Alle", "is_start": "on"})

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


# Hostile input


NAMES = ["\0", "\u200b\u200b", "\u2028", "a" * 61, " \t ", "\u202e\u200f", ""]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_names_that_cannot_be_read_are_refused(client, people, name):
    log_in(client, people, "owner")

    answer = client.post("/pipeline/views/board/add/?owner=all", {"name": name})

    assert answer.status_code == 422
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "'; DROP TABLE", "👩‍👧 ★", "\u202eRTL", "%s%d{}"]
)
def test_odd_names_are_only_names(client, people, name):
    log_in(client, people, "owner")

    client.post("/pipeline/views/board/add/?owner=all", {"name": name})
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

    answer = client.post(f"/pipeline/views/{page}/add/?{query}", {"name": "wild"})
    view = SavedView.objects.get()

    assert answer.status_code == 302
    assert client.get(view.url).status_code == 200
    assert pills(client.get(view.url)) == {"wild": True}


def test_no_field_but_the_declared_ones_is_taken(client, people):
    log_in(client, people, "owner")
    south = people.stranger.team_id
    foreign = {"name": "x", "owner": people.admin.pk, "query": "owner=all", "page": "list", "id": 7}

    answer = client.post("/pipeline/views/board/add/?owner=me", {**foreign, "shared_with": south})
    client.post("/pipeline/views/board/add/?owner=me", foreign)

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

    assert client.post(reverse("pipeline:view_share", args=[view.pk]), data).status_code == 400


def test_pages_without_views_are_not_found(client, people):
    log_in(client, people, "owner")

    assert client.get("/pipeline/views/heute/add/").status_code == 404
    assert client.get("/pipeline/views/%00/add/").status_code == 404
