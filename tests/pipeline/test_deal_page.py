"""The page of a deal: its way through the stages, its people, its history in sentences."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from contacts.models import BuyingRole
from pipeline.actions import (
    DealFacts,
    add_member,
    edit_deal,
    lose_deal,
    meet_criterion,
    move_deal,
    name_person,
    reopen_deal,
    undo_move,
)
from pipeline.deal_page import read_deal_page
from pipeline.models import Criterion, Deal, LossReason, Stage
from tests.conftest import log_in
from tests.factories import ChannelFactory, DealFactory, PersonFactory, UserFactory, lost, won

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}


def page_of(deal, *, may_edit=True):
    return read_deal_page(Deal.objects.for_page().get(pk=deal.pk), may_edit=may_edit)


def step(deal, to):
    return move_deal(deal, to, seen_in=Stage(deal.stage), actor=deal.owner, confirmed=True)


def test_the_stepper_says_when_each_stage_was_entered_and_how_long_it_took():
    start = timezone.now() - timedelta(days=30)
    deal = DealFactory(at=start)
    with time_machine.travel(start + timedelta(days=5), tick=False):
        deal = step(deal, Stage.KONTAKT)
    with time_machine.travel(start + timedelta(days=12), tick=False):
        deal = step(deal, Stage.VERHANDLUNG)

    steps = page_of(deal).steps

    assert [one.state for one in steps] == ["done", "done", "skipped", "now", ""]
    assert [one.days for one in steps] == [5, 7, None, 18, None]
    assert steps[1].entered_at == start + timedelta(days=5)
    assert [one.is_too_long for one in steps] == [False, False, False, True, False]


def test_days_in_a_stage_add_up_over_several_visits_and_stop_at_the_end():
    start = timezone.now() - timedelta(days=40)
    deal = DealFactory(at=start)
    for day, to in ((10, Stage.KONTAKT), (13, Stage.AKQUISE)):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            deal = step(deal, to)
    with time_machine.travel(start + timedelta(days=20), tick=False):
        deal = lost(deal)

    steps = page_of(deal).steps

    assert [one.days for one in steps[:2]] == [17, 3]
    assert steps[0].state == "leaked"


def test_history_is_told_in_sentences_newest_first(people):
    deal = DealFactory(owner=people.owner, value=1000)
    deal = step(deal, Stage.ANGEBOT)
    facts = DealFacts(title=deal.title, owner=people.colleague, company=deal.company, value=900)
    deal = edit_deal(deal, facts, seen_version=1, actor=people.owner)
    deal = step(deal, Stage.KONTAKT)
    reason = LossReason.objects.get(code="other")
    deal = lose_deal(deal, reason, note="Umzug", seen_in=Stage.KONTAKT, actor=people.owner)
    deal = reopen_deal(deal, actor=people.owner)

    texts = [entry.text for entry in page_of(deal).history]

    assert texts[0] == "Wieder geöffnet in „Kontakt“"
    assert texts[1] == "Verloren in „Kontakt“: anderer Grund: Umzug"
    assert texts[2] == "Zurück von „Angebot“ nach „Kontakt“"
    assert set(texts[3:5]) == {
        f"Zuständig: {people.owner} → {people.colleague}",
        "Wert: 1.000\u00a0€ → 900\u00a0€",
    }
    assert texts[5:] == ["Von „Akquise“ nach „Angebot“ vorgerückt", "Begonnen in „Akquise“"]


def test_an_undone_step_is_struck_through_together_with_its_undoing(transactional_db):
    deal = step(DealFactory(), Stage.KONTAKT)
    undo_move(deal, seen_seq=2, actor=deal.owner)

    page = page_of(deal)

    assert [entry.is_undone for entry in page.history] == [True, True, False]
    assert [one.state for one in page.steps] == ["now", "", "", "", ""]
    assert page.undo_seq == 0


def test_the_last_step_can_be_undone_for_a_while_by_those_who_may_edit():
    deal = step(DealFactory(), Stage.KONTAKT)

    assert page_of(deal).undo_seq == 2
    assert page_of(deal, may_edit=False).undo_seq == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert page_of(deal).undo_seq == 0


@pytest.mark.parametrize("finish", [won, lost, lambda deal: deal])
@pytest.mark.parametrize("who", ["owner", "stranger"])
def test_the_page_opens_for_every_outcome_and_shows_buttons_to_editors_only(client, people, finish, who):
    deal = finish(DealFactory(owner=people.owner))
    log_in(client, people, who)

    page = client.get(reverse("pipeline:deal_detail", args=[deal.pk])).content.decode()

    assert deal.customer_name in page
    assert (reverse("pipeline:deal_edit", args=[deal.pk]) in page) == (who == "owner")


def test_the_body_alone_answers_a_fragment_request(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    page = client.get(reverse("pipeline:deal_detail", args=[deal.pk]), headers=FRAGMENT).content.decode()

    assert "<html" not in page
    assert f'id="deal-{deal.pk}"' in page


def test_facts_leave_no_reference_of_theirs_on_the_page(client, people):
    deal = DealFactory(owner=people.owner)
    meet_criterion(deal, Criterion.OFFER_DELIVERED, actor=people.owner, evidence="offer-17")
    log_in(client, people, "owner")

    page = client.get(reverse("pipeline:deal_detail", args=[deal.pk])).content.decode()

    assert "offer-17" not in page


def test_a_colleague_who_works_on_the_deal_may_edit_it_until_they_leave(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")
    url = reverse("pipeline:member_add", args=[deal.pk])

    added = client.post(url, {"user": people.stranger.pk}, headers=FRAGMENT)
    may_edit = Deal.objects.editable_by(people.stranger).filter(pk=deal.pk).exists()
    member = deal.members.get()
    client.post(reverse("pipeline:member_remove", args=[deal.pk, member.pk]), headers=FRAGMENT)

    assert (added.status_code, may_edit) == (204, True)
    assert not deal.members.exists()


@pytest.mark.parametrize("who", ["deactivated", "owner"])
def test_who_cannot_log_in_or_owns_the_deal_is_no_co_worker(client, people, who):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = client.post(
        reverse("pipeline:member_add", args=[deal.pk]), {"user": getattr(people, who).pk}, headers=FRAGMENT
    )

    assert response.status_code == 422
    assert not deal.members.exists()


def test_the_page_asks_the_database_as_often_for_a_long_history_as_for_a_short_one(
    client, people, count_queries
):
    def enrich(deal, number):
        for _ in range(number):
            person = PersonFactory()
            ChannelFactory(company=None, person=person)
            name_person(deal, person, BuyingRole.USER, actor=people.owner)
            add_member(deal, UserFactory(), actor=people.owner)
            deal = step(step(deal, Stage.KONTAKT), Stage.AKQUISE)

    deal = DealFactory(owner=people.owner)
    url = reverse("pipeline:deal_detail", args=[deal.pk])
    log_in(client, people, "owner")
    enrich(deal, 2)
    client.get(url)
    with count_queries() as few:
        client.get(url)
    enrich(deal, 18)
    with count_queries() as many:
        client.get(url)

    assert len(many) == len(few)
