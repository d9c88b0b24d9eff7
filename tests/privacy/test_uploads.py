"""Uploaded files from which no row came go with whoever stands in them; those of others stay."""

import io

import pytest
from openpyxl import Workbook

from imports.models import ImportFile
from privacy.actions import erase_person
from privacy.plan import plan_erasure
from tests.factories import ChannelFactory, PersonFactory
from tests.imports.bringing import brought, taken_in

pytestmark = pytest.mark.django_db

HEAD = "Vorname;Nachname;E-Mail\n"


@pytest.fixture
def person(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person = PersonFactory(first_name="Quirina", last_name="Qanarivogel")
    ChannelFactory(company=None, person=person, kind="email", value="quirina@kunde.example")
    return person


def workbook(*rows: list[str]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def test_uploaded_files_that_name_the_person_go(people, person, django_capture_on_commit_callbacks):
    naming = brought(
        people.manager,
        ("messe.csv", f"{HEAD}Quirina;Qanarivogel;\n".encode("cp1252")),
        ("adressen.csv", f"{HEAD}Q.;Vogel;QUIRINA@kunde.example\n"),
        (
            "karten.vcf",
            "BEGIN:VCARD\nVERSION:3.0\nFN:Quirina Qanarivogel\nN:Qanarivogel;Quirina;;;\nEND:VCARD\n",
        ),
        ("liste.xlsx", workbook(["Vorname", "Nachname"], ["Quirina", "Qanarivogel"])),
    )
    others = brought(people.manager, ("andere.csv", f"{HEAD}Quirina;Berg;\nJan;Qanarivogel;\n"))
    unchanged = taken_in(
        people.manager, ("bekannt.csv", f"{HEAD}Quirina;Qanarivogel;quirina@kunde.example\n")
    )
    assert unchanged.files.get().counts["unchanged"] == 1

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person, actor=people.admin)

    for file in ImportFile.objects.filter(run__in=[naming, unchanged]):
        assert not file.file.storage.exists(file.file.name), file.name
        assert "Qanarivogel" not in str(file.preview)
    left = others.files.get()
    assert left.file.storage.exists(left.file.name)
    assert left.preview["first"]


def test_a_file_that_is_gone_already_is_passed_over(people, person):
    file = brought(people.manager, ("messe.csv", f"{HEAD}Quirina;Qanarivogel;\n")).files.get()
    file.file.storage.delete(file.file.name)

    assert all(type(row) is not ImportFile for row, _changed in plan_erasure(person).mentions)
