"""The mail on Monday morning: when, to whom, what it says, and only once."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.models import Event
from reporting import weekly_mails
from reporting.models import WeeklyMail
from reporting.models.weekly_mail import MOST_ATTEMPTS
from reporting.weekly_mails import send_due_mails, send_mail, told_week, try_again
from reporting.weekly_message import weekly_message
from tests.conftest import log_in
from tests.factories import DealFactory
from tests.reporting.background import wait_until

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
"""Half past six in Berlin, in winter."""
IN_THE_WEEK = datetime(2026, 11, 18, 12, tzinfo=UTC)


def wants(*users) -> None:
    for user in users:
        user.weekly_mail = True
        user.save()


@pytest.mark.parametrize(
    ("now", "due_at"),
    [
        # Summer time begins on Sunday, 29 March 2026, and ends on Sunday, 25 October 2026.
        (datetime(2026, 3, 30, 12, tzinfo=UTC), datetime(2026, 3, 30, 4, 30, tzinfo=UTC)),
        (datetime(2026, 3, 23, 12, tzinfo=UTC), datetime(2026, 3, 23, 5, 30, tzinfo=UTC)),
        (datetime(2026, 10, 26, 12, tzinfo=UTC), datetime(2026, 10, 26, 5, 30, tzinfo=UTC)),
        (datetime(2026, 10, 19, 12, tzinfo=UTC), datetime(2026, 10, 19, 4, 30, tzinfo=UTC)),
        # Sunday, 23:30 in UTC, is Monday in Berlin already.
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), MONDAY),
    ],
)
def test_it_is_due_at_half_past_six_as_the_clocks_in_berlin_show_it(now, due_at):
    assert told_week(now).due_at == due_at


def test_the_week_told_is_the_one_before():
    assert told_week(MONDAY).starts_on == date(2026, 11, 16)
    assert told_week(MONDAY - timedelta(days=1)).starts_on == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (MONDAY - timedelta(seconds=1), 0),
        (MONDAY, 1),
        (MONDAY + timedelta(hours=41), 1),
        (MONDAY + timedelta(hours=42), 0),
    ],
)
def test_whoever_wants_it_gets_it_from_then_on_until_tuesday_night(people, now, count):
    wants(people.owner)

    assert send_due_mails(now) == count
    assert [message.to for message in outbox.outbox] == [[people.owner.email]] * count


def test_nobody_gets_it_unasked_nor_who_cannot_log_in(people):
    wants(people.deactivated)

    assert send_due_mails(MONDAY) == 0
    assert not WeeklyMail.objects.exists()


def test_ticks_of_the_clock_send_it_once_a_week(people):
    wants(people.owner, people.manager)

    sent = [send_due_mails(MONDAY + timedelta(minutes=5 * tick)) for tick in range(3)]
    next_week = send_due_mails(MONDAY + timedelta(days=7))

    assert (sent, next_week) == ([2, 0, 0], 2)
    assert len(outbox.outbox) == 4


def test_a_rep_is_told_of_the_own_deals_only(people):
    wants(people.owner)
    mine = DealFactory(owner=people.owner, title="Meine Halle", at=IN_THE_WEEK)
    DealFactory(owner=people.colleague, title="Fremde Halle", at=IN_THE_WEEK)
    DealFactory(owner=people.owner, title="Von heute", at=MONDAY + timedelta(hours=1))

    send_due_mails(MONDAY + timedelta(hours=2))

    (message,) = outbox.outbox
    html = message.alternatives[0][0]
    for text in (message.body, html):
        assert "Meine Halle" in text
        assert "Fremde Halle" not in text
        assert "Von heute" not in text
        assert f"http://localhost{reverse('pipeline:deal_detail', args=[mine.pk])}" in text
    assert f"/reporting/changes/?of=rep-{people.owner.pk}&since=2026-11-16&until=2026-11-22" in message.body
    assert "Neu: 1 (1.000\u00a0€)" in message.body


def test_a_manager_is_told_of_the_led_team_and_an_admin_of_all(people):
    wants(people.manager, people.admin)
    DealFactory(owner=people.owner, title="Halle Nord", at=IN_THE_WEEK)
    DealFactory(owner=people.stranger, title="Halle Süd", at=IN_THE_WEEK)

    send_due_mails(MONDAY)

    told = {message.to[0]: message.body for message in outbox.outbox}
    manager, admin = told[people.manager.email], told[people.admin.email]
    assert ("Halle Nord" in manager, "Halle Süd" in manager) == (True, False)
    assert ("Halle Nord" in admin, "Halle Süd" in admin) == (True, True)


def test_the_page_of_the_mail_shows_what_the_mail_says(client, people):
    wants(people.owner)
    DealFactory(owner=people.owner, title="Meine Halle", at=IN_THE_WEEK)
    send_due_mails(MONDAY)
    link = next(line for line in outbox.outbox[0].body.splitlines() if "/reporting/changes/" in line)
    log_in(client, people, "owner")

    page = client.get(link.removeprefix("http://localhost"))

    assert page.status_code == 200
    assert "Meine Halle" in page.content.decode()


def test_it_speaks_the_readers_language_and_says_when_nothing_happened(people):
    people.owner.language = "en"
    wants(people.owner)

    send_due_mails(MONDAY)

    (message,) = outbox.outbox
    assert message.subject.startswith("What has changed")
    assert "Nothing has changed in that week." in message.body


def test_a_line_break_in_a_name_does_not_reach_a_header(people):
    people.owner.team.name = "Nord\r\nBcc: alle@trichter.example"
    people.owner.team.save()
    wants(people.manager)

    send_due_mails(MONDAY)

    (message,) = outbox.outbox
    assert "\n" not in message.subject
    assert message.message()["Bcc"] is None


def test_names_are_text_in_the_mail_never_markup(people):
    wants(people.owner)
    DealFactory(owner=people.owner, title="<script>alert(1)</script>", at=IN_THE_WEEK)

    send_due_mails(MONDAY)

    assert "<script>" not in outbox.outbox[0].alternatives[0][0]


def test_a_mail_server_that_refuses_is_tried_again_later_and_not_for_ever(people, settings):
    settings.EMAIL_BACKEND = "tests.reporting.test_weekly_mails.Refusing"
    wants(people.owner)

    assert send_due_mails(MONDAY) == 0

    row = WeeklyMail.objects.get()
    assert (row.attempts, row.claimed_at, row.sent_at) == (1, None, None)
    assert row.error == "ConnectionRefusedError: keine Post"
    assert row.due_at > timezone.now() + timedelta(minutes=9)
    for _attempt in range(MOST_ATTEMPTS):
        WeeklyMail.objects.update(due_at=MONDAY)
        send_due_mails(MONDAY)
    row.refresh_from_db()
    assert row.attempts == MOST_ATTEMPTS

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    WeeklyMail.objects.update(due_at=MONDAY)
    assert send_due_mails(MONDAY) == 0
    assert try_again(WeeklyMail.objects.all()) == 1
    assert send_due_mails(timezone.now().replace(year=2027)) == 0
    WeeklyMail.objects.update(due_at=MONDAY)
    assert send_due_mails(MONDAY) == 1


class Refusing:
    """A mail server that is not there."""

    def __init__(self, **options: object) -> None:
        pass

    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError("keine Post")


def test_one_reader_whose_mail_fails_keeps_nobody_from_theirs(people, monkeypatch):
    wants(people.owner, people.manager)

    def breaking(mail: WeeklyMail):
        if mail.user_id == people.owner.pk:
            raise ValueError("kaputt")
        return weekly_message(mail)

    monkeypatch.setattr(weekly_mails, "weekly_message", breaking)

    assert send_due_mails(MONDAY) == 1
    assert WeeklyMail.objects.get(user=people.owner).error == "ValueError: kaputt"


def test_what_a_dead_worker_had_claimed_is_not_sent_a_second_time(people):
    wants(people.owner)
    week = told_week(MONDAY)
    row = WeeklyMail.objects.create(
        user=people.owner, week_starts_on=week.starts_on, due_at=week.due_at, claimed_at=MONDAY
    )

    assert send_due_mails(MONDAY + timedelta(hours=3)) == 0

    row.refresh_from_db()
    assert (row.sent_at, len(outbox.outbox)) == (None, 0)


def rivals(people) -> int:
    """Two workers take up the same row: the second waits for the claim of the first. How many mails left."""
    wants(people.owner)
    week = told_week(MONDAY)
    row = WeeklyMail.objects.create(user=people.owner, week_starts_on=week.starts_on, due_at=week.due_at)

    def rival() -> None:
        try:
            send_mail(WeeklyMail.objects.select_related("user__team").get(pk=row.pk))
        finally:
            connection.close()

    with transaction.atomic():
        send_mail(row)
        thread = threading.Thread(target=rival)
        thread.start()
        wait_until(is_someone_waiting, 10)
    thread.join(10)
    return len(outbox.outbox)


def is_someone_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends(people):
    assert rivals(people) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_both_would(people, monkeypatch):
    """The control: a claim that does not ask whether the row is free."""

    def taking_it_anyway(mail: WeeklyMail) -> datetime:
        WeeklyMail.objects.filter(pk=mail.pk).update(claimed_at=timezone.now())
        return timezone.now()

    monkeypatch.setattr(weekly_mails, "_claim", taking_it_anyway)

    assert rivals(people) == 2


def test_a_mail_of_an_admin_counts_as_no_look_at_persons(people):
    wants(people.admin)
    DealFactory(owner=people.owner, at=IN_THE_WEEK)

    send_due_mails(MONDAY)

    assert not Event.objects.filter(kind="figures.viewed").exists()


def test_the_admin_sees_the_mails_and_can_send_the_unsent_ones_again(client, people):
    row = WeeklyMail.objects.create(
        user=people.owner, week_starts_on=date(2026, 11, 16), due_at=MONDAY, claimed_at=MONDAY, attempts=3
    )
    log_in(client, people, "admin")
    address = reverse("admin:reporting_weeklymail_changelist")

    answer = client.post(address, {"action": "send_again", "_selected_action": [row.pk]})

    row.refresh_from_db()
    assert (answer.status_code, client.get(address).status_code) == (302, 200)
    assert (row.claimed_at, row.attempts) == (None, 0)


def test_it_is_switched_on_in_the_profile(client, people):
    log_in(client, people, "owner")

    client.post(
        reverse("accounts:profile"),
        {"first_name": "Lena", "language": "de", "theme": "auto", "weekly_mail": "on"},
    )

    people.owner.refresh_from_db()
    assert people.owner.weekly_mail
