"""The pages of an import: what each step shows and takes, what hostile input gets, and how much they ask."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from contacts.models import Company
from core import jobs
from core.models import Job
from imports.models import Import, ImportDoubt
from lists.models import ExportLog
from tests.conftest import log_in
from tests.factories import CompanyFactory
from tests.imports.bringing import brought, checked, taken_in

pytestmark = pytest.mark.django_db
TABLE = "Firma;Art;Ort\nHolz Möller GmbH;Stammkunde;Ulm\n;x;Kiel\n"


@pytest.fixture
def manager(client, people):
    log_in(client, people, "manager")
    return client


def uploaded(client, *files: SimpleUploadedFile):
    return client.post(reverse("imports:import_add"), {"files": list(files), "as_of": "2026-01-05"})


def do_job() -> None:
    jobs.run(Job.objects.latest("pk").pk)


def test_from_upload_to_undo(manager, people):
    answer = uploaded(manager, SimpleUploadedFile("firmen.csv", TABLE.encode()))
    run = Import.objects.get()
    assert answer.url == run.get_absolute_url()
    assert "every 1s" in manager.get(answer.url).text
    do_job()

    file = run.files.get()
    assert "Möller" in manager.get(reverse("imports:file_read", args=[file.pk])).text
    columns = reverse("imports:file_columns", args=[file.pk])
    answer = manager.post(
        columns, {"column_0": "name", "column_1": "kind", "column_2": "city", "key": "name"}
    )
    values = reverse("imports:file_values", args=[file.pk])
    assert answer.url == values
    assert "Stammkunde" in manager.get(values).text
    manager.post(values, {"kind_0": "partner", "kind_1": ""})

    manager.post(reverse("imports:import_check", args=[run.pk]))
    do_job()
    assert not Company.objects.exists()
    manager.post(reverse("imports:import_run", args=[run.pk]))
    do_job()
    assert Company.objects.get().kinds == ["partner"]
    rejects = manager.post(reverse("imports:file_rejects", args=[file.pk])).content.decode("utf-8-sig")
    assert rejects.splitlines()[1].startswith(";x;Kiel;3;")

    manager.post(reverse("imports:import_undo", args=[run.pk]))
    do_job()
    assert not Company.objects.exists()
    run.refresh_from_db()
    assert run.state == "undone"


def test_rejected_rows_can_be_corrected_and_brought_in_again(manager, people):
    run = taken_in(people.manager, ("firmen.csv", TABLE))
    rejects = manager.post(reverse("imports:file_rejects", args=[run.files.get().pk])).content
    fixed = rejects.decode("utf-8-sig").replace(";x;Kiel", "Neu AG;x;Kiel", 1)

    taken_in(people.manager, ("rejected.csv", fixed))

    assert Company.objects.filter(name="Neu AG").exists()


def test_the_columns_form_says_what_is_missing_and_what_is_said_twice(manager, people):
    file = brought(people.manager, ("firmen.csv", TABLE)).files.get()
    url = reverse("imports:file_columns", args=[file.pk])

    nothing = manager.post(url, {"key": "name"})
    twice = manager.post(url, {"column_0": "name", "column_1": "name", "key": "name"})
    unknown = manager.post(url, {"column_0": "__class__", "key": "password"})

    assert [answer.status_code for answer in (nothing, twice, unknown)] == [422, 422, 422]
    assert "Name der Firma" in nothing.text


def test_doubts_are_decided_page_by_page(manager, people):
    CompanyFactory(name="Holz Moeller")
    run = checked(brought(people.manager, ("firmen.csv", TABLE)))
    doubt = ImportDoubt.objects.get()
    url = reverse("imports:import_doubts", args=[run.pk])

    assert "Holz Moeller" in manager.get(url).text
    manager.post(url, {f"doubt_{doubt.pk}": "create"})

    doubt.refresh_from_db()
    assert doubt.decision == "create"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leer.csv", b""),
        ("nul.csv", b"\x00" * 5000),
        ("alt.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
        ("kaputt.xlsx", b"PK\x03\x04" + b"x" * 600),
        ("../../etc/passwd.csv", b"Firma\n=cmd|' /C calc'!A0\n"),
        ("html.csv", b'<script>alert(1)</script>\n"""\n'),
        ("karte.vcf", b"BEGIN:VCARD\n" + b"\xff\xfe" * 100),
        ("lang.csv", b"Firma;Notiz\nA;" + b"x" * 200_000 + b"\n"),
        ("x" * 300 + ".csv", "Firma\n\u202eGegenläufig\n".encode()),
    ],
)
def test_hostile_files_are_read_or_refused_with_a_sentence(manager, name, content):
    uploaded(manager, SimpleUploadedFile(name, content or b" "))
    do_job()

    run = Import.objects.get()
    assert run.job.state == "done"
    page = manager.get(run.get_absolute_url())
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    for step in ("file_read", "file_columns", "file_values"):
        assert manager.get(reverse(f"imports:{step}", args=[run.files.get().pk])).status_code in (200, 404)


def test_a_workbook_comes_in_by_the_named_sheet(manager, people):
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Deckblatt"])
    book.create_sheet("Kunden").append(["Firma"])
    book["Kunden"].append(["Eins AG"])
    book.save(content)
    uploaded(manager, SimpleUploadedFile("mappe.xlsx", content.getvalue()))
    do_job()
    file = Import.objects.get().files.get()

    manager.post(reverse("imports:file_read", args=[file.pk]), {"table": "companies", "sheet": "Kunden"})
    do_job()

    file.refresh_from_db()
    assert (file.preview["headers"], file.columns) == (["Firma"], {"0": "name"})


def test_the_list_asks_as_much_for_twenty_imports_as_for_two(manager, people, count_queries):
    def rows(number: int) -> None:
        for _row in range(number):
            job = Job.objects.create(kind="import.read", actor=people.manager)
            Import.objects.create(actor=people.manager, title="Liste", as_of=timezone.now(), job=job)

    rows(2)
    with count_queries() as few:
        manager.get(reverse("imports:import_list"))
    rows(18)
    with count_queries() as many:
        manager.get(reverse("imports:import_list"))

    assert len(few) == len(many)


def test_a_template_comes_in_again_as_what_it_is(manager, people):
    content = manager.get(reverse("imports:import_template", args=["persons"])).content
    file = brought(people.manager, ("vorlage.csv", content.decode("utf-8-sig") + "x" + ";" * 40)).files.get()

    assert file.table == "persons"


def test_the_check_shows_what_would_change_field_by_field(manager, people):
    CompanyFactory(name="Holz Möller GmbH", customer_number="10", industry="Sägewerk", legal_form="GmbH")
    Company.objects.update(created_at=timezone.now() - timedelta(days=9))
    table = "Kundennummer;Firma;Branche\n10;Holz Möller GmbH;Holzbau\n11;Neu AG;Bau\n"

    run = checked(brought(people.manager, ("firmen.csv", table)))

    page = manager.get(run.get_absolute_url()).text
    assert "Sägewerk → <strong>Holzbau</strong>" in page
    assert "Neu AG" in page


def test_whoever_takes_rejected_rows_out_stands_in_the_log_of_exports(manager, people):
    run = taken_in(people.manager, ("Anna Berg.csv", TABLE))

    manager.post(reverse("imports:file_rejects", args=[run.files.get().pk]))

    taken = ExportLog.objects.get()
    assert (taken.by, taken.page, taken.rows, "Anna" in taken.asked) == (people.manager, "rejects", 1, False)
