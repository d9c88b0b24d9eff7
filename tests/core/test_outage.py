"""The database is away: a German page says so and when to ask again, whoever notices it."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from core import health
from tests.conftest import log_in

pytestmark = pytest.mark.django_db


def fails_with(error: Exception):
    """Stands in for what asks the database."""

    def fail(*args: object, **options: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_middleware_that_finds_the_database_away_answers_503(people, monkeypatch, error):
    client = Client(raise_request_exception=False)
    log_in(client, people, "owner")
    monkeypatch.setattr(SessionStore, "load", fails_with(error))

    answer = client.get(reverse("pipeline:deal_board"))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert '<html lang="de"' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_view_that_finds_the_database_away_answers_503(client, monkeypatch):
    monkeypatch.setattr(health.connection, "cursor", fails_with(OperationalError("gone")), raising=False)

    answer = client.get(reverse("healthz"))

    assert answer.status_code == 503


def test_any_other_failure_stays_a_failure(people, monkeypatch):
    client = Client(raise_request_exception=False)
    log_in(client, people, "owner")
    monkeypatch.setattr(SessionStore, "load", fails_with(ValueError("ours")))

    answer = client.get(reverse("pipeline:deal_board"))

    assert answer.status_code == 500
    assert "ours" not in answer.content.decode()
