"""Follow-ups that come again, and reminders that come once."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Cover
from activities.actions import (
    About,
    NextStep,
    edit_follow_up,
    finish_follow_up,
    plan_follow_up,
    postpone_follow_up,
    reopen_follow_up,
)
from activities.models import FollowUp
from activities.recurrence import next_day
from activities.reminder_mail import mail_reminder_of
from activities.reminders import remind_due, reminder_moment
from core.models import Delivery, Event
from tests.factories import DealFactory, UserFactory

day = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("repeats", "begun_on", "after", "expected"),
    [
        ("daily", "2026-03-28", "2026-03-28", "2026-03-29"),
        ("daily", "2026-03-01", "2026-06-01", "2026-06-02"),
        ("working", "2026-11-20", "2026-11-20", "2026-11-23"),
        ("weekly", "2026-10-21", "2026-10-21", "2026-10-28"),
        ("weekly", "2026-10-21", "2026-10-25", "2026-10-28"),
        ("monthly", "2027-01-31", "2027-01-31", "2027-02-28"),
        ("monthly", "2027-01-31", "2027-02-28", "2027-03-31"),
        ("monthly", "2028-01-30", "2028-01-30", "2028-02-29"),
        ("monthly", "2026-01-15", "2026-01-15", "2026-02-15"),
    ],
)
def test_the_next_day_of_a_series(repeats, begun_on, after, expected):
    assert next_day(repeats, day(begun_on), day(after), None) == day(expected)


def test_a_series_ends():
    assert next_day("weekly", day("2026-10-21"), day("2026-10-28"), day("2026-11-03")) is None
    assert next_day("weekly", day("2026-10-21"), day("2026-10-28"), day("2026-11-04")) == day("2026-11-04")


@pytest.mark.parametrize(
    ("on", "clock", "minutes", "expected"),
    [
        # The clock goes forward in the night to 29 March and back in the night to 25 October 2026.
        ("2026-03-29", "09:00", 0, "2026-03-29T07:00+00:00"),
        ("2026-03-29", "09:00", 1440, "2026-03-28T08:00+00:00"),
        ("2026-10-25", "09:00", 1440, "2026-10-24T07:00+00:00"),
        ("2026-03-29", "03:10", 15, "2026-03-29T00:55+00:00"),
        ("2026-03-29", "02:30", 0, "2026-03-29T01:30+00:00"),
        ("2026-10-25", "02:30", 0, "2026-10-25T00:30+00:00"),
        ("2026-06-01", None, 0, "2026-06-01T06:00+00:00"),
    ],
)
def test_the_moment_of_a_reminder_is_right_when_the_clock_changes(on, clock, minutes, expected):
    at = dt.time.fromisoformat(clock) if clock else None

    assert reminder_moment(day(on), at, minutes) == dt.datetime.fromisoformat(expected)


def test_no_reminder_has_no_moment():
    assert reminder_moment(day("2026-06-01"), None, None) is None


def planned(**step):
    deal = DealFactory()
    what = NextStep(on=timezone.localdate(), text="Nachfassen", **step)
    return plan_follow_up(About(deal=deal), what, actor=deal.owner)


@pytest.mark.django_db
def test_finishing_one_of_a_series_plans_the_next_once():
    follow_up = planned(repeats="weekly", time=dt.time(9), remind_minutes=15)

    for _time in range(2):
        finish_follow_up(follow_up, actor=follow_up.owner)

    successor = FollowUp.objects.get(done_at=None)
    assert successor.due_on == timezone.localdate() + dt.timedelta(days=7)
    assert (successor.text, successor.owner, successor.due_time) == (
        "Nachfassen",
        follow_up.owner,
        dt.time(9),
    )
    assert successor.remind_at is not None
    successor.deal.refresh_from_db()
    assert successor.deal.next_step_on == successor.due_on


@pytest.mark.django_db
def test_done_by_mistake_takes_the_next_of_the_series_back():
    follow_up = planned(repeats="daily")
    finish_follow_up(follow_up, actor=follow_up.owner)

    reopen_follow_up(follow_up, actor=follow_up.owner)

    assert FollowUp.objects.get().is_open


@pytest.mark.django_db
def test_what_is_due_reminds_once(monkeypatch):
    follow_up = planned(remind_minutes=0)
    FollowUp.objects.update(remind_at=timezone.now() - dt.timedelta(minutes=1))

    counts = [remind_due() for _time in range(3)]

    assert counts == [1, 0, 0]
    event = Event.objects.get(kind="followup.reminded")
    assert event.subject_id == follow_up.pk
    assert Delivery.objects.get(event=event).task == "activities.tasks.mail_reminder"


@pytest.mark.django_db
def test_the_hour_that_comes_twice_reminds_once(monkeypatch):
    follow_up = planned(remind_minutes=0)
    FollowUp.objects.update(
        due_on="2026-10-25",
        due_time="02:30",
        remind_at=reminder_moment(day("2026-10-25"), dt.time(2, 30), 0),
    )
    counts = []
    for moment in ("00:29", "00:30", "01:30", "01:31"):
        now = dt.datetime.fromisoformat(f"2026-10-25T{moment}+00:00")
        monkeypatch.setattr("activities.reminders.timezone.now", lambda now=now: now)
        counts.append(remind_due())

    assert counts == [0, 1, 0, 0]
    assert follow_up.pk == Event.objects.get(kind="followup.reminded").subject_id


@pytest.mark.django_db
def test_what_is_done_reminds_no_more():
    follow_up = planned(remind_minutes=0)
    FollowUp.objects.update(remind_at=timezone.now() - dt.timedelta(minutes=1))
    finish_follow_up(follow_up, actor=follow_up.owner)

    assert remind_due() == 0


@pytest.mark.django_db
def test_postponing_reminds_anew_and_editing_a_word_does_not():
    follow_up = planned(remind_minutes=0)
    FollowUp.objects.update(remind_at=timezone.now() - dt.timedelta(minutes=1))
    remind_due()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    postponed = postpone_follow_up(follow_up, tomorrow, actor=follow_up.owner)
    FollowUp.objects.update(reminded_at=timezone.now())
    step = NextStep(on=tomorrow, text="Anders", remind_minutes=0)
    edited = edit_follow_up(postponed, step, seen_version=postponed.version, actor=follow_up.owner)

    assert postponed.reminded_at is None
    assert edited.reminded_at is not None


@pytest.mark.django_db
def test_a_reminder_is_mailed_to_who_wishes_so_and_to_the_stand_in_while_there_is_one():
    follow_up = planned(remind_minutes=0)
    FollowUp.objects.update(remind_at=timezone.now() - dt.timedelta(minutes=1))
    remind_due()
    event = Event.objects.get(kind="followup.reminded")

    mail_reminder_of(event.pk)
    follow_up.owner.reminder_mail = True
    follow_up.owner.save()
    mail_reminder_of(event.pk)
    today = timezone.localdate()
    stand_in = UserFactory(reminder_mail=True)
    Cover.objects.create(owner=follow_up.owner, stand_in=stand_in, starts_on=today, ends_on=today)
    mail_reminder_of(event.pk)

    assert [message.to for message in mail.outbox] == [[follow_up.owner.email], [stand_in.email]]
    assert "Nachfassen" in mail.outbox[0].subject
