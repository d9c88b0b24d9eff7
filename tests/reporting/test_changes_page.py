"""The page of the changes: what it lists, what it adds up, what it shows to whom."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from activities.actions import About, write_note
from core.models import Event
from pipeline.models import Deal, StageSetting
from reporting import changes_page
from reporting.changes import Kind
from reporting.changes_asked import Asked, Whose, choices_of, monday_before, own_choice
from reporting.changes_page import ChangesPage
from reporting.scopes import visible_scopes
from tests.conftest import log_in
from tests.factories import DealFactory, TeamFactory, UserFactory
from tests.reporting.world import days_ago, random_stories, tell, write

pytestmark = pytest.mark.django_db

URL = reverse("reporting:changes")


def page_of(user, code: str = "", *, days: int = 7, kind: Kind | None = None) -> ChangesPage:
    scopes = visible_scopes(user)
    choices = choices_of(user, scopes)
    whose = next(one for one in choices if one.code == code) if code else own_choice(user, choices)
    asked = Asked(whose, timezone.localdate() - timedelta(days=days), kind=kind)
    return ChangesPage(asked, user, scopes, choices)


def shown(client, **query: object) -> str:
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 11, 25), date(2026, 11, 23)),
        (date(2026, 11, 24), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 16)),
        (date(2026, 11, 22), date(2026, 11, 16)),
    ],
)
def test_it_begins_with_last_monday_on_a_monday_with_the_one_before(day, monday):
    assert monday_before(day) == monday


def test_numbers_and_sums_on_top_are_those_of_the_rows(people):
    write(*random_stories([people.owner, people.colleague], 60, 4, days=40))
    page = page_of(people.manager, days=30)

    rows = [row for group in page.groups for row in group.rows]
    assert len(rows) == len(page.changes.rows) > 20
    for tile in page.tiles:
        of_kind = [row for row in rows if tile.kind in row.change.kinds]
        narrowed = page_of(people.manager, days=30, kind=tile.kind)
        assert tile.deals == len(of_kind) == len(narrowed.chosen)
    lost = sum(row.change.end.value for row in rows if Kind.LOST in row.change.kinds)
    assert page.sections[Kind.LOST].amounts == ({"EUR": lost} if lost else {})


def test_rows_stand_by_owner_and_the_most_important_first(people):
    people.owner.last_name, people.colleague.last_name = "Zander", "Abel"
    people.owner.save()
    people.colleague.save()
    write(
        tell(people.owner, opened=2, value=10),
        tell(people.owner, opened=2, value=20),
        tell(people.owner, (2, "won"), opened=30),
        tell(people.colleague, opened=3),
    )
    page = page_of(people.manager)

    assert [group.owner for group in page.groups] == [people.colleague, people.owner]
    assert [row.change.end.value for row in page.groups[1].rows] == [1000, 20, 10]


def test_the_words_say_what_happened(people, client):
    day = timezone.localdate()
    story = tell(people.owner, (20, 2), (2, 3), opened=30, value=5000)
    story.revise(at=days_ago(10), expected_close_on=day)
    story.revise(at=days_ago(1), expected_close_on=day + timedelta(days=14), value=6500)
    write(
        story,
        tell(people.owner, (3, 2), (2, "price"), opened=30),
        tell(people.owner, (20, "price"), (2, "reopen"), opened=30),
        tell(people.colleague, (2, people.owner), opened=30),
    )
    page = page_of(people.owner)

    told = [
        [f"{phrase.head}: {phrase.text}" for phrase in row.phrases]
        for group in page.groups
        for row in group.rows
    ]
    new_day = day + timedelta(days=14)
    assert told == [
        ["Verloren: in Kontakt: Preis"],
        ["Wieder geöffnet: war verloren"],
        [
            "Weiter: Kontakt → Angebot",
            f"Später: 14 Tage, {day:%d.%m.%Y} → {new_day:%d.%m.%Y}",
            "Wert geändert: 5.000\u00a0€ → 6.500\u00a0€ (+1.500\u00a0€)",
        ],
        [f"Übergeben: {people.colleague} → {people.owner}"],
    ]


def test_a_stage_is_called_what_the_company_calls_it(people):
    StageSetting.objects.filter(stage=1).update(label_de="Erstgespräch")
    write(tell(people.owner, opened=2))

    assert page_of(people.owner).groups[0].rows[0].phrases[0].text == "steht in Erstgespräch"


def test_the_last_note_of_the_period_stands_in_the_row(client, people):
    (deal,) = write(tell(people.owner, opened=2))
    for text in ("Erst dies", "Dann <b>das</b>"):
        write_note(About(deal=deal), text, actor=people.colleague)
    log_in(client, people, "owner")

    page = shown(client)

    assert "Dann &lt;b&gt;das&lt;/b&gt;" in page
    assert "Erst dies" not in page


def test_a_fragment_is_the_list_alone(client, people):
    write(tell(people.owner, opened=0.01))
    log_in(client, people, "owner")

    answer = client.get(URL, headers={"HX-Request": "true"}).content.decode()

    assert answer.lstrip().startswith('<div id="changes-list"')
    assert "<html" not in answer


def test_nothing_changed_says_what_the_page_is_for(client, people):
    log_in(client, people, "owner")

    assert "In diesem Zeitraum hat sich nichts geändert" in shown(client)
    assert "Nichts davon in diesem Zeitraum" in shown(client, kind="won")


def test_long_lists_are_paged_and_nobody_falls_out(client, people, monkeypatch):
    monkeypatch.setattr(changes_page, "ROWS_OF_A_PAGE", 3)
    deals = write(*(tell(people.owner, opened=0.01) for _ in range(7)))
    log_in(client, people, "owner")

    pages = [shown(client, cursor=cursor) for cursor in ("", "1", "2")]

    counts = [sum(f'id="deal-{deal.pk}-change"' in page for deal in deals) for page in pages]
    assert counts == [3, 3, 1]
    assert f'id="deal-{page_of(people.owner).chosen[-1].deal_id}-change"' in shown(client, cursor="9" * 18)


@pytest.mark.parametrize(
    "day",
    ["0000-01-01", "10000-01-01", "0001-01-01", "9999-12-31", "garbage", "2026-13-01", "²", "\0", "9" * 99],
)
@pytest.mark.parametrize("name", ["since", "until", "cursor", "kind"])
def test_what_is_no_day_counts_as_none(client, people, name, day):
    write(tell(people.owner, opened=0.01))
    log_in(client, people, "owner")

    assert "Neu" in shown(client, **{name: day})


@pytest.mark.parametrize("code", ["rep-", "rep-9999999", "team-x", "led", "\0", "all-1", "9" * 5000])
def test_deals_that_are_not_offered_are_not_found(client, people, code):
    log_in(client, people, "owner")

    assert client.get(URL, {"of": code}).status_code == 404


def test_a_period_in_the_past_shows_only_what_happened_in_it(client, people):
    today = timezone.localdate()
    write(tell(people.owner, opened=20), tell(people.owner, opened=2))
    log_in(client, people, "owner")

    page = shown(client, since=today - timedelta(days=25), until=today - timedelta(days=10))

    assert "1 Verkaufschance hat sich geändert" in page


@pytest.mark.parametrize("setting", ["all", "team", "own"])
def test_only_deals_the_reader_may_see_are_listed_and_added(people, settings, setting):
    settings.DEAL_VISIBILITY = setting
    write(tell(people.owner, opened=2), tell(people.colleague, opened=2), tell(people.stranger, opened=2))
    choices = choices_of(people.owner, visible_scopes(people.owner))

    seen = {one.code: page_of(people.owner, one.code) for one in choices}

    own, team = f"rep-{people.owner.pk}", f"team-{people.owner.team_id}"
    expected = {"all": {own: 1, team: 2, "all": 3}, "team": {own: 1, team: 2}, "own": {own: 1}}[setting]
    assert {code: page.sections[Kind.NEW].deals for code, page in seen.items()} == expected
    for page in seen.values():
        assert page.pictures[0].lines[-1].bar.amount == 1000 * page.sections[Kind.NEW].deals


def test_even_a_choice_that_is_not_offered_opens_no_deal_of_others(people, settings):
    settings.DEAL_VISIBILITY = "own"
    write(tell(people.stranger, opened=2))
    scopes = visible_scopes(people.owner)
    asked = Asked(Whose("all", "Alle", Q(), shows_sums=True), timezone.localdate() - timedelta(days=7))

    page = ChangesPage(asked, people.owner, scopes, choices_of(people.owner, scopes))

    assert (page.changes.rows, page.changes.waterfalls) == ([], [])


def test_the_sums_of_a_person_are_for_those_who_may_see_them(people):
    write(*(tell(user, opened=2, value=7000) for user in (people.owner, people.colleague)))
    team = f"team-{people.owner.team_id}"

    as_rep = {group.owner: group.summary for group in page_of(people.owner, team).groups}
    as_manager = {group.owner: group.summary for group in page_of(people.manager, team).groups}

    assert (bool(as_rep[people.owner]), as_rep[people.colleague]) == (True, "")
    assert all("7.000" in summary for summary in as_manager.values())


@pytest.mark.parametrize("setting", ["team", "off"])
def test_where_figures_of_persons_are_off_the_list_stands_without_sums(client, people, settings, setting):
    settings.PER_REP_FIGURES = setting
    write(tell(people.owner, opened=0.01, value=7000))

    for who in ("owner", "manager", "admin"):
        page = page_of(getattr(people, who))
        assert [group.summary for group in page.groups] == [""]
        assert ({tile.value for tile in page.tiles}, page.pictures) == ({""}, [])
    log_in(client, people, "owner")
    assert "Summen stehen hier nicht" in shown(client)


def test_a_total_of_enough_people_is_shown_where_persons_are_not(people, settings):
    settings.PER_REP_FIGURES, settings.MINIMUM_GROUP_SIZE = "team", 3
    team = people.owner.team
    reps = [people.owner, people.colleague, UserFactory(team=team)]
    write(*(tell(rep, opened=2) for rep in reps), tell(people.owner, (2, "won"), opened=2, value=90))

    page = page_of(people.manager)

    values = {tile.kind: tile.value for tile in page.tiles if tile.deals}
    assert (values[Kind.NEW] != "", values[Kind.WON], page.pictures) == (True, "", [])
    assert page.hides_sums


def test_an_admins_look_at_persons_is_noted_once_and_a_redrawn_list_is_no_look(client, people):
    write(tell(people.owner, opened=0.01))
    log_in(client, people, "admin")

    client.get(URL, {"of": f"rep-{people.owner.pk}"})
    client.get(URL, {"of": f"rep-{people.owner.pk}"}, headers={"HX-Request": "true"})

    assert [event.payload["rep"] for event in Event.objects.filter(kind="figures.viewed")] == [
        people.owner.pk
    ]


def test_each_begins_with_what_they_are_responsible_for(people):
    west = TeamFactory(name="West")
    west.managers.add(people.manager)

    names = {who: page_of(getattr(people, who)).asked.whose.code for who in ("owner", "manager", "admin")}

    assert names == {"owner": f"rep-{people.owner.pk}", "manager": "led", "admin": "all"}
    lone = UserFactory(role=Role.MANAGER)
    assert page_of(lone).asked.whose.code == f"rep-{lone.pk}"


def test_twenty_deals_take_as_many_queries_as_two(client, people, count_queries):
    log_in(client, people, "manager")

    def deals(count: int) -> None:
        for number in range(count):
            owner = [people.owner, people.colleague][number % 2]
            deal = DealFactory(owner=owner)
            write_note(About(deal=deal), "Notiz", actor=owner)

    deals(2)
    client.get(URL)
    with count_queries() as few:
        client.get(URL)
    deals(18)
    with count_queries() as many:
        client.get(URL)

    assert len(many) == len(few)
    assert Deal.objects.count() == 20
