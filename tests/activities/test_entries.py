"""Calls, notes and appointments: written, corrected, removed, and what they mean for the deal."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from activities.actions import (
    About,
    CallFacts,
    Correction,
    Meeting,
    NextStep,
    after_the_appointment,
    after_the_call,
    agree_appointment,
    cancel_appointment,
    edit_activity,
    hold_appointment,
    log_call,
    mark_no_show,
    plan_follow_up,
    remove_activity,
    reopen_appointment,
    restore_activity,
    write_note,
)
from activities.errors import (
    ActivityEditedMeanwhile,
    AppointmentAhead,
    AppointmentClosed,
    FollowUpOfAppointment,
)
from activities.models import Activity, FollowUp
from contacts.models import BuyingRole
from core.models import Event
from pipeline.actions import tick_criterion
from pipeline.models import Criterion, CriterionMet
from tests.factories import ActivityFactory, DealFactory, EmploymentFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

Result = Activity.Result


def agree(deal, days=2):
    begins = timezone.now() + timedelta(days=days)
    return agree_appointment(About(deal=deal), Meeting(begins=begins), actor=deal.owner)


def agreed(deal):
    return CriterionMet.objects.filter(deal=deal, criterion__code=Criterion.APPOINTMENT_AGREED).first()


def test_a_call_leaves_one_row_and_one_event():
    deal = DealFactory()

    call = log_call(About(deal=deal), CallFacts(result=Result.FRONT_DESK), actor=deal.owner)

    assert (call.kind, call.company, call.author) == ("call", deal.company, deal.owner)
    event = Event.objects.get(kind="activity.logged")
    assert event.payload == {"activity_kind": "call", "result": "front_desk"}


def test_a_call_with_a_person_is_on_the_timeline_of_the_only_company_they_work_for():
    employment = EmploymentFactory()

    call = log_call(About(person=employment.person), CallFacts(result=Result.NO_NEED), actor=UserFactory())

    assert call.company == employment.company


def test_reaching_the_decision_maker_names_the_person_of_the_call():
    deal, person = DealFactory(), PersonFactory()

    log_call(About(deal=deal, person=person), CallFacts(result=Result.DECISION_MAKER), actor=deal.owner)

    assert deal.people.get().role == BuyingRole.DECISION_MAKER
    assert deal.criteria_met.get().criterion.code == Criterion.DECISION_MAKER_KNOWN


def test_reaching_a_decision_maker_without_a_name_meets_nothing():
    deal = DealFactory()

    log_call(About(deal=deal), CallFacts(result=Result.DECISION_MAKER), actor=deal.owner)

    assert not deal.criteria_met.exists()


def test_an_agreed_appointment_meets_the_criterion_with_its_moment():
    deal = DealFactory()

    appointment = agree(deal)

    assert agreed(deal).due == appointment.at


def test_cancelling_the_only_appointment_opens_the_criterion_again():
    deal = DealFactory()
    appointment = agree(deal)

    cancel_appointment(appointment, actor=deal.owner)

    assert agreed(deal) is None
    assert Event.objects.filter(kind="deal.criterion_reopened").count() == 1


def test_cancelling_one_of_two_appointments_leaves_the_other_on_the_card():
    deal = DealFactory()
    remaining, cancelled = agree(deal, days=2), agree(deal, days=9)

    cancel_appointment(cancelled, actor=deal.owner)

    assert agreed(deal).due == remaining.at


def test_what_was_ticked_by_hand_stays_when_there_is_no_appointment():
    deal = DealFactory()
    appointment = ActivityFactory(kind="appointment", status="agreed", deal=deal, author=deal.owner)
    tick_criterion(
        deal, Criterion.objects.get(code="appointment_agreed"), note="am Telefon", actor=deal.owner
    )

    cancel_appointment(appointment, actor=deal.owner)

    assert agreed(deal).evidence == "am Telefon"


def test_a_missed_appointment_was_agreed_all_the_same():
    deal = DealFactory()
    appointment = agree(deal, days=0)

    mark_no_show(appointment, actor=deal.owner)

    assert agreed(deal).due == appointment.at
    assert not FollowUp.objects.filter(done_at=None).exists()


def test_an_appointment_is_not_held_before_its_day():
    deal = DealFactory()
    appointment = agree(deal, days=2)

    with pytest.raises(AppointmentAhead):
        hold_appointment(appointment, text="", seen_version=appointment.version, actor=deal.owner)


def test_what_became_of_an_appointment_is_told_once_and_can_be_taken_back():
    deal = DealFactory()
    appointment = cancel_appointment(agree(deal), actor=deal.owner)

    with pytest.raises(AppointmentClosed):
        mark_no_show(appointment, actor=deal.owner)
    reopened = reopen_appointment(appointment, actor=deal.owner)

    assert reopened.is_agreed
    assert agreed(deal).due == reopened.at
    assert FollowUp.objects.get(done_at=None).appointment == reopened


def test_after_the_call_everything_is_written_together():
    deal = DealFactory()
    made_for = plan_follow_up(About(deal=deal), NextStep(on=timezone.localdate()), actor=deal.owner)
    begins = timezone.now() + timedelta(days=3)
    step = NextStep(on=timezone.localdate() + timedelta(days=1), kind="mail", text="Unterlagen senden")

    call = after_the_call(
        About(deal=deal),
        CallFacts(result=Result.APPOINTMENT, text="Freut sich"),
        meeting=Meeting(begins=begins, place="Lager Süd"),
        next_step=step,
        finishes=made_for,
        actor=deal.owner,
    )

    made_for.refresh_from_db()
    deal.refresh_from_db()
    assert not made_for.is_open
    assert call.text == "Freut sich"
    assert agreed(deal).due == begins
    assert (deal.next_step, deal.next_step_on) == ("Unterlagen senden", step.on)


def test_when_one_part_is_refused_nothing_is_written():
    deal = DealFactory()
    standing = agree(deal).follow_up

    with pytest.raises(FollowUpOfAppointment):
        after_the_call(
            About(deal=deal), CallFacts(result=Result.NO_NEED), finishes=standing, actor=deal.owner
        )

    assert not Activity.objects.filter(kind="call").exists()


def test_a_form_sent_twice_writes_one_call_and_one_next_step():
    deal, key = DealFactory(), uuid4()

    for _attempt in range(2):
        after_the_call(
            About(deal=deal),
            CallFacts(result=Result.NOT_REACHED),
            next_step=NextStep(on=timezone.localdate()),
            actor=deal.owner,
            form_key=key,
        )

    assert (Activity.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_after_the_appointment_notes_and_next_step_are_written_together():
    deal = DealFactory()
    appointment = agree(deal, days=0)

    held = after_the_appointment(
        appointment,
        text="Will ein Angebot",
        seen_version=appointment.version,
        next_step=NextStep(on=timezone.localdate(), kind="other", text="Angebot schreiben"),
        actor=deal.owner,
    )

    deal.refresh_from_db()
    assert (held.status, held.text, deal.next_step) == ("held", "Will ein Angebot", "Angebot schreiben")


def test_moving_an_appointment_moves_the_next_step_and_the_card():
    deal = DealFactory()
    appointment = agree(deal, days=2)
    later = timezone.now() + timedelta(days=6)

    edit_activity(appointment, Correction(at=later, text=""), seen_version=1, actor=deal.owner)

    deal.refresh_from_db()
    assert deal.next_step_on == timezone.localtime(later).date()
    assert agreed(deal).due == later


def test_the_second_editor_is_told():
    note = write_note(About(deal=DealFactory()), "alt", actor=UserFactory())
    edit_activity(note, Correction(at=note.at, text="neu"), seen_version=1, actor=note.author)

    with pytest.raises(ActivityEditedMeanwhile):
        edit_activity(note, Correction(at=note.at, text="anders"), seen_version=1, actor=note.author)

    note.refresh_from_db()
    assert note.text == "neu"


def test_a_removed_appointment_can_be_restored_with_all_it_meant():
    deal = DealFactory()
    appointment = agree(deal)

    remove_activity(appointment, actor=deal.owner)
    without = agreed(deal), FollowUp.objects.filter(done_at=None).count()
    restore_activity(appointment, actor=deal.owner)

    assert without == (None, 0)
    assert (agreed(deal).due, FollowUp.objects.filter(done_at=None).count()) == (appointment.at, 1)


def test_the_database_refuses_what_does_not_belong_to_the_kind():
    with pytest.raises(IntegrityError, match="activity_fields_of_its_kind"):
        ActivityFactory(kind="call", text="ohne Ergebnis")


def test_the_database_refuses_an_activity_about_nothing():
    with pytest.raises(IntegrityError, match="activity_linked"):
        ActivityFactory(company=None)


def test_the_database_refuses_an_end_before_the_start():
    with pytest.raises(IntegrityError, match="activity_ends_after_start"):
        ActivityFactory(kind="appointment", status="agreed", ends_at=timezone.now() - timedelta(days=1))
