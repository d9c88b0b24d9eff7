"""Companies and persons from files: created, found again, updated by what is newer, doubted, rejected."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.models import Channel, Company, Employment, Person
from contacts.stand import record_stand
from imports import actions
from imports.models import Import, ImportDoubt
from tests.factories import ChannelFactory, CompanyFactory, EmploymentFactory, PersonFactory
from tests.imports.bringing import brought, checked, counts, done, reasons, taken_in

pytestmark = pytest.mark.django_db

FIRMS = (
    "Kundennummer;Firma;Straße;PLZ;Ort;Telefon;E-Mail;Branche;Mitarbeiter\r\n"
    "10;Holz Möller GmbH;Am Wald 1;70173;Stuttgart;0711 / 12 34 56;info@moeller.example;Holzbau;12\r\n"
    "11;Kessler & Söhne KG;;10115;Berlin;Zimmer 3;kein-at-zeichen;;\r\n"
    ";;;;;;ohne@name.example;;\r\n"
)


def test_companies_come_in_with_address_channels_stand_and_what_cannot_be_read_as_text(people):
    run = taken_in(people.manager, ("firmen.csv", FIRMS))

    assert counts(run) == {"created": 2, "rejected": 1}
    company = Company.objects.get(customer_number="10")
    assert (company.name, company.legal_form, company.industry, company.employees) == (
        "Holz Möller GmbH", "GmbH", "Holzbau", 12,
    )  # fmt: skip
    assert company.addresses.get().city == "Stuttgart"
    assert set(company.channels.values_list("kind", "value")) == {
        ("phone", "+49711123456"),
        ("email", "info@moeller.example"),
    }
    stand = company.stands.get(field="industry")
    assert (stand.origin, stand.source, stand.by) == ("import", "firmen.csv", people.manager)
    assert "Zimmer 3" in Company.objects.get(customer_number="11").note
    assert [line for line, _reason in reasons(run)] == [4]


def test_a_second_time_nothing_is_doubled(people):
    taken_in(people.manager, ("firmen.csv", FIRMS))

    again = taken_in(people.manager, ("firmen.csv", FIRMS))

    assert counts(again) == {"unchanged": 2, "rejected": 1}
    assert (Company.objects.count(), Channel.objects.count()) == (2, 2)


def test_the_newer_stand_wins_field_by_field_and_the_old_value_is_in_the_history(people):
    taken_in(people.manager, ("firmen.csv", FIRMS))
    company = Company.objects.get(customer_number="10")
    record_stand(company, ["industry"], origin="typed", by=people.owner, at=timezone.now())
    older = FIRMS.replace("Holzbau;12", "Möbel;15")

    run = taken_in(people.manager, ("neu.csv", older), as_of=timezone.now() - timedelta(days=3))
    company.refresh_from_db()
    assert (company.industry, company.employees) == ("Holzbau", 12)
    assert counts(run)["unchanged"] == 2

    taken_in(people.manager, ("neuer.csv", older), as_of=timezone.now())
    company.refresh_from_db()
    assert (company.industry, company.employees) == ("Möbel", 15)
    assert company.events.latest("pgh_id").employees == 12


def test_a_trial_finds_out_the_same_and_writes_nothing(people):
    run = checked(brought(people.manager, ("firmen.csv", FIRMS)))

    assert counts(run) == {"created": 2, "rejected": 1}
    assert run.checked_at is not None
    assert not Company.objects.exists()


def test_who_may_be_known_already_is_doubted_and_the_user_decides(people):
    CompanyFactory(name="Holz Moeller")
    run = checked(brought(people.manager, ("firmen.csv", FIRMS)))
    doubt = ImportDoubt.objects.get()

    assert (doubt.line, doubt.twin_label) == (2, "Holz Moeller")
    actions.decide([doubt], {doubt.pk: "same"}, actor=people.manager)
    run = done(actions.run(run, actor=people.manager))

    assert counts(run) == {"created": 1, "updated": 1, "doubtful": 1, "rejected": 1}
    assert Company.objects.get(customer_number="10").name == "Holz Möller GmbH"


def test_an_undecided_doubt_is_left_out_with_its_reason_and_can_be_fixed(people):
    CompanyFactory(name="Holz Moeller")

    run = taken_in(people.manager, ("firmen.csv", FIRMS))

    assert Company.objects.count() == 2
    assert "Holz Moeller" in dict(reasons(run))[2]


def test_the_same_number_under_another_name_is_never_overwritten_unasked(people):
    CompanyFactory(name="Bäckerei Zwick", customer_number="10")

    run = taken_in(people.manager, ("firmen.csv", FIRMS))

    assert Company.objects.get(customer_number="10").name == "Bäckerei Zwick"
    assert counts(run)["doubtful"] == 1


def test_a_move_from_another_system_links_accounts_contacts_and_deals_by_their_ids(people):
    accounts = "Id,Name,BillingCity,BillingPostalCode,OwnerId\n001A,Nordwind AG,Kiel,24103,x\n"
    contacts = (
        "Id,AccountId,FirstName,LastName,Title,Email,MobilePhone,OwnerId\n"
        "003A,001A,Anna,Berg,Einkauf,anna@nordwind.example,0171 2345678,x\n"
        "003B,999Z,Bert,Thal,,bert@thal.example,,x\n"
    )
    deals = (
        "Id,AccountId,Name,StageName,Amount,CloseDate,CreatedDate,OwnerId\n"
        "006A,001A,Rahmenvertrag,Negotiation,12000.50,2030-01-31,2026-01-05,x\n"
    )

    run = taken_in(
        people.manager, ("Opportunity.csv", deals), ("Contact.csv", contacts), ("Account.csv", accounts)
    )

    assert run.system == "salesforce"
    company = Company.objects.get(external_id="salesforce:001A")
    person = Person.objects.get(external_id="salesforce:003A")
    deal = company.deals.get()
    assert person.employments.get().company == company
    assert (deal.external_id, deal.title, str(deal.value)) == ("salesforce:006A", "Rahmenvertrag", "12000.50")
    assert not Person.objects.get(last_name="Thal").employments.exists()


def test_persons_find_their_company_by_name_and_make_the_one_that_is_missing(people):
    known = CompanyFactory(name="Kessler & Söhne KG")
    table = (
        "Vorname;Nachname;Firma;Position;Anrede\n"
        "Anna;Berg;Kessler und Soehne KG;Chefin;Frau\nBo;Ek;Neu AG;;Herr\n"
    )

    run = taken_in(people.manager, ("kontakte.csv", table))

    assert counts(run) == {"created": 2}
    assert Employment.objects.get(person__last_name="Berg").company == known
    assert Employment.objects.get(person__last_name="Ek").company.name == "Neu AG"
    assert Person.objects.get(last_name="Berg").salutation == "ms"


def test_the_same_name_at_another_company_is_a_doubt_and_at_the_same_one_it_is_known(people):
    job = EmploymentFactory(
        person=PersonFactory(first_name="Anna", last_name="Berg"), company=CompanyFactory(name="Alt AG")
    )
    table = "Vorname;Nachname;Firma\nAnna;Berg;Neu AG\n"

    other = taken_in(people.manager, ("a.csv", table))
    same = taken_in(people.manager, ("b.csv", table.replace("Neu AG", "Alt AG")))

    assert counts(other) == {"doubtful": 1, "rejected": 1}
    assert counts(same) == {"unchanged": 1}
    assert job.person.employments.count() == 1


def test_a_rep_brings_in_an_address_book_and_owns_what_is_new(people):
    known = CompanyFactory(name="Holz Möller GmbH", customer_number="10", owner=people.stranger)

    taken_in(people.owner, ("firmen.csv", FIRMS))

    known.refresh_from_db()
    assert Company.objects.get(customer_number="11").owner == people.owner
    assert known.owner == people.stranger


def test_a_rep_cannot_bring_in_deals(people):
    run = brought(people.owner, ("deals.csv", "Deal ID;Phase\n1;Kontakt\n"))

    assert run.files.get().table != "deals"


def test_an_address_on_the_list_of_objections_stays_blocked(people):
    from contacts.lawful import may_reach
    from contacts.suppression import suppress

    suppress("email", "info@moeller.example", origin="objection")

    run = taken_in(people.manager, ("firmen.csv", FIRMS))

    company = Company.objects.get(customer_number="10")
    assert not may_reach(company, "email", channel="info@moeller.example").allowed
    assert run.files.get().counts["notes"][0][1] == 1


def test_what_the_database_refuses_costs_only_its_row(people):
    CompanyFactory(name="Ganz andere", customer_number="77")
    table = "Externe ID;Firma;Kundennummer\na;Eins AG;70\nb;Zwei AG;77\nc;Drei AG;79\n"

    run = taken_in(people.manager, ("firmen.csv", table))

    assert counts(run) == {"created": 2, "rejected": 1}
    assert reasons(run)[0][0] == 3


def test_what_was_mapped_once_is_mapped_again(people):
    table = "Wer;Was\nEins AG;a@eins.example\n"
    run = brought(people.manager, ("liste.csv", table))
    file = run.files.get()
    file = actions.read_again(file, table="companies", given={}, actor=people.manager).files.get()
    done(Import.objects.get(pk=run.pk))
    file.refresh_from_db()
    actions.map_columns(file, {"0": "name", "1": "email"}, "name", actor=people.manager)

    again = brought(people.manager, ("liste2.csv", table)).files.get()
    actions.read_again(again, table="companies", given={}, actor=people.manager)
    done(Import.objects.get(pk=again.run_id))
    again.refresh_from_db()

    assert again.columns == {"0": "name", "1": "email"}


def test_words_are_mapped_by_hand(people):
    table = "Firma;Art;Zuständig\nEins AG;Stammkunde;lena\n"
    run = brought(people.manager, ("firmen.csv", table))
    actions.map_values(
        run.files.get(),
        {"kind": {"stammkunde": "partner"}, "owner": {"lena": people.owner.pk}},
        actor=people.manager,
    )

    done(actions.run(run, actor=people.manager))

    company = Company.objects.get()
    assert (company.kinds, company.owner) == (["partner"], people.owner)


def test_channels_of_a_known_contact_are_added_and_none_twice(people):
    company = CompanyFactory(name="Holz Möller GmbH", customer_number="10")
    ChannelFactory(company=company, kind="mobile", value="+49711123456")

    taken_in(people.manager, ("firmen.csv", FIRMS))

    assert sorted(company.channels.values_list("value", flat=True)) == [
        "+49711123456",
        "info@moeller.example",
    ]
