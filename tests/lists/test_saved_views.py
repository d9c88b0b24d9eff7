"""Saved views: what of an address they keep, and the pages that show them."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from lists.actions import save_view
from lists.models import SavedView, ViewPage
from lists.saved_views import MOST_PILLS, Question
from tests.conftest import log_in
from tests.factories import ProductFactory, UserFactory

pytestmark = pytest.mark.django_db

BOARD, LIST = "/pipeline/board/", "/pipeline/deals/"


def kept(user, query: str, page: ViewPage = ViewPage.BOARD) -> str:
    return Question.of(page, QueryDict(query), user).kept


def view_of(user, name="Große Brocken", query="owner=me&value_from=20000", page=ViewPage.BOARD, team=None):
    """A view as its owner saves it."""
    return save_view(name, query, page=page, actor=user, shared_with=team)


def pills(response) -> dict[str, bool]:
    """The saved views above a page, and which of them is on."""
    return {pill.label: pill.is_on for pill in response.context["bar"].pills}


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
    client.post(f"/lists/board/views/add/?{kept(people.owner, 'value_from=2.500,50')}", {"name": "Ab 2.500"})
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
    url = reverse("lists:view_add", args=["board"]) + "?owner=all&q=Halle"
    fragment = {"HX-Request": "true"}

    form = client.get(url, headers=fragment)
    failed = client.post(url, {"name": " "}, headers=fragment)
    saved = client.post(url, {"name": "Hallen"}, headers=fragment)

    assert "<html" not in form.content.decode()
    assert "Text: Halle" in form.content.decode()
    assert failed.status_code == 422
    assert saved.headers["HX-Redirect"] == f"{BOARD}?owner=all&q=Halle"


def test_the_dialog_says_what_is_saved_in_words(client, people):
    log_in(client, people, "owner")
    query = "owner=me&stage=2&value_to=20000.50&opened_from=2026-01-31&no_step=on"

    page = client.get(reverse("lists:view_add", args=["list"]) + f"?{query}").content.decode()

    words = ["Zuständig: meine", "Wert bis: 20.000,50", "ohne nächsten Schritt", "Phase: Kontakt"]
    assert " · ".join([*words, "Begonnen ab: 31.01.2026"]) in page


def test_what_a_page_shows_unasked_needs_no_name(client, people):
    for who, usual in (("owner", "owner=me"), ("manager", "owner=all")):
        log_in(client, people, who)
        for query in ("", usual, f"{usual}&cursor=x"):
            assert not client.get(f"{BOARD}?{query}").context["bar"].is_new
        assert not client.get(LIST).context["bar"].is_new


def test_a_view_of_ones_own_is_overwritten_those_of_others_are_not(client, people):
    own, foreign = view_of(people.owner), view_of(people.manager, "fremd", team=people.owner.team)
    log_in(client, people, "owner")
    url = reverse("lists:view_replace", args=["board"]) + "?owner=all&q=Halle"

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
        return client.post(reverse(f"lists:view_{step}", args=[view.pk]), data).headers["Location"]

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
