"""Taking a whole import back: what nobody touched goes, what somebody did stays and is listed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activities.actions import About, write_note
from contacts.actions import CompanyFacts, edit_company
from contacts.models import Address, Channel, Company, Employment, Person
from imports import actions
from imports.errors import ImportRefused
from imports.models import Import
from imports.undoing import left_rows
from pipeline.models import Deal
from tests.factories import CompanyFactory
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
