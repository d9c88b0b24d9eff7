"""What the forms of companies and persons know can be brought in, the example files among it."""

import io

import pytest
from django.urls import reverse

from catalog.models import Product
from contacts.forms import CompanyForm, PersonForm
from contacts.models import Channel, Company, Person, Tag
from imports import actions
from imports.kinds import KINDS
from imports.kinds.companies import Companies
from imports.kinds.persons import Persons
from imports.models import ImportReject
from offers.models import Order
from pipeline.models import Deal
from tests.conftest import log_in
from tests.factories import CompanyFactory
from tests.imports.bringing import brought, counts, done, reasons, taken_in

pytestmark = pytest.mark.django_db
CALLED = {"kinds": "kind", "parent": "parent_id"}


@pytest.mark.parametrize(("form", "kind"), [(CompanyForm, Companies()), (PersonForm, Persons())])
def test_every_field_of_the_form_can_be_brought_in(form, kind):
    columns = {column.code for column in kind.columns()}
    fields = {CALLED.get(name, name) for name in form.base_fields} - {"form_key", "version"}

    assert fields - columns == set()
    assert set(Channel.Kind.values) - columns == set()


def test_tags_size_profiles_and_several_kinds_of_a_company(people):
    known = CompanyFactory(name="Holz AG", customer_number="10", kinds=["prospect"])
    Tag.objects.create(name="Messe")
    table = (
        "Kundennummer;Firma;Größe;Tags;Art;LinkedIn;Rechtsform\n"
        "10;Holz AG;;MESSE, Neu;Lieferant;;\n"
        "11;Neu;groß;Neu;Partner; ;AG\n"
        "12;Drei;11-50;;Lieferant|Partner;linkedin.com/company/drei;\n"
    )

    run = taken_in(people.manager, ("firmen.csv", table))

    assert counts(run) == {"created": 2, "updated": 1}
    new, third = Company.objects.get(customer_number="11"), Company.objects.get(customer_number="12")
    known.refresh_from_db()
    assert {str(tagging) for tagging in known.taggings.all()} == {"Messe", "Neu"}
    assert set(known.kinds) == {"prospect", "supplier"}
    assert (new.stated_size, new.legal_form, new.stands.filter(field="tags").exists()) == (
        "large",
        "AG",
        True,
    )
    assert (third.stated_size, third.kinds) == ("small", ["supplier", "partner"])
    assert third.channels.get().kind == "linkedin"

    again = taken_in(people.manager, ("firmen.csv", table))
    assert counts(again) == {"unchanged": 3}
    done(actions.undo(run, actor=people.manager))
    assert {tag.name for tag in Tag.objects.all()} == {"Messe"}


def test_what_the_database_refuses_is_told_about_the_field_and_by_no_name_of_its_own(people):
    CompanyFactory(name="Ganz andere", customer_number="77")
    table = "Externe ID;Firma;Kundennummer;Mitarbeiter\na;Eins AG;77;\nb;Zwei AG;78;9000000000\n"

    run = taken_in(people.manager, ("firmen.csv", table))

    told = dict(reasons(run))
    assert "Kundennummer" in told[2] or "customer number" in told[2]
    assert all("_" not in reason for reason in told.values())


def test_a_company_without_a_name_is_told_so(people):
    run = taken_in(people.manager, ("firmen.csv", "Firma;Ort\n\u200b;Ulm\n -;Kiel\n"))

    assert {reason for _line, reason in reasons(run)} == {"Der Name fehlt."}


def test_the_example_files_come_in_as_they_stand(people, client):
    log_in(client, people, "admin")
    files = []
    for table in KINDS:
        content = client.get(reverse("imports:import_template", args=[table])).content
        assert len(content.splitlines()) > 2
        files.append((f"{table}.csv", content))

    run = brought(people.admin, *files)
    for file in run.files.all():
        assert file.table == file.name.removesuffix(".csv")
        assert len(file.columns) == len(KINDS[file.table].columns())
    run = done(actions.run(run, actor=people.admin))

    assert [reject.reason for reject in ImportReject.objects.all()] == []
    assert (Company.objects.count(), Person.objects.count(), Deal.objects.count()) == (2, 2, 2)
    assert (Product.objects.count(), Order.objects.count()) == (2, 1)
    assert not any(file.counts["unmapped"] for file in run.files.all())


def test_an_example_file_speaks_the_language_of_its_reader(people, client):
    people.admin.language = "en"
    people.admin.save()
    log_in(client, people, "admin")

    content = client.get(reverse("imports:import_template", args=["companies"])).content

    run = brought(people.admin, ("companies.csv", io.BytesIO(content).read()))
    assert "customer number" in content.decode("utf-8-sig").splitlines()[0]
    assert len(run.files.get().columns) == len(Companies().columns())
