"""Follow-ups, and the next step of a deal that mirrors the earliest of them."""

import logging
from datetime import time, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from activities.actions import (
    About,
    Meeting,
    NextStep,
    agree_appointment,
    cancel_appointment,
    finish_follow_up,
    hand_over_follow_ups,
    plan_follow_up,
    postpone_follow_up,
    reopen_follow_up,
)
from activities.errors import FollowUpDone, FollowUpOfAppointment
from activities.invariants import repair_next_steps
from activities.models import FollowUp
from core.models import Event
from tests.factories import DealFactory, FollowUpFactory, PersonFactory, UserFactory, lost

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


def plan(deal, days, text="Anrufen", **options):
    return plan_follow_up(About(deal=deal), NextStep(on=day(days), text=text, **options), actor=deal.owner)


def next_step(deal):
    deal.refresh_from_db()
    return deal.next_step, deal.next_step_on


def test_the_earliest_open_follow_up_is_the_next_step():
    deal = DealFactory()

    plan(deal, 5, "später")
    plan(deal, 2, "früher")

    assert next_step(deal) == ("früher", day(2))


def test_on_one_day_what_has_a_time_comes_first():
    deal = DealFactory()

    plan(deal, 1, "irgendwann")
    plan(deal, 1, "um neun", time=time(9))

    assert next_step(deal) == ("um neun", day(1))


def test_company_and_person_are_filled_in_from_the_deal():
    deal = DealFactory(person=PersonFactory())

    follow_up = plan(deal, 1)

    assert (follow_up.company, follow_up.person) == (deal.company, deal.person)


def test_a_follow_up_belongs_to_the_owner_of_the_deal_whoever_plans_it():
    deal, colleague = DealFactory(), UserFactory()

    follow_up = plan_follow_up(About(deal=deal), NextStep(on=day(1)), actor=colleague)

    assert follow_up.owner == deal.owner


def test_doing_it_makes_the_following_one_the_next_step():
    deal = DealFactory()
    first = plan(deal, 1, "erst")
    plan(deal, 3, "dann")

    finish_follow_up(first, actor=deal.owner)

    assert next_step(deal) == ("dann", day(3))


def test_doing_the_last_one_leaves_no_next_step():
    deal = DealFactory()

    finish_follow_up(plan(deal, 1), actor=deal.owner)

    assert next_step(deal) == ("", None)


def test_doing_it_twice_is_one_event():
    deal = DealFactory()
    follow_up = plan(deal, 1)

    finish_follow_up(follow_up, actor=deal.owner)
    finish_follow_up(follow_up, actor=UserFactory())

    assert Event.objects.filter(kind="followup.done").count() == 1
    assert FollowUp.objects.get().done_by == deal.owner


def test_postponing_may_change_which_one_is_next():
    deal = DealFactory()
    first = plan(deal, 1, "erst")
    plan(deal, 3, "dann")

    postpone_follow_up(first, day(7), actor=deal.owner)

    assert next_step(deal) == ("dann", day(3))


def test_a_done_one_is_not_postponed():
    deal = DealFactory()
    follow_up = finish_follow_up(plan(deal, 1), actor=deal.owner)

    with pytest.raises(FollowUpDone):
        postpone_follow_up(follow_up, day(7), actor=deal.owner)


def test_reopening_brings_the_next_step_back():
    deal = DealFactory()
    follow_up = finish_follow_up(plan(deal, 1, "doch"), actor=deal.owner)

    reopen_follow_up(follow_up, actor=deal.owner)

    assert next_step(deal) == ("doch", day(1))


def test_losing_the_deal_leaves_the_plan_alone():
    deal = DealFactory()
    plan(deal, 300, "nächstes Jahr noch einmal fragen")

    lost(deal)

    assert next_step(deal) == ("nächstes Jahr noch einmal fragen", day(300))


def test_an_appointment_is_a_next_step_until_it_is_cancelled():
    deal = DealFactory()
    begins = timezone.now() + timedelta(days=2)
    appointment = agree_appointment(About(deal=deal), Meeting(begins=begins), actor=deal.owner)
    before = next_step(deal)

    cancel_appointment(appointment, actor=deal.owner)

    assert before[1] == timezone.localtime(begins).date()
    assert next_step(deal) == ("", None)


def test_the_follow_up_of_an_appointment_ends_with_the_appointment_only():
    deal = DealFactory()
    appointment = agree_appointment(About(deal=deal), Meeting(begins=timezone.now()), actor=deal.owner)

    with pytest.raises(FollowUpOfAppointment):
        finish_follow_up(appointment.follow_up, actor=deal.owner)


def test_handing_over_gives_the_open_ones_to_the_other():
    leaver, heir = UserFactory(), UserFactory()
    FollowUpFactory(owner=leaver)
    FollowUpFactory(owner=leaver, done_at=timezone.now())

    count = hand_over_follow_ups(leaver, heir, actor=heir)

    assert (count, heir.follow_ups.count(), leaver.follow_ups.count()) == (1, 1, 1)
    assert heir.follow_ups.get().version == 2


def test_the_nightly_check_reports_and_repairs_what_went_past_the_actions(caplog):
    right, wrong, forgotten = DealFactory(), DealFactory(), DealFactory()
    plan(right, 1)
    FollowUpFactory(deal=wrong, due_on=day(4), text="vorbei am Weg")
    plan(forgotten, 2)
    FollowUp.objects.filter(deal=forgotten).delete()

    with caplog.at_level(logging.ERROR):
        repaired = repair_next_steps()

    assert repaired == [wrong.pk, forgotten.pk]
    assert len(caplog.records) == 2
    assert next_step(wrong) == ("vorbei am Weg", day(4))
    assert next_step(forgotten) == ("", None)
    assert repair_next_steps() == []


def test_a_follow_up_about_nothing_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="follow_up_linked"):
        FollowUpFactory(company=None)


def test_done_by_without_done_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="follow_up_done_by_when_done"):
        FollowUpFactory(done_by=UserFactory())
