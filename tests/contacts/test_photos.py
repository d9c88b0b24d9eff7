"""Photos of persons: drawn anew, served to who may see them, replaced and taken away."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from contacts.photos import EDGE, redrawn
from tests.factories import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
PLACE_OF_SHOT = 0x8825


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def picture(size=(900, 600), form="JPEG"):
    image, out = Image.new("RGB", size, "green"), BytesIO()
    exif = Image.Exif()
    exif[PLACE_OF_SHOT] = {1: "N"}
    image.save(out, form, exif=exif)
    return SimpleUploadedFile(f"eva.{form.lower()}", out.getvalue())


def upload(client, person, photo):
    return client.post(reverse("contacts:person_photo", args=[person.pk]), {"photo": photo})


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_anew_small_and_without_its_place(form):
    with Image.open(redrawn(picture(form=form))) as image:
        assert (image.format, image.size) == ("JPEG", (EDGE, EDGE))
        assert not dict(image.getexif())


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload='alert(1)'/>", b"GIF89a" + b"\0" * 99, b"\xff\xd8\xff" * 999]
)
def test_what_is_no_photo_is_refused(client, user, content):
    response = upload(client, PersonFactory(), SimpleUploadedFile("eva.jpg", content))

    assert response.status_code == 422


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr("contacts.photos.MOST_PIXELS", 1000)

    with pytest.raises(ValidationError):
        redrawn(picture())


def test_a_photo_is_kept_and_shown(client, user):
    person = PersonFactory()

    upload(client, person, picture())

    answer = client.get(reverse("contacts:person_photo_file", args=[person.pk]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"person-photo" in client.get(person.get_absolute_url()).content


def test_a_new_photo_replaces_the_old_and_one_can_be_taken_away(
    client, user, tmp_path, django_capture_on_commit_callbacks
):
    person = PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, person, picture())
        upload(client, person, picture())
    assert len(list(tmp_path.rglob("*.jpg"))) == 1

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("contacts:person_photo", args=[person.pk]), {"remove": "on"})

    assert not list(tmp_path.rglob("*.jpg"))
    assert client.get(reverse("contacts:person_photo_file", args=[person.pk])).status_code == 404
