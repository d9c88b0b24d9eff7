"""Mails are written once and leave once; what the law forbids does not leave."""

import socket
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as outbox
from django.db import connections
from django.utils import timezone

from activities.actions import About
from activities.models import Activity, FollowUp
from contacts.errors import ReachRefused
from core.models import Delivery
from mailbox import sending
from mailbox.actions import MailText, give_up_mail, send_again, take_in, write_mail
from mailbox.errors import MailHasLeft, MailNotReady
from mailbox.models import Purpose, SentMail
from mailbox.sending import give_back_lost_claims, send, send_due
from tests.factories import PersonFactory, UserFactory
from tests.mailbox.letters import raw_mail

State = SentMail.State


@pytest.fixture
def channel(db):
    """The address of a person."""
    person = PersonFactory(last_name="Weiß")
    return person.channels.create(kind="email", value="petra@weiss.example")


def written(channel, **options):
    about = About(person=channel.person)
    text = MailText(options.pop("subject", "Ihr Angebot"), options.pop("text", "Guten Tag,\n\nanbei."))
    return write_mail(about, channel, text, actor=options.pop("actor", None) or UserFactory(), **options)


@pytest.mark.django_db
def test_writing_leaves_an_entry_a_row_and_a_delivery(channel):
    mail = written(channel)

    assert (mail.activity.kind, mail.activity.direction, mail.activity.person) == (
        "mail",
        "out",
        channel.person,
    )
    assert mail.state == State.WAITING
    assert Delivery.objects.get(task="mailbox.tasks.send_written")


@pytest.mark.django_db
def test_the_same_form_twice_writes_one_mail(channel):
    key, actor = uuid4(), UserFactory()

    assert written(channel, form_key=key, actor=actor) == written(channel, form_key=key, actor=actor)
    assert Activity.objects.count() == 1


@pytest.mark.django_db
def test_an_open_placeholder_is_not_sent(channel):
    with pytest.raises(MailNotReady, match="Vorname"):
        written(channel, text="Hallo {Vorname}")
    assert not Activity.objects.exists()


@pytest.mark.django_db
def test_advertising_without_consent_is_refused(channel):
    with pytest.raises(ReachRefused):
        write_mail(
            About(person=channel.person),
            channel,
            MailText("Aktion", "Kaufen Sie", Purpose.ADVERTISING),
            actor=UserFactory(),
        )
    assert not SentMail.objects.exists()


@pytest.mark.django_db
def test_it_leaves_in_the_name_of_its_author(channel, settings):
    settings.DEFAULT_FROM_EMAIL = "crm@trichter.example"
    author = UserFactory(first_name="Lena", last_name="Sommer", email="lena@trichter.example")
    mail = written(channel, actor=author, subject="Zeile\r\nBcc: alle@fremd.example")

    assert send_due() == 1

    [sent] = outbox.outbox
    assert sent.from_email == "Lena Sommer <crm@trichter.example>"
    assert sent.reply_to == ["Lena Sommer <lena@trichter.example>"]
    assert (sent.to, sent.subject) == (["petra@weiss.example"], "Zeile Bcc: alle@fremd.example")
    assert sent.extra_headers["Message-ID"] == mail.message_id
    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert send_due() == 0


@pytest.mark.django_db
def test_a_failing_server_is_tried_again_and_then_told(channel, monkeypatch):
    mail = written(channel)
    monkeypatch.setattr(sending, "message_of", lambda mail: 1 / 0)

    for _attempt in range(sending.MOST_ATTEMPTS):
        SentMail.objects.update(due_at=timezone.now())
        assert send_due() == 0

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.FAILED, sending.MOST_ATTEMPTS)
    assert FollowUp.objects.get().owner == mail.activity.author
    monkeypatch.undo()
    send_again(mail, actor=mail.activity.author)
    assert send_due() == 1


@pytest.mark.django_db
def test_the_claim_of_a_dead_worker_is_given_back_for_a_person_to_decide(channel):
    mail = written(channel)
    SentMail.objects.update(state=State.CLAIMED, claimed_at=timezone.now() - timedelta(minutes=16))

    assert give_back_lost_claims() == 1
    assert send_due() == 0

    mail.refresh_from_db()
    assert mail.state == State.FAILED


@pytest.mark.django_db
def test_what_is_sent_can_be_neither_sent_again_nor_given_up(channel):
    mail = written(channel)
    send_due()

    for verb in (send_again, give_up_mail):
        with pytest.raises(MailHasLeft):
            verb(mail, actor=mail.activity.author)


@pytest.mark.django_db
def test_a_report_tells_that_it_came_back(channel, box):
    mail = written(channel)
    send_due()
    report = raw_mail(sender="mailer-daemon@weiss.example", message_id="<r@x>")
    report = report.replace(b"Content-Type: text/plain", b"Content-Type: multipart/report; boundary=b;", 1)
    head = f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {mail.message_id}\r\n"
    report += f"\r\n--b\r\n{head}\r\n--b--\r\n".encode()

    take_in(report, box)

    mail.refresh_from_db()
    assert mail.state == State.BOUNCED


class Inbox:
    """What a mail server received."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name is the library's
        """Take a mail."""
        self.mails.append(envelope.content)
        return "250 OK"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("claims", "count"), [(True, 1), (False, 2)])
def test_two_workers_send_one_mail_through_a_real_server(channel, settings, monkeypatch, claims, count):
    """Both have read the row while it waits; without the claim both send."""
    if not claims:
        monkeypatch.setattr(sending, "_claim", lambda mail: True)
    inbox = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    mail = written(channel)
    both = threading.Barrier(2)

    def work() -> None:
        try:
            row = SentMail.objects.select_related("activity__author", "activity__person").get(pk=mail.pk)
            both.wait(5)
            send(row)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(2)]
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(20)
    finally:
        server.stop()

    assert len(inbox.mails) == count
    assert mail.message_id.encode() in inbox.mails[0]
