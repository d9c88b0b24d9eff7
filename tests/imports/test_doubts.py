"""Rows that may be someone we know: found as the search for duplicates finds them, and told why."""

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.duplicate_search import reopen_searches, search_all, search_on
from contacts.merging import merge
from contacts.models import Address, Company, DuplicatePair, Person
from imports import actions
from imports.models import ImportDoubt
from tests.conftest import log_in
from tests.factories import ChannelFactory, CompanyFactory, EmploymentFactory, PersonFactory
from tests.imports.bringing import brought, checked, counts, done, reasons, taken_in

pytestmark = pytest.mark.django_db


def firm(name: str, **said: object) -> Company:
    company = CompanyFactory(name=name, **said)
    Address.objects.create(company=company, street="Siemensstraße 10", postal_code="79331", city="Teningen")
    return company


def codes(run) -> dict[str, list[str]]:
    return {doubt.label: doubt.reasons for doubt in ImportDoubt.objects.filter(file__run=run)}


def test_a_slip_in_the_name_at_the_same_door_is_doubted_with_its_reasons_and_its_score(people):
    firm("Nutzfahrzeugtechnik Dufner GmbH")
    search_all("company")
    table = (
        "Firma;Straße;PLZ;Ort\nNutzfahrzeug-Technik Duffner;Siemensstr. 10;79331;Teningen\n"
        "Dufner Immobilien KG;Siemensstr. 10;79331;Teningen\n"
    )

    run = checked(brought(people.manager, ("firmen.csv", table)))

    doubt = ImportDoubt.objects.get()
    assert (doubt.label, doubt.twin_label) == (
        "Nutzfahrzeug-Technik Duffner",
        "Nutzfahrzeugtechnik Dufner GmbH",
    )
    assert doubt.score >= 50
    assert {"similar_name", "same_address"} <= {*doubt.reasons}
    assert doubt.details == "Siemensstr. 10 · 79331 Teningen"
    assert "ähnlicher Name" in dict(reasons(run))[2] or "similar name" in dict(reasons(run))[2]


def test_colleagues_who_share_a_switchboard_are_no_doubt_and_one_person_with_two_spellings_is(people):
    job = EmploymentFactory(
        person=PersonFactory(first_name="Anna", last_name="Meier"), company=CompanyFactory(name="Alt AG")
    )
    ChannelFactory(company=None, person=job.person, kind="phone", value="+497111234560")
    search_all("person")
    table = "Vorname;Nachname;Firma;Telefon\nBert;Thal;Alt AG;0711 1234560\nAnna;Mayer;Alt AG;0711 1234560\n"

    run = checked(brought(people.manager, ("leute.csv", table)))

    assert codes(run).keys() == {"Anna Mayer"}
    assert {"same_phone", "same_employer"} <= {*codes(run)["Anna Mayer"]}


def test_who_was_archived_is_found_too_and_whoever_was_merged_leads_to_the_survivor(people):
    CompanyFactory(name="Weber Bau GmbH", archived_at=timezone.now())
    lost, kept = CompanyFactory(name="Alt AG", customer_number="7"), CompanyFactory(name="Neu AG")
    merge(kept, lost, {}, seen_versions=(kept.version, lost.version), actor=people.admin)
    table = "Kundennummer;Firma;Ort\n;Weber Bau;Ulm\n7;Neu AG;Kiel\n"

    run = taken_in(people.manager, ("firmen.csv", table))

    assert codes(run).keys() == {"Weber Bau"}
    assert kept.addresses.get().city == "Kiel"


def test_a_person_whose_data_is_restricted_is_left_alone_by_key_and_by_likeness(people):
    restricted = PersonFactory(
        first_name="Anna", last_name="Berg", restricted_at=timezone.now(), restriction_reason="Art. 18"
    )
    ChannelFactory(company=None, person=restricted, kind="email", value="anna@berg.example")
    table = "Vorname;Nachname;E-Mail;Notiz\nAnna;Berg;anna@berg.example;neu\nAnna;Berg;;neu\n"

    run = taken_in(people.manager, ("leute.csv", table))

    restricted.refresh_from_db()
    assert (restricted.note, Person.objects.count()) == ("", 1)
    assert [line for line, _reason in reasons(run)] == [2, 3]


def test_more_rows_ask_no_more_of_the_database(people, count_queries):
    for number in range(21):
        firm(f"Firma {'abcdefghijklmnopqrstu'[number] * 3} GmbH")
    search_all("company")

    def asked(rows: int) -> int:
        names = [f"Firma {letter * 3}" for letter in "abcdefghijklmnopqrstu"[:rows]]
        table = "Firma;Ort\n" + "".join(f"{name};Teningen\n" for name in names)
        run = brought(people.manager, (f"{rows}.csv", table))
        with count_queries() as counted:
            checked(run)
        return len(counted)

    assert asked(2) == asked(20)


def test_the_result_still_says_who_was_doubtful_why_and_what_was_done(people, client):
    firm("Holz Möller GmbH")
    run = checked(brought(people.manager, ("firmen.csv", "Firma;Ort\nHolz Moeller;Ulm\n")))
    doubt = ImportDoubt.objects.get()
    actions.decide([doubt], {doubt.pk: "create"}, actor=people.manager)
    run = done(actions.run(run, actor=run.actor))
    log_in(client, people, "manager")

    page = client.get(reverse("imports:import_doubts", args=[run.pk])).text

    assert counts(run)["created"] == 1
    assert reverse("contacts:company_detail", args=[doubt.twin]) in page
    assert "Siemensstraße 10" in page
    assert "gleicher Name" in page
    assert "ist jemand Neues" in page or "ist neu" in page
    assert "<select" not in page


def test_what_came_in_is_compared_with_all_others_without_waiting_for_the_night(people):
    firm("Nutzfahrzeugtechnik Dufner GmbH")
    search_all("company")
    table = "Firma;Straße;PLZ;Ort\nNutzfahrzeug-Technik Dufner;Siemensstr. 10;79331;Teningen\n"
    taken_in(people.manager, ("firmen.csv", table), doubts="create")
    search_on(begins=False)
    assert not DuplicatePair.objects.exists()

    reopen_searches()
    search_on(begins=False)

    assert DuplicatePair.objects.get().score >= 50
