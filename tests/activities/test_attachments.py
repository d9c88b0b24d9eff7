"""Files of entries: taken or refused, bound once, handed out as downloads, removed when nobody saved them."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from activities.actions import add_file, attach_files, detach_file, remove_orphans
from activities.errors import FileRefused
from activities.files import LARGEST, MOST_PER_ENTRY, clean_name
from activities.models import Activity, Attachment
from core.models import Event
from tests.conftest import log_in
from tests.factories import ActivityFactory, DealFactory, UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def upload(name="angebot.pdf", content=b"%PDF-1.7 Angebot"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("makro.exe", b"MZ"),
        ("seite.html", b"<script>alert(1)</script>"),
        ("bild.svg", b"<svg onload='alert(1)'/>"),
        ("angebot.pdf", b"<html>"),
        ("foto.jpg", b"GIF89a"),
        ("leer.txt", b""),
        ("ohne-endung", b"%PDF"),
        ("", b"%PDF"),
    ],
)
def test_what_is_no_harmless_file_is_refused(name, content):
    file = SimpleUploadedFile("x", content)
    file._name = name

    with pytest.raises(FileRefused):
        add_file(file, actor=UserFactory())

    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_refused():
    file = upload()
    file.size = LARGEST + 1

    with pytest.raises(FileRefused):
        add_file(file, actor=UserFactory())


def test_names_lose_paths_and_signs_that_are_not_for_reading():
    assert clean_name("../../etc/pass\u202ewd\n.pdf") == "passwd.pdf"
    assert clean_name("C:\\Ordner\\Plan.pdf") == "Plan.pdf"
    assert clean_name("x" * 500 + ".pdf").endswith("x.pdf")


def test_bytes_lie_under_a_random_name_and_go_to_the_entry_once():
    note = ActivityFactory()
    file = add_file(upload(), actor=note.author)

    counts = [attach_files(note, [file], actor=note.author) for _time in range(2)]

    assert counts == [1, 0]
    assert "angebot" not in file.file.name
    assert Event.objects.get().kind == "file.attached"


def test_nobody_binds_the_file_of_another():
    note, file = ActivityFactory(), add_file(upload(), actor=UserFactory())

    assert attach_files(note, [file], actor=note.author) == 0


def test_an_entry_takes_ten_files():
    note = ActivityFactory()
    files = [add_file(upload(), actor=note.author) for _number in range(MOST_PER_ENTRY + 1)]

    with pytest.raises(FileRefused):
        attach_files(note, files, actor=note.author)


def test_a_download_is_one_that_no_browser_runs(client, people):
    log_in(client, people, "owner")
    file = add_file(upload("Ändern; x=1.pdf"), actor=people.owner)

    response = client.get(reverse("activities:file_download", args=[file.pk]))

    assert b"".join(response.streaming_content) == b"%PDF-1.7 Angebot"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%84ndern%3B%20x%3D1.pdf"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"


def test_files_follow_the_deal_of_their_entry(client, people, settings):
    settings.DEAL_VISIBILITY = "own"
    deal = DealFactory(owner=people.owner)
    note = ActivityFactory(deal=deal, author=people.owner)
    file = add_file(upload(), actor=people.owner)
    attach_files(note, [file], actor=people.owner)
    log_in(client, people, "stranger")

    assert client.get(reverse("activities:file_download", args=[file.pk])).status_code == 404


def test_a_note_takes_files_with_and_without_script(client, people):
    log_in(client, people, "owner")
    deal = DealFactory(owner=people.owner)
    url = reverse("activities:note_write", args=["deals", deal.pk])
    line = client.post(reverse("activities:file_add"), {"file": upload()}, headers=HTMX)
    stored = Attachment.objects.get()

    missing = client.post(url, {"text": "", "files": stored.pk}, headers=HTMX)
    client.post(url, {"form_key": deal.pk, "text": "mit Plan", "files": stored.pk}, headers=HTMX)
    form_key = "6a3c8f3e-3c4b-4d56-8b0e-0d8f6f3f6f01"
    data = {"form_key": form_key, "text": "mit Plan", "files": stored.pk, "file": upload("plan.txt", b"Plan")}
    client.post(url, data, headers=HTMX)

    assert 'name="files"' in line.content.decode()
    # What was chosen survives the error.
    assert f'value="{stored.pk}"' in missing.content.decode()
    assert sorted(Activity.objects.get().attachments.values_list("name", flat=True)) == [
        "angebot.pdf",
        "plan.txt",
    ]


def test_what_nobody_saved_goes_after_a_day_and_bytes_without_a_row_too(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = UserFactory()
    lost, kept = add_file(upload(), actor=user), add_file(upload(), actor=user)
    attach_files(ActivityFactory(author=user), [kept], actor=user)
    stray = default_storage.save("attachments/aa/stray", upload())
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)

    removed = sum(remove_orphans(tomorrow + timedelta(days=day)) for day in range(16))

    assert removed == 2
    assert not default_storage.exists(lost.file.name)
    assert not default_storage.exists(stray)
    assert default_storage.exists(kept.file.name)


def test_a_file_taken_away_waits_a_day_and_can_come_back():
    note = ActivityFactory()
    file = add_file(upload(), actor=note.author)
    attach_files(note, [file], actor=note.author)

    detach_file(file, actor=note.author)
    remove_orphans()

    assert attach_files(note, [file], actor=note.author) == 1


def test_more_than_the_site_takes_is_cut_off_while_it_is_sent(client, people, settings):
    settings.LARGEST_UPLOAD = 1000
    log_in(client, people, "owner")

    response = client.post(
        reverse("activities:file_add"), {"file": upload(content=b"%PDF" + b"x" * 5000)}, headers=HTMX
    )

    assert response.status_code == 422
    assert not Attachment.objects.exists()
