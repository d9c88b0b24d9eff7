"""Whatever is typed into the pages before the log-in gets an answer, never an error."""

import base64

import pytest
from django.urls import reverse

from tests.conftest import log_in

pytestmark = pytest.mark.django_db

STRINGS = [
    "\x00",
    "a\x00@trichter.example",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "ẞ\u2028\u202eelpmaxe@trichter.example",
    "x" * 1_000_000,
    "a" + "\u0301" * 1000 + "@trichter.example",
    "' OR 1=1 --@trichter.example",
    "%" * 5000,
]


@pytest.mark.parametrize("text", STRINGS, ids=range(len(STRINGS)))
def test_log_in_and_password_link_answer(client, text):
    answers = [
        client.post(reverse("accounts:login"), {"username": text, "password": text, "next": text[:2000]}),
        client.post(reverse("accounts:password_reset"), {"email": text}),
        client.post(reverse("accounts:language_set"), {"language": text[:50], "next": text[:2000]}),
    ]

    assert all(answer.status_code < 500 for answer in answers)


@pytest.mark.parametrize("key", ["99999999999999999999999999", "-1", "", "abc", "\x00", "1e999999", "²"])
def test_a_link_for_a_strange_user_opens_nothing(client, key):
    uid = base64.urlsafe_b64encode(key.encode()).decode().rstrip("=") or "-"

    answer = client.get(reverse("accounts:password_reset_confirm", args=[uid, "abc-def"]))

    assert answer.status_code == 200
    assert answer.context["validlink"] is False


@pytest.mark.parametrize("text", STRINGS, ids=range(len(STRINGS)))
def test_a_name_is_kept_or_refused(client, people, text):
    log_in(client, people, "owner")

    answer = client.post(
        reverse("accounts:profile"),
        {"first_name": text, "last_name": text, "language": "de", "theme": "auto"},
    )

    assert answer.status_code in (302, 422)
