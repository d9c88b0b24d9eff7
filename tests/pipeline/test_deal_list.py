"""The list of deals: what it finds, in which order, page by page, and how many it says there are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lists import tables
from pipeline.actions import set_next_step
from pipeline.deal_columns import SORTS, deal_columns
from pipeline.filters import DealFilter
from pipeline.models import Deal, Stage, StageSetting
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, lost, won

pytestmark = pytest.mark.django_db

URL = "/pipeline/deals/"


def titles(response) -> list[str]:
    return [deal.title for deal in response.context["page"].rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outcome=won", {"gewonnen"}),
        ("outcome=lost", {"verloren"}),
        ("stage=3", {"klein"}),
        ("kind=service", {"klein"}),
        ("value_to=50", {"klein"}),
        ("value_from=5000,50", {"gross"}),
        ("opened_to=2020-02-01", {"klein"}),
        ("opened_from=2020-01-31&opened_to=2020-02-01", {"klein"}),
        ("q=nordlicht", {"gross"}),
        ("no_step=on", {"klein"}),
        ("too_long=on", {"klein"}),
        ("owner=me", {"gross", "gewonnen", "verloren"}),
        ("team={team}", {"gross", "gewonnen", "verloren"}),
        ("", {"gross", "klein", "gewonnen", "verloren"}),
    ],
)
def test_each_filter_finds_its_deals_alone(client, people, query, found):
    StageSetting.objects.update(time_limit_days=20)
    big = DealFactory(
        owner=people.owner, title="gross", value=6000, company=CompanyFactory(name="Nordlicht AG")
    )
    set_next_step(big, "Anruf", date(2030, 1, 1))
    DealFactory(
        owner=people.stranger,
        title="klein",
        value=20,
        kind="service",
        stage=Stage.ANGEBOT,
        at=datetime(2020, 1, 30, 23, 30, tzinfo=UTC),
    )
    won(DealFactory(owner=people.owner, title="gewonnen"))
    lost(DealFactory(owner=people.owner, title="verloren"))
    log_in(client, people, "owner")

    response = client.get(f"{URL}?{query.format(team=people.owner.team_id)}")

    assert set(titles(response)) == found
    assert response.context["table"].count == len(found)


ORDERS = [f"{sign}{name}" for name in SORTS for sign in ("", "-")]


@pytest.mark.parametrize("sort", ORDERS)
def test_every_order_shows_every_deal_once_on_its_pages(client, people, monkeypatch, sort):
    start = timezone.now() - timedelta(days=9)
    for number in range(7):
        deal = DealFactory(
            owner=people.owner,
            title=f"Ä{number % 3}",
            value=number % 4,
            stage=Stage(1 + number % 3),
            expected_close_on=date(2030, 1, 1 + number % 2) if number % 3 else None,
            at=start + timedelta(days=number % 5),
        )
        if number % 2:
            set_next_step(deal, "Anruf", date(2030, 1, 1 + number % 3))
    monkeypatch.setattr(tables, "PAGE_SIZE", 3)
    log_in(client, people, "owner")

    pages, query = [], {"sort": sort}
    while True:
        page = client.get(URL, query).context["page"]
        pages.append([deal.pk for deal in page.rows])
        if not page.next_cursor:
            break
        query["cursor"] = page.next_cursor

    assert [len(page) for page in pages] == [3, 3, 1]
    expected = Deal.objects.with_expected_close_key().order_by(*deal_columns().order_of(sort))
    assert [pk for page in pages for pk in page] == list(expected.values_list("pk", flat=True))


def test_an_unknown_order_is_the_newest_first(client, people):
    for day, title in ((1, "alt"), (0, "neu")):
        DealFactory(owner=people.owner, title=title, at=timezone.now() - timedelta(days=day))
    log_in(client, people, "owner")

    assert titles(client.get(URL, {"sort": "owner__password"})) == ["neu", "alt"]


def test_a_second_click_on_a_heading_turns_the_order_round(client, people):
    DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    first, second, third = (
        next(heading for heading in client.get(URL, {"sort": sort}).context["table"].headings if heading.url)
        for sort in ("-opened", "title", "-title")
    )

    assert [heading.direction for heading in (first, second, third)] == ["", "ascending", "descending"]
    assert [heading.url for heading in (first, second, third)] == [
        "?sort=title",
        "?sort=-title",
        "?sort=title",
    ]


def test_beyond_the_most_counted_the_list_says_more_than(client, people, monkeypatch):
    monkeypatch.setattr(tables, "MOST_COUNTED", 2)
    for _ in range(3):
        DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    assert "mehr als 2" in client.get(URL).content.decode()


def test_the_list_asks_the_database_as_often_for_twenty_deals_as_for_two(client, people, count_queries):
    log_in(client, people, "owner")

    def fill(number):
        for _ in range(number):
            DealFactory(owner=people.stranger)

    fill(2)
    client.get(URL)
    with count_queries() as few:
        client.get(URL)
    fill(18)
    with count_queries() as many:
        client.get(URL)

    assert len(many) == len(few)


WILD = ["\0", "9" * 40, "-1", "NaN", "1e999999", "0001-01-01", "9999-12-31", "%" * 5000, "٣", "1" * 15]


@pytest.mark.parametrize("value", WILD, ids=range(len(WILD)))
def test_wild_questions_get_an_answer(client, people, value):
    DealFactory(owner=people.owner)
    log_in(client, people, "owner")
    names = [*DealFilter.base_filters, "sort", "columns", "cursor"]

    assert {client.get(URL, {name: value}).status_code for name in names} == {200}


def test_a_deal_of_an_undone_import_is_not_listed(client, people):
    deal = DealFactory(owner=people.owner)
    Deal.objects.filter(pk=deal.pk).update(voided_at=timezone.now())
    log_in(client, people, "owner")

    assert titles(client.get(URL)) == []
    assert client.get(reverse("pipeline:deal_detail", args=[deal.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "Noch keine Verkaufschancen"),
        ({"sort": "value"}, "Noch keine Verkaufschancen"),
        ({"q": "nirgends"}, "Keine Verkaufschance passt zu diesem Filter"),
    ],
)
def test_an_empty_list_says_whether_it_is_the_filter(client, people, query, words):
    log_in(client, people, "owner")

    assert words in client.get(reverse("pipeline:deal_list"), query).content.decode()
