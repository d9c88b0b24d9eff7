"""A manager commits or excludes a deal by hand: beside the computed figure, never in it, and judged later."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from core.models import Event
from pipeline.models import Deal, Stage
from reporting.forecast.judging import share_of
from reporting.judged import judged_before, judged_now
from reporting.judging_deals import DealNotOpen, judge_deal
from reporting.models import DealJudgement
from reporting.periods import rolling_year
from reporting.selection import Selection
from tests.conftest import People, log_in
from tests.factories import DealFactory, won
from tests.reporting.test_forecast_page import foretold
from tests.reporting.test_forecast_page import shown as forecast

pytestmark = pytest.mark.django_db
EVERYONE = Selection(rolling_year(date(2026, 1, 1)))


def judged(deal: Deal, people: People, stance: str = "committed") -> None:
    judge_deal(deal, stance, reason="Zusage am Telefon", actor=people.manager)


def test_a_judgement_keeps_owner_and_computed_chance_and_the_same_again_is_none(people: People):
    foretold(people.owner, 1)
    deal = Deal.objects.get()

    judged(deal, people)
    again = judge_deal(deal, "committed", reason="Zusage am Telefon", actor=people.manager)

    judgement = deal.judgements.get()
    assert (judgement.owner, judgement.team, judgement.by) == (
        people.owner,
        people.owner.team,
        people.manager,
    )
    assert judgement.chance == 0.37
    assert again is None
    assert Event.objects.get(kind="deal.judged").payload == {"stance": "committed"}


def test_the_last_word_holds_until_it_is_taken_back_and_history_stays(people: People):
    deal = DealFactory(owner=people.owner)
    judged(deal, people)
    judged(deal, people, "excluded")
    assert DealJudgement.objects.current().get().stance == "excluded"

    judge_deal(deal, "none", reason="", actor=people.manager)

    assert not DealJudgement.objects.current().exists()
    assert deal.judgements.count() == 3
    with pytest.raises(DatabaseError), transaction.atomic():
        DealJudgement.objects.update(stance="committed")


def test_a_closed_deal_is_not_judged_any_more(people: People):
    with pytest.raises(DealNotOpen):
        judged(won(DealFactory(owner=people.owner, stage=Stage.ABSCHLUSS)), people)


def test_the_forecast_stands_as_computed_and_beside_it_what_it_would_be(client, people: People):
    foretold(people.owner, 3)
    committed, excluded, _other = Deal.objects.order_by("pk")
    judged(committed, people)
    judged(excluded, people, "excluded")
    log_in(client, people, "owner")

    page = forecast(client)
    beside = judged_now(EVERYONE)

    assert beside
    # Three deals of 0.37 and 370 each; one for certain with its 1000, one not at all.
    assert (round(beside.wins, 2), beside.value) == (1.37, 1370)
    assert "6–17" in page
    assert "von der Leitung zugesagt" in page
    assert forecast(client, only="excluded").count("Seit 34 Tagen") == 1


def test_judgements_are_judged_by_what_came(people: People):
    foretold(people.owner, 3)
    first, second, _third = Deal.objects.order_by("pk")
    for deal in Deal.objects.all():
        judged(deal, people)
    for deal in (first, second):
        won(deal)

    (committed,) = judged_before(EVERYONE)

    assert committed.won == share_of(2, 2, 2)
    assert (committed.chance, committed.still_open) == (pytest.approx(0.37), 1)


def test_the_form_wants_a_reason_and_the_page_of_the_deal_shows_what_was_said(client, people: People):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "manager")
    url = reverse("reporting:deal_judge", args=[deal.pk])

    assert client.post(url, {"stance": "committed", "reason": ""}).status_code == 422
    assert client.post(url, {"stance": "maybe", "reason": "x"}).status_code == 422
    assert client.post(url, {"stance": "excluded", "reason": "Budget gestrichen"}).status_code == 302

    panel = client.get(reverse("reporting:deal_judgement", args=[deal.pk])).content.decode()
    assert "Budget gestrichen" in panel
    assert "Ausgeschlossen" in panel
