"""The page of targets: typing, errors at the cell, what somebody else set meanwhile, filling in."""

import html
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Event
from planning.models import Line, Measure, SalesTarget
from reporting.models import MonthActual
from reporting.target_filling import spread
from tests.conftest import log_in

URL = reverse("reporting:targets")
NAUGHTY = ["\x00", "‮", "1e999999", "NaN", "Infinity", "-5", "1" * 5000, "１２", "<b>", "12,345,6"]


def target(measure: str = "won", amount: object = 5, month: int = 5, **values: object) -> SalesTarget:
    return SalesTarget.objects.create(measure=measure, amount=amount, month=date(2026, month, 1), **values)


def address(row: object, **more: object) -> str:
    kind = "team" if row._meta.model_name == "team" else "rep"
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return f"{URL}?of={kind}-{row.pk}&year=2026&{query}"


def typed_of(row: object, **cells: str) -> dict[str, str]:
    kind = "team" if row._meta.model_name == "team" else "rep"
    return {"of": f"{kind}-{row.pk}", "year": "2026", "seen": "{}", **cells}


def seen(**amounts: str) -> str:
    return json.dumps({name.replace("__", "-"): amount for name, amount in amounts.items()})


def field(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found, name
    value = re.search(r'value="([^"]*)"', found[0])
    return html.unescape(value[1]) if value else ""


@pytest.fixture
def manager(client, people):
    log_in(client, people, "manager")
    return client


def test_german_numbers_are_typed_and_shown(manager, people):
    team = people.owner.team
    answer = manager.post(
        address(team), {"revenue-EUR_5": "1.200.000,50", "won_5": "12", "entries-3_6": "40"}
    )

    assert (answer.status_code, answer.url) == (302, address(team).rstrip("&"))
    stored = SalesTarget.objects.values_list("team", "month", "measure", "stage", "currency", "amount")
    assert set(stored) == {
        (team.pk, date(2026, 5, 1), "revenue", None, "EUR", Decimal("1200000.50")),
        (team.pk, date(2026, 5, 1), "won", None, "", 12),
        (team.pk, date(2026, 6, 1), "entries", 3, "", 40),
    }
    page = manager.get(address(team)).content.decode()
    assert field(page, "revenue-EUR_5") == "1.200.000,50"
    assert field(page, "won_5") == "12"
    assert json.loads(field(page, "seen")) == {
        "revenue-EUR_5": "1200000.50",
        "won_5": "12.00",
        "entries-3_6": "40.00",
    }


def test_an_error_stands_at_its_cell_and_nothing_is_saved(manager, people):
    answer = manager.post(URL, typed_of(people.owner, won_5="2,5", won_6="7"))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert field(page, "won_5") == "2,5"
    assert 'id="id_won_5_error"' in page
    assert 'id="id_won_6_error"' not in page
    assert not SalesTarget.objects.exists()


def test_what_somebody_else_set_meanwhile_is_told_and_saving_once_more_decides(manager, people):
    target(amount=9, rep=people.owner)
    typed = {"won_5": "7", "won_6": "8"}

    answer = manager.post(URL, typed_of(people.owner, **typed))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert re.findall(r'id="id_won_5_error">([^<]*)<', page) == ["Jetzt steht hier: 9"]
    assert SalesTarget.objects.get().amount == 9
    again = {"seen": field(page, "seen"), **typed}
    assert manager.post(URL, typed_of(people.owner, **again)).status_code == 302
    assert set(SalesTarget.objects.values_list("month__month", "amount")) == {(5, 7), (6, 8)}


def test_cells_that_i_left_alone_keep_what_somebody_else_set(manager, people):
    target(amount=9, rep=people.owner)

    manager.post(URL, typed_of(people.owner, **{"seen": seen(won_5="5.00"), "won_5": "5", "won_6": "8"}))

    assert set(SalesTarget.objects.values_list("month__month", "amount")) == {(5, 9), (6, 8)}


def test_emptying_a_cell_or_typing_nothing_takes_the_target_away(manager, people):
    target(rep=people.owner)
    target("offers", rep=people.owner)

    manager.post(
        URL,
        typed_of(people.owner, **{"seen": seen(won_5="5.00", offers_5="5"), "won_5": "", "offers_5": "0"}),
    )

    assert not SalesTarget.objects.exists()


def test_a_rep_reads_own_targets_and_those_of_the_team_and_types_nothing(client, people):
    target(rep=people.owner, amount=77)
    log_in(client, people, "owner")

    own = client.get(URL + "?year=2026").content.decode()
    team = client.get(address(people.owner.team)).content.decode()

    assert '<span class="num">77</span>' in own
    assert "<input" not in re.search(r"<tbody>.*</tbody>", own, re.DOTALL)[0]
    assert people.owner.team.name in team
    assert client.get(address(people.colleague)).status_code == 404


@pytest.mark.parametrize("setting", ["team", "off"])
def test_targets_of_persons_are_not_there_where_their_figures_are_not_shown(
    manager, people, settings, setting
):
    settings.PER_REP_FIGURES = setting
    target(rep=people.owner, amount=77)

    assert manager.get(address(people.owner)).status_code == 404
    assert manager.post(URL, typed_of(people.owner, won_5="3")).status_code == 404
    assert manager.get(address(people.owner.team)).status_code == 200


def test_a_rep_who_may_see_nothing_is_told_so(client, people, settings):
    settings.PER_REP_FIGURES = "off"
    log_in(client, people, "owner")

    assert "Keine Ziele zu zeigen" in client.get(URL).content.decode()


def test_the_look_of_an_admin_at_the_targets_of_a_person_is_logged(client, people):
    log_in(client, people, "admin")

    client.get(address(people.owner.team))
    assert not Event.objects.filter(kind="figures.viewed").exists()
    client.get(address(people.owner))

    assert Event.objects.get(kind="figures.viewed").subject_id == people.owner.pk


def test_what_was_reached_stands_below_the_target_unless_it_tells_of_persons(manager, people, settings):
    target(team=people.owner.team)
    MonthActual.objects.create(
        team=people.owner.team,
        month=date(2026, 5, 1),
        measure="won",
        amount=333,
        people=2,
        as_of=timezone.now(),
    )

    assert "333" in manager.get(address(people.owner.team)).content.decode()
    settings.PER_REP_FIGURES = "team"
    assert "333" not in manager.get(address(people.owner.team)).content.decode()


def test_last_year_fills_only_what_is_empty_and_saves_nothing(manager, people):
    for month, amount in ((1, 10), (2, 20)):
        SalesTarget.objects.create(rep=people.owner, measure="won", amount=amount, month=date(2025, month, 1))
    target(month=2, amount=99, rep=people.owner)

    page = manager.get(address(people.owner, fill="year")).content.decode()

    assert [field(page, f"won_{month}") for month in (1, 2, 3)] == ["10", "99", ""]
    assert json.loads(field(page, "seen")) == {"won_2": "99.00"}
    assert SalesTarget.objects.filter(month__year=2026).count() == 1


def test_a_month_is_filled_as_the_month_before_across_the_year_too(manager, people):
    SalesTarget.objects.create(rep=people.owner, measure="won", amount=10, month=date(2025, 12, 1))
    target(amount=6, rep=people.owner)

    january = manager.get(address(people.owner, fill="month", month=1)).content.decode()
    june = manager.get(address(people.owner, fill="month", month=6)).content.decode()

    assert field(january, "won_1") == "10"
    assert field(june, "won_6") == "6"


def test_a_year_is_spread_over_its_months_and_adds_up(manager, people):
    page = manager.get(
        address(people.owner, fill="spread", line="revenue-EUR", amount="1.000.000")
    ).content.decode()

    months = [field(page, f"revenue-EUR_{month}").replace(".", "") for month in range(1, 13)]
    assert sum(map(int, months)) == 1_000_000
    assert set(months) == {"83333", "83334"} or set(months) == {"83333", "83334", "83332"}


@pytest.mark.parametrize(
    ("line", "amount", "parts"),
    [
        (Line(Measure.WON), "50", {4, 5}),
        (Line(Measure.WON), "7", {0, 1}),
        (Line(Measure.REVENUE, currency="EUR"), "100.10", {Decimal("8.34"), Decimal("8.35")}),
        (Line(Measure.REVENUE, currency="EUR"), "1200000", {100000}),
    ],
    ids=str,
)
def test_spreading_gives_parts_of_one_size_that_add_up(line, amount, parts):
    found = spread(line, Decimal(amount))

    assert sum(found) == Decimal(amount)
    assert len(found) == 12
    assert set(found) <= parts


@pytest.mark.parametrize("text", NAUGHTY)
def test_hostile_input_is_answered_with_a_message(manager, people, text):
    team = people.owner.team

    is_number = text == "１２"
    answer = manager.post(URL, typed_of(team, **{"seen": text, "won_5": text}))
    assert answer.status_code == (302 if is_number else 422)
    for name in ("of", "year", "fill", "line", "month", "amount"):
        query = {"of": f"team-{team.pk}", "year": "2026", "fill": "spread", "line": "won", name: text}
        assert manager.get(URL, query).status_code in (200, 404)


@pytest.mark.parametrize(
    "text", ["[]", "{", "null", '{"won_5": {}}', '{"won_5": null}', '{"won_5": "NaN"}', "[" * 9000]
)
def test_what_a_form_says_it_saw_may_be_nonsense(manager, people, text):
    answer = manager.post(URL, typed_of(people.owner, **{"seen": text, "won_5": "5"}))

    assert answer.status_code == 302
    assert SalesTarget.objects.get().amount == 5


def test_the_page_asks_as_often_for_many_targets_as_for_few(manager, people, count_queries):
    def queries() -> int:
        with count_queries() as counted:
            manager.get(address(people.owner.team))
        return len(counted)

    target(team=people.owner.team)
    target(team=people.owner.team, month=6)
    few = queries()
    for month in range(1, 13):
        for measure in ("offers", "appointments"):
            target(measure, team=people.owner.team, month=month)

    assert queries() == few
