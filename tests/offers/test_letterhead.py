"""The letterhead in the admin: one row, a logo drawn anew, a specimen to look at."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from offers.models import current_letterhead
from tests.conftest import log_in

pytestmark = pytest.mark.django_db


def picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGBA", (2000, 400), (20, 110, 80, 128)).save(drawn, "PNG")
    return SimpleUploadedFile("logo.png", drawn.getvalue())


def test_an_admin_keeps_the_letterhead_and_looks_at_a_specimen(client, people):
    log_in(client, people, "admin")
    said = {"name": "Muster GmbH", "iban": "DE02 1203 0000 0000 2020 51", "logo_file": picture()}

    saved = client.post(reverse("admin:offers_letterhead_add"), said)
    seen = client.get(reverse("admin:offers_letterhead_specimen"))

    assert saved.status_code == 302
    assert Image.open(BytesIO(bytes(current_letterhead().logo))).size == (945, 189)
    assert seen.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "wrong", [{"iban": "DE03 1203 0000 0000 2020 51"}, {"logo_file": SimpleUploadedFile("l.png", b"<svg/>")}]
)
def test_what_is_wrong_is_said(client, people, wrong):
    log_in(client, people, "admin")

    answer = client.post(reverse("admin:offers_letterhead_add"), {"name": "Muster GmbH", **wrong})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
