"""The mail on Monday morning: who gets one, and sending each of them once.

A tick of the clock every few minutes plans a row per reader and sends what is due. Whoever sends claims the
row by a conditional update first, so that of two workers one sends. A worker that dies between claim and mark
leaves a claim that nobody takes up again: rather a mail too few, which the admin shows, than one mail twice.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from reporting.models import WeeklyMail, WeeklyMailQuerySet
from reporting.periods import local_day
from reporting.weekly_message import weekly_message

logger = logging.getLogger(__name__)

SENT_FROM = time(6, 30)
# Whoever had no row by then gets none: on Wednesday last week is no news.
PLANNED_FOR = timedelta(hours=41, minutes=30)
FIRST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True)
class ToldWeek:
    """The week that is told of, and the moment from which on it is."""

    starts_on: date
    due_at: datetime


def send_due_mails(now: datetime) -> int:
    """Plan and send what is due at a moment; answer how many left. Safe to repeat, and side by side."""
    week = told_week(now)
    if now < week.due_at:
        return 0
    if now < week.due_at + PLANNED_FOR:
        plan_mails(week)
    due = WeeklyMail.objects.due(week.starts_on, now).select_related("user__team").order_by("pk")
    return sum(send_mail(mail) for mail in due)


def told_week(now: datetime) -> ToldWeek:
    """The week before this one, told from Monday 6:30 on as the clocks in Berlin show it, all year."""
    today = local_day(now)
    monday = today - timedelta(days=today.weekday())
    due_at = timezone.make_aware(datetime.combine(monday, SENT_FROM), timezone.get_default_timezone())
    return ToldWeek(monday - timedelta(days=7), due_at)


def plan_mails(week: ToldWeek) -> None:
    """A row for everyone who wants the mail and has none for this week."""
    wanted = User.objects.active().filter(weekly_mail=True)
    readers = wanted.exclude(weekly_mails__week_starts_on=week.starts_on)
    WeeklyMail.objects.bulk_create(
        (WeeklyMail(user=reader, week_starts_on=week.starts_on, due_at=week.due_at) for reader in readers),
        ignore_conflicts=True,
    )


def send_mail(mail: WeeklyMail) -> bool:
    """Send one mail unless another worker does; a failure is noted, and tried again after a pause."""
    claim: datetime | None = None
    try:
        # Written before it is claimed, so that the moment in which a dying worker loses it is short.
        message = weekly_message(mail)
        claim = _claim(mail)
        if claim is None:
            return False
        message.send()
    except Exception as error:
        # Whatever it was, the other readers get theirs. What the error says may hold an address.
        logger.warning("Weekly mail %s was not sent: %s", mail.pk, type(error).__name__)
        _give_back(mail, claim, error)
        return False
    WeeklyMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
    return True


def try_again(mails: WeeklyMailQuerySet) -> int:
    """Let unsent mails be sent once more, also those a dead worker had claimed; answer how many."""
    return mails.filter(sent_at=None).update(claimed_at=None, attempts=0, due_at=timezone.now())


def _claim(mail: WeeklyMail) -> datetime | None:
    """Make the row ours: the moment of the claim, or None when it is someone else's or was sent."""
    moment = timezone.now()
    free = WeeklyMail.objects.filter(pk=mail.pk, claimed_at=None, sent_at=None)
    return moment if free.update(claimed_at=moment) else None


def _give_back(mail: WeeklyMail, claim: datetime | None, error: Exception) -> None:
    """Note a failure, and when to try again: after ten minutes, twenty, forty."""
    ours = WeeklyMail.objects.filter(pk=mail.pk, claimed_at=claim, sent_at=None)
    ours.update(
        claimed_at=None,
        attempts=F("attempts") + 1,
        due_at=timezone.now() + FIRST_PAUSE * 2**mail.attempts,
        error=f"{type(error).__name__}: {error}"[:500],
    )
