"""The mail on Monday morning by a real worker and broker, also when the worker is killed while sending."""

from collections.abc import Iterator

import pytest
from celery import Celery
from django.utils import timezone

from reporting.models import WeeklyMail
from reporting.weekly_mails import told_week, try_again
from tests.reporting.background import Background, wait_until
from tests.reporting.mail_server import MailServer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.skipif(
        timezone.now() < told_week(timezone.now()).due_at, reason="on Monday before 6:30 nothing is due"
    ),
]


@pytest.fixture
def server() -> Iterator[MailServer]:
    """Where the worker brings its mails."""
    server = MailServer()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def background(transactional_db: None, tmp_path, server: MailServer) -> Iterator[Background]:
    """A broker and a worker."""
    processes = Background(tmp_path, EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(server.port))
    try:
        processes.start("valkey", "worker")
        yield processes
    finally:
        processes.stop()


def tick(background: Background) -> None:
    """What beat does every five minutes."""
    with Celery(broker=background.redis_url) as clock:
        clock.send_task("reporting.tasks.send_weekly_mails")


def due_mail(user) -> WeeklyMail:
    user.weekly_mail = True
    user.save()
    week = told_week(timezone.now())
    return WeeklyMail.objects.create(user=user, week_starts_on=week.starts_on, due_at=week.due_at)


def is_sent(mail: WeeklyMail) -> bool:
    mail.refresh_from_db()
    return mail.sent_at is not None


def test_a_worker_killed_while_sending_sends_nothing_twice_and_the_admin_sees_it(background, server, people):
    mail = due_mail(people.owner)
    server.is_silent = True
    tick(background)
    wait_until(lambda: server.calls == 1, 60)

    background.kill("worker")
    server.is_silent = False
    other = due_mail(people.manager)
    background.start("worker")
    for _ in range(3):
        tick(background)
    wait_until(lambda: is_sent(other), 60)

    assert not is_sent(mail)
    assert mail.claimed_at is not None
    assert server.recipients == [people.manager.email]

    try_again(WeeklyMail.objects.all())
    tick(background)
    wait_until(lambda: is_sent(mail), 60)
    assert server.recipients == [people.manager.email, people.owner.email]
