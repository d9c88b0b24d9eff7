"""A request never talks to the broker: while that is away, or hangs, every move is saved."""

import pytest
from django.urls import reverse
from redis.connection import AbstractConnection

from core.models import Delivery
from pipeline.models import Deal, Stage
from tests.conftest import log_in
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db


def test_a_move_is_saved_and_waits_for_the_relay(client, people, monkeypatch):
    def hang(self: AbstractConnection) -> None:
        raise AssertionError("a request talked to the broker")

    monkeypatch.setattr(AbstractConnection, "connect", hang)
    deal = DealFactory(owner=people.owner, stage=Stage.AKQUISE)
    log_in(client, people, "owner")
    Delivery.objects.all().delete()

    answer = client.post(
        reverse("pipeline:deal_move", args=[deal.pk]), {"to": 2, "seen_in": 1, "confirmed": "on"}
    )

    assert (answer.status_code, Deal.objects.get().stage) == (302, Stage.KONTAKT)
    assert set(Delivery.objects.values_list("published_at", "done_at")) == {(None, None)}
