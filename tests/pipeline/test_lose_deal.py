"""Losing a deal: the reason is asked for in place, and what was typed stays."""

import pytest
from django.urls import reverse

from pipeline.models import Deal, LossReason, Outcome, Stage
from tests.conftest import log_in
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}


def lose(client, deal, code="price", **data):
    reason = LossReason.objects.get(code=code)
    data = {"reason": reason.pk, "seen_in": int(deal.stage), **data}
    return client.post(reverse("pipeline:deal_lose", args=[deal.pk]), data, headers=FRAGMENT)


def test_the_dialog_offers_the_reasons_in_use(client, people):
    LossReason.objects.filter(code="budget").update(is_active=False)
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    page = client.get(reverse("pipeline:deal_lose", args=[deal.pk]), headers=FRAGMENT).content.decode()

    assert "Wettbewerb" in page
    assert "Budget gestrichen" not in page
    assert "übernommen" not in page


def test_a_lost_deal_keeps_its_stage_reason_and_words(client, people):
    deal = DealFactory(owner=people.owner, stage=Stage.ANGEBOT)
    log_in(client, people, "owner")

    response = lose(client, deal, note="20 % über dem Wettbewerb")

    deal = Deal.objects.get(pk=deal.pk)
    assert response.status_code == 204
    assert (deal.outcome, deal.stage, deal.loss_note) == (
        Outcome.LOST,
        Stage.ANGEBOT,
        "20 % über dem Wettbewerb",
    )


def test_another_reason_asks_for_words_and_keeps_the_choice(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = lose(client, deal, "other", note="  ")

    page = response.content.decode()
    assert response.status_code == 422
    assert "Bitte sagen Sie in wenigen Worten" in page
    assert f'value="{LossReason.objects.get(code="other").pk}" ' in page
    assert "checked" in page
    assert Deal.objects.get(pk=deal.pk).is_open


def test_without_reason_nothing_is_lost(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = client.post(
        reverse("pipeline:deal_lose", args=[deal.pk]), {"seen_in": 1, "note": "weil"}, headers=FRAGMENT
    )

    assert response.status_code == 422
    assert "weil" in response.content.decode()


def test_a_deal_moved_meanwhile_is_not_lost(client, people):
    deal = DealFactory(owner=people.owner, stage=Stage.KONTAKT)
    log_in(client, people, "owner")

    assert lose(client, deal, seen_in=1).status_code == 409


@pytest.mark.parametrize(("reason", "seen_in"), [("9" * 30, "1"), ("\0", "1"), ("1", "x"), ("1", "99")])
def test_values_no_page_sends_are_refused(client, people, reason, seen_in):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = client.post(
        reverse("pipeline:deal_lose", args=[deal.pk]), {"reason": reason, "seen_in": seen_in}
    )

    assert response.status_code in (400, 422)
    assert Deal.objects.get(pk=deal.pk).is_open
