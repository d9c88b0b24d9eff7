"""The timelines show an import: what file, by whom, what of whom it made or changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from activities.marks import sentence_of
from activities.models import TimelineMark
from contacts.models import Company, Person
from imports import actions
from pipeline.models import Deal
from tests.conftest import log_in
from tests.factories import CompanyFactory
from tests.imports.bringing import done, taken_in

pytestmark = pytest.mark.django_db

FIRMS = "Kundennummer;Firma;Branche;Telefon;Tags\n10;Holz AG;Holzbau;0711 123456;Messe\n11;Neu AG;;;\n"
PEOPLE = "Vorname;Nachname;Firma\nAnna;Berg;Holz AG\n"
DEALS = "Deal ID;Firma;Phase;Wert;Erstellt am\n1;Holz AG;Kontakt;500;2026-01-05\n"


def told() -> dict[str, str]:
    with translation.override("de"):
        marks = TimelineMark.objects.select_related("company", "person", "deal")
        return {
            str(mark.company or mark.person or mark.deal): sentence_of(mark.code, mark.payload)
            for mark in marks
        }


def test_everybody_who_came_in_or_changed_says_so_and_nobody_else(people, client):
    CompanyFactory(name="Holz AG", customer_number="10", industry="Säge")
    unchanged = CompanyFactory(name="Ruhe AG", customer_number="12", legal_form="AG")
    Company.objects.update(created_at=timezone.now() - timedelta(days=9))
    table = FIRMS + "12;Ruhe AG;;;\n"

    taken_in(people.manager, ("firmen.csv", table), ("leute.csv", PEOPLE), ("deals.csv", DEALS))

    sentences = told()
    assert sentences["Neu AG"] == "Eingespielt aus „firmen.csv“"
    assert sentences["Holz AG"].startswith("Ergänzt oder geändert aus „firmen.csv“: ")
    assert {"Branche", "Telefon", "Schlagwörter"} <= {*sentences["Holz AG"].partition(": ")[2].split(", ")}
    assert "leute.csv" in sentences["Anna Berg"]
    assert "deals.csv" in sentences[str(Deal.objects.get())]
    assert not TimelineMark.objects.filter(company=unchanged).exists()
    assert {mark.actor for mark in TimelineMark.objects.all()} == {people.manager}
    log_in(client, people, "owner")
    panel = client.get(reverse("activities:company_panel", args=[Company.objects.get(name="Neu AG").pk])).text
    assert "Eingespielt aus „firmen.csv“" in panel


def test_a_card_does_not_leave_the_name_of_its_person_on_a_timeline(people):
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Berg;Anna\r\nFN:Anna Berg\r\nEND:VCARD\r\n"

    taken_in(people.manager, ("Anna Berg.vcf", card))

    assert told() == {"Anna Berg": "Eingespielt aus „vCard“"}


def test_more_rows_are_marked_by_no_more_statements(people, count_queries):
    from imports.marks import write_marks

    taken = []
    for number in (2, 20):
        names = "".join(f"Firma {number} {letter} AG\n" for letter in "abcdefghijklmnopqrst"[:number])
        run = taken_in(people.manager, (f"{number}.csv", f"Firma\n{names}"))
        TimelineMark.objects.all().delete()
        with count_queries() as counted:
            write_marks(run, at=timezone.now())
        taken.append(len(counted))
        assert TimelineMark.objects.count() == number

    assert taken[0] == taken[1]


def test_taking_the_import_back_takes_its_marks_back_and_leaves_those_of_who_stays(people):
    run = taken_in(people.manager, ("firmen.csv", FIRMS), ("leute.csv", PEOPLE))
    Person.objects.update(note="nett")

    done(actions.undo(run, actor=people.manager))

    assert {str(mark.person or mark.company) for mark in TimelineMark.objects.all()} == {
        "Anna Berg",
        "Holz AG",
    }
