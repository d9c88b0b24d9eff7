"""The dashboard: what it says of small worlds, and that it says the same as the command."""

import html
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from pipeline.models import Stage
from reporting import actions
from reporting.clocks import next_target
from reporting.conversion import stage_table
from reporting.dashboard import PARTS, Dashboard
from reporting.models import WON
from reporting.periods import rolling_year
from reporting.scopes import visible_scopes
from reporting.selection import Selection
from tests.conftest import log_in
from tests.factories import DealFactory, UserFactory
from tests.reporting.world import random_stories, tell, write

URL = reverse("reporting:dashboard")


def computed(*stories) -> None:
    write(*stories)
    actions.mark_all_stale()
    actions.refresh_stale()


def page_of(user, **whose: object) -> Dashboard:
    selection = Selection(rolling_year(timezone.localdate()), **whose)
    return Dashboard(selection, user, visible_scopes(user))


@pytest.fixture
def small_world(people):
    """Four deals of one rep: won, lost in Kontakt for the price, lost in Akquise, open."""
    computed(
        tell(people.owner, (90, 2), (80, 3), (75, "offer"), (70, "won"), opened=100, value=5000),
        tell(people.owner, (90, 2), (60, "price"), opened=100, value=300),
        tell(people.owner, (95, "no_need"), opened=100, value=200),
        tell(people.owner, opened=50),
    )
    return people


def test_the_funnel_is_counted_by_hand(small_world):
    page = page_of(small_world.owner, rep=small_world.owner)

    steps = [
        (one.stage, one.step.reached.deals, one.step.still_open.deals, one.step.lost.deals)
        for one in page.upright
    ]
    assert steps == [(1, 4, 1, 1), (2, 2, 0, 1), (3, 1, 0, 0), (4, 1, 0, 0), (5, 1, 0, 0), (WON, 1, 0, 0)]
    assert page.counts.begun.value == 6500
    assert (page.counts.new_customers.deals, page.counts.repeat_customers.deals) == (1, 0)


def test_widths_follow_the_numbers_exactly(small_world):
    page = page_of(small_world.owner, rep=small_world.owner)

    widths = [_widths(one.shape) for one in page.upright]
    assert widths == [(100, 50), (50, 25), (25, 25), (25, 25), (25, 25), (25, 25)]


def test_words_stand_beside_a_step_too_narrow_for_them(small_world):
    page = page_of(small_world.owner, rep=small_world.owner)

    assert [one.beside_at is not None for one in page.upright] == [False, False, True, True, True, True]
    assert page.upright[-1].beside_at == pytest.approx(0.625)


def _widths(shape: str) -> tuple[float, float]:
    xs = [float(x) for x in re.findall(r"([\d.]+),\d+", shape)]
    return xs[1] - xs[0], xs[2] - xs[3]


def test_leaks_go_by_stage_and_reason(small_world):
    page = page_of(small_world.owner, rep=small_world.owner)

    leaks = [(leak.stage, leak.reason, leak.lost.deals, leak.lost.value) for leak in page.leaks]
    assert leaks == [(1, "kein Bedarf", 1, 200), (2, "Preis", 1, 300)]


def test_offers_add_up_by_number_and_value(small_world):
    page = page_of(small_world.owner, rep=small_world.owner)

    assert page.offers.delivered == page.offers.won == (1, 5000)
    assert page.offer_figure.rate == 1.0
    assert page.offers.still_open == (0, 0)


@pytest.mark.parametrize("seed", [11, 12])
def test_the_table_says_what_the_command_says(people, seed):
    owners = [people.owner, people.colleague, people.stranger]
    computed(*random_stories(owners, 120, seed))
    page = page_of(people.admin)
    as_of = page.as_of

    teams = dict(_numbers(stage_table(as_of, rolling_year(timezone.localdate()), "team")))
    shown = {
        (line.name, cell.stage): _stored(cell.figure)
        for line in page.table.lines
        for cell in line.cells
        if cell.figure
    }

    assert shown == teams


def _numbers(table):
    for name, figure in table:
        numbers = figure.numbers
        yield (
            (name, figure.stage),
            (numbers.entered, numbers.moved_on, numbers.still_open, numbers.rate, numbers.low),
        )


def _stored(figure):
    assert figure.target == next_target(figure.stage)
    return figure.entered, figure.moved_on, figure.still_open, figure.rate, figure.low


def test_the_members_of_a_team_add_up_to_it(people):
    computed(*random_stories([people.owner, people.colleague, people.stranger], 100, 5))

    table = page_of(people.manager, team=people.owner.team).table

    for stage, cell in enumerate(table.foot.cells):
        members = [line.cells[stage].figure for line in table.lines if line.cells[stage].figure]
        assert sum(figure.entered for figure in members) == (cell.figure.entered if cell.figure else 0)


def test_every_number_leads_to_as_many_deals(client, people):
    computed(*random_stories([people.owner, people.colleague], 60, 9))
    page = page_of(people.manager, team=people.owner.team)
    log_in(client, people, "manager")

    expected = {one.urls["reached"]: one.step.reached.deals for one in page.upright}
    expected |= {one.urls["lost"]: one.step.lost.deals for one in page.upright}
    expected |= {one.urls["open"]: one.step.still_open.deals for one in page.upright}
    expected |= {one.urls["before"]: one.before.deals for one in page.beside if one.before is not None}
    expected |= {leak.url: leak.lost.deals for leak in page.leaks}
    expected[page.lost_url] = page.lost_total.deals
    expected[page.customer_urls["new"]] = page.counts.new_customers.deals
    expected[page.customer_urls["repeat"]] = page.counts.repeat_customers.deals
    expected |= {
        quarter.url: quarter.figure.entered
        for line in page.table.all_lines
        for cell in line.cells
        for quarter in cell.quarters
    }
    expected |= {
        cell.url: cell.figure.entered for line in page.table.all_lines for cell in line.cells if cell.figure
    }
    expected |= {row.url: row.cells[-1].entered for row in page.matrix}
    expected |= {one.url: one.stays for one in page.durations}
    expected[page.tiles[0].url] = page.wins.won.deals
    expected[page.tiles[2].url] = page.wins.new_customers
    expected[page.tiles[3].url] = page.offers.delivered.deals
    offers = page.offers
    expected |= {
        page.offer_urls["delivered"]: offers.delivered.deals,
        page.offer_urls["won"]: offers.won.deals,
        page.offer_urls["lost"]: offers.lost.deals,
        page.offer_urls["open"]: offers.still_open.deals,
    }

    found = {url: client.get(url).context["behind"].counted for url in expected}
    assert found == expected


def test_a_deal_the_reader_may_not_see_is_counted_and_not_shown(client, people, settings):
    settings.DEAL_VISIBILITY = "own"
    computed(tell(people.owner), tell(people.colleague))
    log_in(client, people, "owner")

    answer = client.get(reverse("reporting:deals"), {"of": f"team-{people.owner.team_id}", "what": "begun"})

    behind = answer.context["behind"]
    assert (behind.counted, behind.hidden, len(behind.page.rows)) == (2, 1, 1)


def test_as_many_queries_for_twenty_reps_as_for_two(client, people, count_queries):
    log_in(client, people, "manager")
    computed(*random_stories([people.owner, people.colleague], 40, 2))

    def queries() -> int:
        with count_queries() as counted:
            assert client.get(URL).status_code == 200
            for part in PARTS:
                assert client.get(reverse("reporting:dashboard_part", args=[part])).status_code == 200
        return len(counted)

    queries()
    few = queries()
    owners = [UserFactory(team=people.owner.team) for _ in range(20)]
    computed(*random_stories(owners, 200, 3))

    assert queries() == few


@pytest.mark.parametrize(
    "query",
    [
        {"period": "9999-q4"},
        {"period": "0000-q1"},
        {"period": "2026-q5"},
        {"period": "\0"},
        {"by": "<script>"},
        {"period": "1" * 5000},
    ],
)
def test_what_is_no_period_is_the_rolling_year_or_empty(client, people, query):
    log_in(client, people, "manager")

    assert client.get(URL, query).status_code == 200


@pytest.mark.parametrize(
    "of", ["rep-0", "rep-99999999999999999999", "rep-x", "team-", "team-²", "rep--1", "rep-1 OR 1=1"]
)
def test_whoever_does_not_exist_is_not_found(client, people, of):
    log_in(client, people, "admin")

    assert client.get(URL, {"of": of}).status_code == 404


def test_an_empty_company_is_told_what_the_page_is_for(client, people):
    actions.rebuild_figures("first")
    log_in(client, people, "manager")

    page = client.get(URL).content.decode()

    assert "In diesem Zeitraum noch keine Verkaufschancen" in page


def test_the_page_says_when_it_was_counted_and_of_which_days(client, small_world):
    log_in(client, small_world, "owner")

    page = html.unescape(client.get(URL).content.decode())

    assert "Stand: heute" in page
    assert f"{rolling_year(timezone.localdate()).starts_on:%d.%m.%Y} bis heute" in page


def test_the_ribbon_follows_the_board_and_keeps_persons_to_themselves(client, small_world):
    url = reverse("reporting:funnel_ribbon")

    log_in(client, small_world, "owner")
    own = client.get(url, {"owner": small_world.owner.pk}).content.decode()
    assert "seg s1" in own
    links = re.findall(r'href="([^"]+)"', own)
    links = [link for link in links if link.startswith(reverse("reporting:deals"))]
    assert parse_qs(urlsplit(html.unescape(links[0])).query)["of"] == [f"rep-{small_world.owner.pk}"]

    log_in(client, small_world, "colleague")
    foreign = client.get(url, {"owner": small_world.owner.pk}).content.decode()
    assert "seg s1" not in foreign


def test_the_ribbon_says_none_was_begun_only_once_it_has_counted(client, people):
    url = reverse("reporting:funnel_ribbon")
    log_in(client, people, "owner")
    DealFactory(owner=people.owner, at=datetime(2017, 5, 10, 12, tzinfo=UTC))

    uncounted = client.get(url).content.decode()
    actions.mark_all_stale()
    actions.refresh_stale()
    counted = client.get(url).content.decode()

    assert "Die Zahlen werden berechnet" in uncounted
    assert "keine Verkaufschance begonnen" in counted


def test_the_ribbon_tells_what_leaked_from_each_stage_and_why(client, small_world):
    log_in(client, small_world, "owner")

    ribbon = client.get(reverse("reporting:funnel_ribbon"), {"owner": small_world.owner.pk})
    steps = [segment.step for segment in ribbon.context["page"].picture.segments]

    assert [(step.lost, str(step.reason)) for step in steps[:3]] == [
        (1, "kein Bedarf"),
        (1, "Preis"),
        (0, ""),
    ]
    assert "meist: Preis" in ribbon.content.decode()


def test_a_part_of_the_ribbon_narrows_the_board_under_its_filter_and_widens_it_again(client, small_world):
    log_in(client, small_world, "owner")
    url = reverse("reporting:funnel_ribbon")

    def third_part(board):
        asked = {"owner": small_world.owner.pk, "board": board}
        return client.get(url, asked).context["page"].picture.segments[2].step

    narrower, wider = third_part("?owner=me&q=Nord"), third_part("?owner=me&came_to=3&junk=1")

    board = reverse("pipeline:deal_board")
    assert (narrower.part_url, narrower.is_asked) == (f"{board}?q=Nord&owner=me&came_to=3", False)
    assert (wider.part_url, wider.is_asked) == (f"{board}?owner=me", True)


def test_the_ribbon_is_as_wide_as_the_value_where_that_is_asked(client, small_world):
    log_in(client, small_world, "owner")
    query = {"owner": small_world.owner.pk, "by": "value"}

    ribbon = client.get(reverse("reporting:funnel_ribbon"), query)

    assert ribbon.context["page"].picture.by_value


@pytest.mark.parametrize("name", ["dashboard", "funnel_ribbon"])
def test_where_there_is_no_deal_yet_nothing_is_waited_for(client, people, name):
    log_in(client, people, "owner")

    page = client.get(reverse(f"reporting:{name}")).content.decode()

    assert "Die Zahlen werden berechnet" not in page
    assert "keine Verkaufschance begonnen" in page or "beginnt mit der ersten" in page


def test_a_quarter_of_long_ago_can_be_chosen_with_those_who_have_left_since(client, people):
    people.owner.is_active = False
    people.owner.save()
    begun = datetime(2017, 5, 10, 12, tzinfo=UTC)
    DealFactory(owner=people.owner, stage=Stage.KONTAKT, at=begun)
    actions.mark_all_stale()
    actions.refresh_stale()
    log_in(client, people, "admin")

    page = client.get(reverse("reporting:dashboard"), {"period": "2017-q2"}).content.decode()

    assert '<option value="2017-q2" selected' in " ".join(page.split())
    assert str(people.owner) in page


@pytest.mark.parametrize(("first", "note"), [(100, ""), (800, "1 mehr als im Zeitraum davor")])
def test_wins_are_compared_only_with_a_period_the_history_covers(people, first, note):
    computed(tell(people.owner, opened=first), tell(people.owner, (5, "won"), opened=50))

    assert page_of(people.admin).tiles[0].note == note
