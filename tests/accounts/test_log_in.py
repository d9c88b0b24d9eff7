"""Logging in and out, and the limit on failed attempts."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.conftest import PASSWORD, log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WRONG = "falsch"


def attempt(client, email="lena@trichter.example", password=WRONG, **extra):
    return client.post(reverse("accounts:login"), {"username": email, "password": password}, **extra)


def fail(client, times=settings.AXES_FAILURE_LIMIT, **options):
    for _ in range(times):
        answer = attempt(client, **options)
    return answer


@pytest.fixture
def lena():
    return UserFactory(email="lena@trichter.example")


def test_address_and_password_open_the_page_that_was_asked_for(client, lena):
    page = reverse("accounts:profile")
    asked = client.get(page)

    answer = client.post(
        asked["Location"], {"username": " LENA@Trichter.example", "password": PASSWORD, "next": page}
    )

    assert asked["Location"] == f"{reverse('accounts:login')}?next={page}"
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert client.get(page).status_code == 200


def test_nobody_is_sent_to_a_foreign_page_after_the_log_in(client, lena):
    answer = client.post(
        reverse("accounts:login"),
        {"username": lena.email, "password": PASSWORD, "next": "https://boese.example/"},
    )

    assert answer["Location"] == "/"


def test_the_session_gets_a_new_key_at_log_in(client, lena):
    client.get(reverse("accounts:login"))
    session = client.session
    session["before"] = True
    session.save()
    key = session.session_key

    attempt(client, password=PASSWORD)

    assert client.session.session_key != key


def test_unknown_wrong_and_deactivated_get_the_same_answer(client, lena):
    UserFactory(email="weg@trichter.example", is_active=False)

    answers = [
        attempt(client).content,
        attempt(client, email="niemand@trichter.example").content,
        attempt(client, email="weg@trichter.example", password=PASSWORD).content,
    ]

    texts = {without_address_and_token(answer.decode()) for answer in answers}
    assert len(texts) == 1


def without_address_and_token(page: str) -> str:
    lines = [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines).replace("lena@", "x@").replace("niemand@", "x@").replace("weg@", "x@")


def test_logging_out_takes_a_post_and_ends_the_session(client, people):
    log_in(client, people, "owner")

    by_get = client.get(reverse("accounts:logout"))
    by_post = client.post(reverse("accounts:logout"))

    assert by_get.status_code == 405
    assert by_post["Location"] == reverse("accounts:login")
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_too_many_failures_close_the_door_even_for_the_right_password(client, lena):
    last = fail(client)

    afterwards = attempt(client, password=PASSWORD)

    assert (last.status_code, afterwards.status_code) == (429, 429)
    assert b'name="password"' not in afterwards.content
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_upper_case_does_not_buy_more_attempts(client, lena):
    fail(client, times=settings.AXES_FAILURE_LIMIT - 1)

    assert attempt(client, email="LENA@trichter.EXAMPLE").status_code == 429


def test_the_victim_can_log_in_from_elsewhere(client, lena):
    fail(client, REMOTE_ADDR="203.0.113.9")

    answer = attempt(client, password=PASSWORD, REMOTE_ADDR="198.51.100.4")

    assert answer.status_code == 302


def test_behind_a_proxy_the_visitor_counts_and_cannot_invent_addresses(client, lena, settings):
    settings.PROXY_COUNT = 1
    for number in range(settings.AXES_FAILURE_LIMIT):
        answer = attempt(client, headers={"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.9"})

    elsewhere = attempt(client, password=PASSWORD, headers={"X-Forwarded-For": "198.51.100.4"})

    assert answer.status_code == 429
    assert elsewhere.status_code == 302


def test_the_neighbours_of_an_ipv6_address_count_as_one(client, lena):
    for number in range(settings.AXES_FAILURE_LIMIT):
        answer = attempt(client, REMOTE_ADDR=f"2001:db8:1:2::{number + 1}")

    assert answer.status_code == 429
    assert attempt(client, password=PASSWORD, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_the_limit_asks_no_broker_and_no_cache(client, lena, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    assert fail(client).status_code == 429


def test_a_locked_out_fragment_says_so_too(client, lena):
    fail(client)

    answer = attempt(client, headers={"HX-Request": "true"})

    assert answer.status_code == 429
