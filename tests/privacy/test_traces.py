"""Nothing of a person hides: the whole database and all stored files are searched for a mark."""

import io
import json
from zipfile import ZipFile

import pytest
from django.db import connection
from django.urls import reverse

from contacts.merging import merge
from core.jobs import run
from core.models import Job
from lists.models import ExportLog
from privacy.actions import ask_for_report, erase_person, forget_reports
from privacy.actions.reports import KEPT
from privacy.dossier import read_dossier
from privacy.holdings import read_holdings
from privacy.models import Erasure, PersonReport
from tests.conftest import log_in
from tests.factories import ActivityFactory, ChannelFactory, PersonFactory, UserFactory
from tests.privacy.world import everything, files_with, known_person, leave_traces, places_of

pytestmark = pytest.mark.django_db

MARK, TWIN = "Qanarivogel", "Zwillingsvogel"
LOOSE = {
    "activities_attachment.name",
    "contacts_companyevent.note",
    "core_job.message",
    "django_admin_log.object_repr",
    "imports_importdoubt.label",
    "imports_importfile.preview",
    "imports_importreject.cells",
    "imports_importrow.before",
    "leads_lead.note",
    "leads_touch.content",
    "leads_touch.details",
    "lists_exportlog.asked",
    "lists_savedview.query",
}


@pytest.fixture
def admin():
    return UserFactory(role="admin")


@pytest.fixture
def person(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person = known_person(MARK)
    leave_traces(person, MARK)
    person.refresh_from_db()
    return person


def twin_of(person, admin):
    """Another entry of the same human being, merged away: all of it but what both say."""
    twin = PersonFactory(first_name="Zweite", last_name=TWIN, note=f"Notiz {TWIN}")
    ChannelFactory(company=None, person=twin, kind="email", value=f"{TWIN}@kunde.example".lower())
    merge(person, twin, {"note": "kept"}, seen_versions=(person.version, twin.version), actor=admin)
    return twin


def leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(leaf for inner in value.values() for leaf in leaves(inner))]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [str(value)]


def said_with(mark: str) -> set[str]:
    """Every text of the database that holds the mark."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for place in places_of(mark):
            table, column = place.split(".")
            if column.endswith("_key"):
                continue  # computed from other columns
            cursor.execute(f'SELECT to_jsonb("{column}") FROM "{table}"')
            for (value,) in cursor.fetchall():
                texts = leaves(json.loads(value)) if value else []
                found |= {text for text in texts if mark.casefold() in text.casefold()}
    return found


def test_the_search_finds_what_is_there(person):
    assert places_of(MARK) >= LOOSE
    assert len(files_with(MARK)) >= 3


def test_the_report_says_all_that_is_there(person, admin):
    twin = twin_of(person, admin)

    report = everything(read_dossier(read_holdings(twin)).as_json()).casefold()

    for mark in (MARK, TWIN):
        for text in said_with(mark):
            assert json.dumps(text, ensure_ascii=False).strip('"').casefold() in report, text


def test_erasure_leaves_nothing_in_tables_or_files(person, admin, django_capture_on_commit_callbacks):
    twin = twin_of(person, admin)

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(twin, actor=admin)

    assert places_of(MARK) == places_of(TWIN) == set()
    assert files_with(MARK) == set()
    assert set(Erasure.objects.values_list("person", flat=True)) == {person.pk, twin.pk}


def test_a_namesake_and_a_shared_number_keep_theirs(person, admin):
    namesake = PersonFactory(first_name=person.first_name, last_name=person.last_name)
    about = PersonFactory(note=f"Kennt {namesake.first_name} {namesake.last_name}")

    erase_person(person, actor=admin)

    about.refresh_from_db()
    namesake.refresh_from_db()
    assert namesake.last_name == f"Nach{MARK}"
    assert about.note == f"Kennt {namesake.first_name} {namesake.last_name}"


def test_the_report_is_made_by_a_worker_and_handed_out_with_the_files(client, people, person):
    admin = log_in(client, people, "admin")

    answer = client.post(reverse("privacy:person_report", args=[person.pk]))
    assert client.get(answer.url).status_code == 200
    again = client.post(reverse("privacy:person_report", args=[person.pk]))
    run(Job.objects.latest("pk").pk)

    assert again.url == answer.url
    report = PersonReport.objects.get()
    file = client.get(reverse("privacy:report_file", args=[report.pk]))
    bundle = ZipFile(io.BytesIO(b"".join(file.streaming_content)))
    names = bundle.namelist()
    assert [name.rpartition(".")[2] for name in names[:2]] == ["json", "pdf"]
    assert any(f"Vertrag_{MARK}.txt" in name for name in names)
    contract = next(name for name in names if "Vertrag" in name)
    assert MARK in bundle.read(contract).decode()
    assert MARK in bundle.read(names[0]).decode()
    taken = ExportLog.objects.get(by=admin)
    assert (taken.page, taken.rows) == ("dossier", report.entries)


def test_a_report_goes_with_its_person_and_after_some_days(person, admin, django_capture_on_commit_callbacks):
    report, old = ask_for_report(person, actor=admin), ask_for_report(PersonFactory(), actor=admin)
    for job in Job.objects.filter(kind="privacy.report"):
        run(job.pk)
    PersonReport.objects.filter(pk=old.pk).update(asked_at=old.asked_at - KEPT * 2)

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person, actor=admin)

    assert not PersonReport.objects.filter(pk=report.pk).exists()
    assert files_with(MARK) == set()
    assert forget_reports() == 1
    assert not PersonReport.objects.exists()


def test_erasure_while_the_report_is_made_leaves_no_file(person, admin, monkeypatch):
    ask_for_report(person, actor=admin)

    def erased_meanwhile(who, target, progress):
        target.write(MARK.encode())
        erase_person(who, actor=admin)
        return 1

    monkeypatch.setattr("privacy.work.write_bundle", erased_meanwhile)
    run(Job.objects.latest("pk").pk)

    assert not PersonReport.objects.exists()
    assert not [name for name in files_with(MARK) if name.endswith(".zip")]


def test_many_entries_cost_no_more_questions(person, count_queries):
    counts = []
    for more in (2, 18):
        ActivityFactory.create_batch(
            more, company=None, person=person, author=person.activities.first().author
        )
        with count_queries() as counted:
            read_dossier(read_holdings(person))
        counts.append(len(counted))

    assert counts[0] == counts[1]
