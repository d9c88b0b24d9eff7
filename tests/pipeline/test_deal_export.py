"""The list as a file: the deals of the filter one may see; typed, harmless, and whole when read again."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Event
from imports.reading import read_table
from lists import files
from pipeline.actions import set_next_step
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, PersonFactory, lost, won

pytestmark = pytest.mark.django_db

URL = reverse("lists:list_export", args=["list"])
FORMATS = ["csv", "xlsx"]
NASTY = ['=HYPERLINK("http://x")', "+49 170", "-5", "@SUM(A1)", "＝1", "'=1", "'x'", 'a;"b"', "zwei  Wörter"]


def export(client, file_format: str, query: str = ""):
    return client.post(URL, {"format": file_format, "query": query})


def table(response):
    return read_table(b"".join(response.streaming_content))


def records(response) -> list[dict[str, object]]:
    read = table(response)
    return [dict(zip(read.headers, row.cells, strict=True)) for row in read.rows]


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_file_holds_the_deals_of_the_filter_in_the_order_of_the_list(client, people, file_format):
    for value in (300, 100, 200):
        DealFactory(owner=people.owner, value=value, title=str(value))
    DealFactory(owner=people.stranger, title="fremd")
    log_in(client, people, "owner")

    rows = records(export(client, file_format, "owner=me&sort=value&cursor=broken"))

    assert [row["Titel"] for row in rows] == ["100", "200", "300"]


def test_german_csv_has_its_days_amounts_and_words(client, people):
    deal = DealFactory(
        owner=people.owner,
        company=CompanyFactory(name="Größe AG"),
        person=PersonFactory(first_name="Eva", last_name="Vogel"),
        value=Decimal("18900.50"),
        at=datetime(2026, 1, 31, 23, 30, tzinfo=UTC),
        expected_close_on=date(2030, 3, 4),
    )
    set_next_step(deal, "Anruf", date(2030, 1, 2))
    log_in(client, people, "owner")

    response = export(client, "csv", "columns=stage,value,step,opened,expected,owner,team,kind")

    content = b"".join(response.streaming_content).decode("utf-8-sig")
    head, row = content.splitlines()
    assert head == (
        "Nummer;Firma;Person;Titel;Phase;Ausgang;Wert;Währung;Nächster Schritt;Nächster Schritt am;"
        "Begonnen am;Erwarteter Abschluss;Zuständig;Team;Art"
    )
    assert row == (
        f"{deal.pk};Größe AG;Eva Vogel;{deal.title};Akquise;offen;18900,50;EUR;Anruf;02.01.2030;01.02.2026;"
        f"04.03.2030;{people.owner};Nord;Neugeschäft"
    )


def test_english_csv_has_points_and_iso_days(client, people):
    people.owner.language = "en"
    people.owner.save()
    DealFactory(owner=people.owner, value=Decimal("18900.50"), at=datetime(2026, 1, 31, 9, tzinfo=UTC))
    log_in(client, people, "owner")

    content = b"".join(export(client, "csv", "columns=value,opened").streaming_content).decode()

    assert content.splitlines()[1].endswith(";18900.50;EUR;2026-01-31")


def test_a_workbook_has_real_numbers_and_days(client, people):
    DealFactory(owner=people.owner, value=Decimal("18900.50"), at=datetime(2026, 1, 31, 9, tzinfo=UTC))
    log_in(client, people, "owner")

    row = records(export(client, "xlsx", "columns=value,days,opened,expected"))[0]

    assert row["Wert"] == 18900.5
    assert row["Begonnen am"] == date(2026, 1, 31)
    assert row["Tage in der Phase"] > 1
    assert not row["Erwarteter Abschluss"]


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("text", NASTY)
def test_what_looks_like_a_formula_is_harmless_and_comes_back_whole(client, people, file_format, text):
    DealFactory(owner=people.owner, title=text, company=CompanyFactory(name=text))
    log_in(client, people, "owner")

    response = export(client, file_format)
    content = b"".join(response.streaming_content)

    row = read_table(content)
    cells = dict(zip(row.headers, row.rows[0].cells, strict=True))
    assert (cells["Titel"], cells["Firma"]) == (text, text)
    if file_format == "csv":
        assert not any(
            cell.strip('"').lstrip()[:1] in set("=+-@＝") for cell in content.decode().split(";") if cell
        )


def test_a_workbook_holds_no_formula_cell(client, people):
    DealFactory(owner=people.owner, title="=1+1")
    log_in(client, people, "owner")

    content = b"".join(export(client, "xlsx").streaming_content)

    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "=1+1" in sheet
    assert "<f>" not in sheet


@pytest.mark.parametrize("file_format", FORMATS)
def test_signs_no_file_should_hold_do_not_break_it(client, people, file_format):
    DealFactory(owner=people.owner, title="\x01\x0b\u2028\u202e😀" + "é" * 190)
    log_in(client, people, "owner")

    assert len(records(export(client, file_format))) == 1


def test_closed_deals_say_how_they_ended(client, people):
    deal = DealFactory(owner=people.owner, value=500)
    set_next_step(deal, "Anruf", date(2030, 1, 2))
    lost(deal)
    won(DealFactory(owner=people.owner, value=700, title="gewonnen"))
    log_in(client, people, "owner")

    rows = records(export(client, "csv", "columns=stage,step,closed,won,reason,outcome,company&sort=value"))

    today = f"{timezone.localdate():%d.%m.%Y}"
    assert [row["Ausgang"] for row in rows] == ["verloren", "gewonnen"]
    assert [row["Verlustgrund"] for row in rows] == ["Preis", ""]
    assert [row["Gewonnener Wert"] for row in rows] == ["", "700,00"]
    assert [row["Nächster Schritt"] for row in rows] == ["", ""]
    assert {row["Abgeschlossen am"] for row in rows} == {today}


def test_an_imported_deal_keeps_the_number_it_came_with(client, people):
    deal = DealFactory(owner=people.owner)
    type(deal).objects.filter(pk=deal.pk).update(external_id="SF-4711")
    log_in(client, people, "owner")

    assert records(export(client, "csv"))[0]["Nummer"] == "SF-4711"


def test_deals_of_others_are_in_no_file(client, people, settings):
    settings.DEAL_VISIBILITY = "own"
    DealFactory(owner=people.stranger, title="GEHEIM")
    log_in(client, people, "owner")

    assert b"GEHEIM" not in b"".join(export(client, "csv").streaming_content)


def test_the_file_is_named_with_its_day_and_the_export_is_recorded(client, people):
    DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = export(client, "xlsx")

    assert f"Verkaufschancen-{timezone.localdate()}.xlsx" in response["Content-Disposition"]
    event = Event.objects.get(kind="list.exported")
    assert (event.actor, event.payload) == (people.owner, {"page": "list", "count": 1, "format": "xlsx"})


def test_more_rows_than_a_file_takes_are_refused_and_nothing_is_recorded(client, people, monkeypatch):
    monkeypatch.setitem(files.FORMATS, "xlsx", replace(files.FORMATS["xlsx"], most_rows=2))
    for _ in range(3):
        DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = export(client, "xlsx")

    assert response.status_code == 422
    assert "höchstens 2 Zeilen" in response.content.decode()
    assert not Event.objects.filter(kind="list.exported").exists()


@pytest.mark.parametrize(
    "sent",
    [{}, {"format": "exe"}, {"format": "csv", "query": "a" * 9000}, {"format": "csv", "query": "\0"}],
)
def test_what_no_page_sends_is_refused(client, people, sent):
    log_in(client, people, "owner")

    assert client.post(URL, sent).status_code == 400


@pytest.mark.parametrize(
    "query",
    ["sort=owner__password", "columns=password", "owner=9&stage=x&value_from=NaN", "%", "%FF=%00&q=%00"],
)
def test_wild_questions_get_a_file(client, people, query):
    log_in(client, people, "owner")

    assert export(client, "csv", query).status_code == 200


def test_a_file_asks_the_database_as_often_for_twenty_deals_as_for_two(client, people, count_queries):
    log_in(client, people, "owner")

    def fill(number):
        for _ in range(number):
            DealFactory(owner=people.stranger)

    fill(2)
    export(client, "csv")
    with count_queries() as few:
        export(client, "csv")
    fill(18)
    with count_queries() as many:
        export(client, "csv")

    assert len(many) == len(few)
