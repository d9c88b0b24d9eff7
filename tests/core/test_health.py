"""/healthz judges web and database; the full answer tells of everything behind them."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from core import heartbeats
from core.models import Delivery, Heartbeat
from core.tasks import beat_heart
from funnel_crm import healthcheck
from tests.core.test_outbox import event  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def full(client):
    answer = client.get("/healthz", {"full": "1"})
    return answer.status_code, answer.json()


def everybody_lives() -> None:
    heartbeats.beat("relay")
    beat_heart()


def test_without_broker_and_worker_a_web_node_serves(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_who_was_not_heard_of_for_a_minute_is_named(client):
    everybody_lives()
    Heartbeat.objects.filter(name="worker").update(at=timezone.now() - timedelta(seconds=90))

    status, answer = full(client)

    assert (status, answer["silent"], answer["status"]) == (503, ["worker"], "degraded")


def test_parked_deliveries_are_told_while_all_live(client, event):  # noqa: F811
    everybody_lives()
    Delivery.objects.filter(pk=event.deliveries.earliest("pk").pk).update(parked_at=timezone.now())

    status, answer = full(client)

    assert (status, answer["status"]) == (200, "degraded")
    assert (answer["waiting_deliveries"], answer["parked_deliveries"]) == (1, 1)


@pytest.mark.parametrize(
    ("part", "status", "silent", "is_healthy"),
    [
        ("web", 200, [], True),
        ("web", 503, [], False),
        ("relay", 503, ["worker"], True),
        ("worker", 503, ["worker"], False),
    ],
)
def test_a_container_asks_about_its_own_part_alone(monkeypatch, part, status, silent, is_healthy):
    body = json.dumps({"silent": silent}).encode()
    monkeypatch.setattr(healthcheck, "_ask", lambda address, path: (status, body))

    assert healthcheck.is_healthy(part, "http://web:8000") is is_healthy
