"""Taking a whole import back: what nobody touched goes, what somebody did stays and is listed."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from activities.actions import About, write_note
from contacts.actions import CompanyFacts, edit_company
from contacts.duplicate_search import search_all
from contacts.models import Address, Channel, Company, Employment, Person
from imports import actions
from imports.errors import ImportRefused
from imports.models import Import
from imports.undoing import left_rows
from pipeline.models import Deal
from tests.factories import CompanyFactory, ExtraFieldFactory
from tests.imports.bringing import done, taken_in
from tests.imports.test_import_contacts import FIRMS

pytestmark = pytest.mark.django_db

PEOPLE = "Vorname;Nachname;Firma;E-Mail\nAnna;Berg;Holz Möller GmbH;anna@moeller.example\n"


def undone(run: Import) -> Import:
    return done(actions.undo(run, actor=run.actor))


def test_an_import_that_nobody_touched_is_gone_without_a_trace_in_the_lists(people):
    run = undone(taken_in(people.manager, ("firmen.csv", FIRMS), ("leute.csv", PEOPLE)))

    assert run.state == Import.State.UNDONE
    assert not any(model.objects.exists() for model in (Company, Person, Channel, Address, Employment))
    assert run.job.result["left"] == 0


def test_what_was_overwritten_says_again_what_it_said(people):
    company = CompanyFactory(name="Holz Möller GmbH", customer_number="10", industry="Sägewerk")
    Company.objects.update(created_at=timezone.now() - timedelta(days=9))
    run = taken_in(people.manager, ("firmen.csv", FIRMS))
    company.refresh_from_db()
    assert company.industry == "Holzbau"

    undone(run)

    company.refresh_from_db()
    assert (company.industry, company.employees) == ("Sägewerk", None)
    assert not company.channels.exists()
    assert not company.stands.filter(field="industry").exists()


def test_a_company_that_was_edited_since_stays_whole_and_is_listed(people):
    run = taken_in(people.manager, ("firmen.csv", FIRMS))
    company = Company.objects.get(customer_number="10")
    facts = CompanyFacts(name="Holz Möller GmbH", customer_number="10", note="gute Leute")
    edit_company(company, facts, seen_version=company.version, actor=people.owner)

    run = undone(run)

    assert Company.objects.get() == company
    assert company.channels.count() == 2
    assert [name for _kind, name, _url in left_rows(run, 10)] == ["Holz Möller GmbH"]


def test_a_company_on_which_a_note_was_written_stays(people):
    run = taken_in(people.manager, ("firmen.csv", FIRMS))
    company = Company.objects.get(customer_number="11")
    write_note(About(company=company), "angerufen", actor=people.owner)

    run = undone(run)

    assert (Company.objects.get(), run.job.result["left"]) == (company, 1)


def test_whom_an_edited_person_works_for_stays_with_them(people):
    run = taken_in(people.manager, ("firmen.csv", FIRMS), ("leute.csv", PEOPLE))
    person = Person.objects.get()
    write_note(About(person=person), "nett", actor=people.owner)

    undone(run)

    assert person.employments.get().company == Company.objects.get()


def test_deals_are_voided_and_their_customer_is_archived(people):
    deals = "Deal ID;Firma;Phase;Wert;Erstellt am\n1;Neu AG;Kontakt;500;2026-01-05\n"
    run = undone(taken_in(people.manager, ("deals.csv", deals)))

    assert Deal.objects.get().voided_at is not None
    assert Company.objects.get().archived_at is not None
    assert run.job.result["left"] == 0


def test_an_import_is_undone_once(people):
    run = undone(taken_in(people.manager, ("firmen.csv", FIRMS)))

    with pytest.raises(ImportRefused):
        actions.undo(run, actor=people.manager)


def rows_of_everything() -> dict[str, list[tuple[object, ...]]]:
    """All that stands in the database but histories, events, jobs, and what imports note of themselves."""
    apart = {"core", "imports", "sessions", "admin", "contenttypes", "auth", "pghistory"}
    return {
        model._meta.label: sorted(map(tuple, model._base_manager.values_list(*_told_by(model))), key=str)
        for model in apps.get_models()
        if model._meta.app_label not in apart and not hasattr(model, "pgh_tracked_model")
    }


def _told_by(model: type) -> list[str]:
    """Its columns but those that count changes: what somebody else sees in an open form."""
    return [
        field.attname for field in model._meta.concrete_fields if field.name not in ("version", "updated_at")
    ]


def test_after_the_undo_of_a_whole_move_the_database_says_what_it_said_before(people):
    ExtraFieldFactory(code="stufe")
    CompanyFactory(name="Holz Möller GmbH", customer_number="10", industry="Sägewerk", legal_form="GmbH")
    Company.objects.update(created_at=timezone.now() - timedelta(days=9))
    before = rows_of_everything()
    firms = FIRMS.replace("Mitarbeiter", "Mitarbeiter;Tags;extra:stufe", 1).replace(
        ";12\r", ";12;Messe;Gold\r"
    )
    firms = firms.replace(";Zimmer 3;kein-at-zeichen;;\r", ";Zimmer 3;kein-at-zeichen;;;Messe;\r")
    ahead = f"{timezone.localdate() + timedelta(days=5):%d.%m.%Y}"
    table = (
        "Art;Datum;Text;Firma\nAnruf;15.01.2026;Hallo;Holz Möller GmbH\n"
        f"Termin;{ahead};Besuch;Holz Möller GmbH\nAufgabe;{ahead};Nachfassen;Kessler & Söhne KG\n"
    )
    orders = "Order ID;Datum;Firma;Artikel;Menge;Einzelpreis\n1;12.01.2026;Holz Möller GmbH;Säge;2;100\n"

    run = taken_in(
        people.admin,
        ("firmen.csv", firms), ("leute.csv", PEOPLE), ("aktivitäten.csv", table), ("orders.csv", orders),
    )  # fmt: skip
    search_all("company")
    search_all("person")
    during = rows_of_everything()
    undone(run)

    after = rows_of_everything()
    # The search for duplicates keeps of those who were here how it finds them.
    searched = {"contacts.DuplicateSearch", "contacts.MatchKey"}
    assert {label for label in before if after[label] != before[label]} == searched
    # What the import had written, so that the comparison above has something to find.
    assert {label for label in before if during[label] != before[label]} >= {
        "activities.Activity", "activities.FollowUp", "activities.TimelineMark", "contacts.Address",
        "contacts.Channel", "contacts.Company", "contacts.Employment", "contacts.FieldStand",
        "contacts.MatchKey", "contacts.Person", "contacts.Tag", "contacts.Tagging",
        "offers.Order", "offers.OrderLine",
    }  # fmt: skip
