"""Rules meet what happens and what lasts, act once, and say what they did."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from activities.actions import About, NextStep, plan_follow_up
from activities.models import FollowUp
from automation import ready_made
from automation.actions import DeedFacts, RuleFacts, add_rule, stop_hit, switch_rule
from automation.errors import HitDecided
from automation.finding import look_around, meet_event
from automation.models import CausedEvent, Deed, Notice, Rule, RuleHit, Trigger
from automation.preview import read_preview
from automation.running import act_on_due, look_at_clock
from contacts.models import Channel
from core.models import Event
from mailbox.models import MailTemplate, SentMail
from pipeline.actions import lose_deal, move_deal
from pipeline.models import LossReason, Stage
from tests.factories import ChannelFactory, CompanyFactory, DealFactory, OrderFactory

pytestmark = pytest.mark.django_db

TELL = DeedFacts(kind=Deed.NOTIFY_OWNER, text="Bitte ansehen")


def running(people, trigger, *deeds, **facts) -> Rule:
    return add_rule(
        RuleFacts(name=f"Regel {trigger}", trigger=trigger, deeds=deeds or [TELL], **facts),
        actor=people.admin,
        is_active=True,
    )


def last_event(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("pk")


def moved(people, **facts):
    deal = DealFactory(owner=people.owner, stage=Stage.AKQUISE, **facts)
    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    return deal


def test_what_happens_is_met_once_and_acted_on_once(people):
    step = DeedFacts(kind=Deed.FOLLOW_UP, text="Nachfassen bei {Firma}", days=7)
    running(people, Trigger.DEAL_MOVED, step)
    deal = moved(people, company=CompanyFactory(name="Nordwind GmbH"))
    event = last_event("deal.moved")

    for _twice in range(2):
        meet_event(event)
        act_on_due()

    follow_up = FollowUp.objects.get(deal=deal)
    assert (follow_up.text, follow_up.owner) == ("Nachfassen bei Nordwind GmbH", people.owner)
    assert follow_up.due_on == timezone.localdate() + timedelta(days=7)
    hit = RuleHit.objects.get()
    assert (hit.state, hit.did[0]["id"]) == ("done", follow_up.pk)


def test_a_rule_that_is_off_meets_nobody(people):
    switch_rule(running(people, Trigger.DEAL_MOVED), on=False, actor=people.admin)
    moved(people)

    assert meet_event(last_event("deal.moved")) == []


def test_only_deals_that_fit_the_conditions_are_met(people):
    running(people, Trigger.DEAL_MOVED, conditions={"value_from": "5000"})
    moved(people, value=1000)
    small = meet_event(last_event("deal.moved"))
    moved(people, value=9000)
    large = meet_event(last_event("deal.moved"))

    assert (len(small), len(large)) == (0, 1)


@pytest.mark.parametrize("language", ["de", "en"])
def test_amounts_mean_the_same_in_every_language(people, language):
    running(people, Trigger.DEAL_MOVED, conditions={"value_from": "5000.50"})
    deal = moved(people, value=5001)

    with override(language):
        assert [hit.deal for hit in meet_event(last_event("deal.moved"))] == [deal]


def test_a_condition_nobody_can_read_any_more_fits_nothing(people):
    running(people, Trigger.DEAL_MOVED, conditions={"team": "987654321"})
    moved(people)

    assert meet_event(last_event("deal.moved")) == []


def test_a_reason_narrows_the_losses(people):
    budget, price = LossReason.objects.get(code="budget"), LossReason.objects.get(code="price")
    running(people, Trigger.DEAL_LOST, loss_reason=budget)
    for reason in (price, budget):
        deal = DealFactory(owner=people.owner)
        lose_deal(deal, reason, seen_in=Stage(deal.stage), actor=people.owner)
        meet_event(last_event("deal.lost"))

    assert [hit.deal.loss_reason for hit in RuleHit.objects.all()] == [budget]


def test_what_is_planned_for_later_waits_and_can_be_stopped(people):
    running(people, Trigger.DEAL_MOVED, days=30)
    moved(people)
    hit = meet_event(last_event("deal.moved"))[0]
    act_on_due()

    stopped = stop_hit(hit, actor=people.owner)

    assert (stopped.state, stopped.ended_by) == ("stopped", people.owner)
    with pytest.raises(HitDecided):
        stop_hit(hit, actor=people.owner)
    assert not Notice.objects.exists()


def test_the_clock_reminds_when_nothing_was_planned_for_so_many_days(people):
    rule = running(people, Trigger.NO_NEXT_STEP, days=3)
    fresh = DealFactory(owner=people.owner)
    old = DealFactory(owner=people.owner)
    type(old).objects.filter(pk=old.pk).update(stage_since=timezone.now() - timedelta(days=4))

    met = look_at_clock(), look_at_clock()
    act_on_due()

    assert met == (1, 0)
    assert rule.hits.get().deal == old
    assert fresh.pk != old.pk
    assert Notice.objects.get().user == people.owner


def test_who_has_planned_something_meanwhile_is_left_alone(people):
    running(people, Trigger.NO_NEXT_STEP)
    deal = DealFactory(owner=people.owner)
    look_at_clock()
    plan_follow_up(About(deal=deal), NextStep(on=timezone.localdate()), actor=people.owner)

    act_on_due()

    assert RuleHit.objects.get().state == "skipped"
    assert not Notice.objects.exists()


def test_beyond_the_limit_of_a_day_it_goes_on_the_next_morning(people):
    running(people, Trigger.NO_NEXT_STEP, per_day=2)
    DealFactory.create_batch(3, owner=people.owner)
    look_at_clock()

    act_on_due()

    assert RuleHit.objects.filter(state="done").count() == 2
    waiting = RuleHit.objects.get(state="planned")
    assert timezone.localtime(waiting.due_at).date() == timezone.localdate() + timedelta(days=1)


def test_what_a_rule_caused_does_not_start_the_same_rule_again(people):
    rule = running(people, Trigger.DEAL_MOVED)
    deal = moved(people)
    first = meet_event(last_event("deal.moved"))[0]
    move_deal(deal, Stage.ANGEBOT, seen_in=Stage.KONTAKT, actor=None, confirmed=True)
    caused = last_event("deal.moved")
    CausedEvent.objects.create(event=caused, hit=first)

    again = meet_event(caused)

    assert [(hit.rule, hit.state) for hit in again] == [(rule, "loop")]


def test_events_of_a_deed_are_marked_as_caused(people):
    running(people, Trigger.DEAL_MOVED, DeedFacts(kind=Deed.ASSIGN, to=people.colleague))
    deal = moved(people)
    meet_event(last_event("deal.moved"))

    act_on_due()

    deal.refresh_from_db()
    assert deal.owner == people.colleague
    assert CausedEvent.objects.get().event.kind == "deals.handed_over"


def test_a_mail_the_law_forbids_is_not_sent_and_the_log_says_why(people):
    template = MailTemplate.objects.create(name="Wieder da", subject="Hallo", text="{Anrede},")
    reason = LossReason.objects.get(code="price")
    running(people, Trigger.DEAL_LOST, DeedFacts(kind=Deed.MAIL, template=template), TELL)
    deal = DealFactory(owner=people.owner)
    ChannelFactory(company=deal.company, kind=Channel.Kind.EMAIL, value="info@nord.example")
    lose_deal(deal, reason, seen_in=Stage(deal.stage), actor=people.owner)
    meet_event(last_event("deal.lost"))

    act_on_due()

    hit = RuleHit.objects.get()
    assert not SentMail.objects.exists()
    assert hit.note
    assert [did["kind"] for did in hit.did] == [Deed.NOTIFY_OWNER]


def test_a_customer_who_is_silent_beyond_their_own_rhythm_is_called(people):
    company = CompanyFactory(owner=people.owner)
    today = timezone.localdate()
    for days in (130, 90, 50):
        OrderFactory(company=company, owner=people.owner, ordered_on=today - timedelta(days=days))
    call = DeedFacts(kind=Deed.FOLLOW_UP, text="Anrufen")
    late = running(people, Trigger.CUSTOMER_SILENT, call, days=9)
    later = running(people, Trigger.CUSTOMER_SILENT, call, days=10)

    met = len(look_around(late)), len(look_around(later))
    act_on_due()

    assert met == (1, 0)
    assert FollowUp.objects.get(company=company).owner == people.owner


def test_a_deed_that_breaks_leaves_nothing_half_done(people, monkeypatch):
    running(people, Trigger.DEAL_MOVED, TELL, DeedFacts(kind=Deed.TAG, text="A-Kunde"))
    moved(people)
    meet_event(last_event("deal.moved"))

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setitem(__import__("automation.deeds", fromlist=["DOING"]).DOING, Deed.TAG, broken)
    act_on_due()

    assert RuleHit.objects.get().state == "failed"
    assert not Notice.objects.exists()


def test_the_preview_counts_what_happened_in_the_last_thirty_days(people):
    for value in (100, 9000, 9000):
        moved(people, value=value)
    rule = running(people, Trigger.DEAL_MOVED, conditions={"value_from": "5000"})
    past = last_event("deal.moved")
    Event.objects.filter(pk=past.pk).update(at=timezone.now() - timedelta(days=31))

    assert read_preview(rule, people.owner).count == 1


def test_every_ready_made_rule_can_be_taken_once(people):
    for one in ready_made.READY_MADE:
        first, second = ready_made.take(one, actor=people.admin), ready_made.take(one, actor=people.admin)
        assert first == second
        assert first.is_active
        assert first.deeds.count() == len(one.deeds)

    assert ready_made.not_taken() == []
    assert look_at_clock() == 0
