"""Looking into a real mailbox: everything is counted, and a broken mail stops nothing."""

import pytest
from django.core.management import CommandError, call_command

from mailbox import fetching
from mailbox.fetching import fetch
from mailbox.models import FetchRun, Mailbox, Reason, TakenMail
from tests.factories import PersonFactory
from tests.mailbox.letters import raw_mail

pytestmark = pytest.mark.django_db


def test_every_mail_becomes_one_of_the_four(imap, imap_box):
    PersonFactory().channels.create(kind="email", value="petra@weiss.example")
    imap.put(
        raw_mail(message_id="<f1@x>"),
        raw_mail(message_id="<f1@x>"),
        b"Subject: kein Absender\r\n\r\nText\r\n",
        raw_mail(sender="neu@fremd.example", message_id="<f2@x>"),
    )

    assert fetch(imap_box) == 4

    run = FetchRun.objects.get()
    assert (run.seen, run.filed, run.queued, run.rejected, run.known) == (4, 1, 1, 1, 1)


def test_the_second_look_sees_only_what_is_new(imap, imap_box):
    imap.put(raw_mail(message_id="<g1@x>"))
    fetch(imap_box)
    imap.put(raw_mail(message_id="<g2@x>"))

    assert fetch(imap_box) == 1
    assert fetch(imap_box) == 0
    assert FetchRun.objects.count() == 2


def test_a_look_that_is_cut_short_goes_on_where_it_stopped(imap, imap_box, monkeypatch):
    imap.put(*(raw_mail(message_id=f"<h{number}@x>") for number in range(3)))
    taken = []

    def broken(raw, mailbox):
        if len(taken) == 1:
            raise KeyboardInterrupt
        taken.append(raw)
        return take_in(raw, mailbox)

    take_in = fetching.take_in
    monkeypatch.setattr(fetching, "take_in", broken)
    with pytest.raises(KeyboardInterrupt):
        fetch(imap_box)
    monkeypatch.setattr(fetching, "take_in", take_in)

    assert fetch(Mailbox.objects.get(pk=imap_box.pk)) == 2
    assert TakenMail.objects.filter(message_id__startswith="<h").count() == 3


def test_a_fault_of_ours_keeps_the_mail_and_takes_the_next(imap, imap_box, monkeypatch):
    imap.put(raw_mail(message_id="<i1@x>"), raw_mail(message_id="<i2@x>"))
    take_in = fetching.take_in
    monkeypatch.setattr(
        fetching, "take_in", lambda raw, box: 1 / 0 if b"<i1@x>" in raw else take_in(raw, box)
    )

    assert fetch(imap_box) == 2
    assert TakenMail.objects.filter(reason=Reason.UNREADABLE).count() == 1
    assert TakenMail.objects.filter(message_id="<i2@x>").exists()


def test_a_mail_too_large_is_told_by_its_head(imap, imap_box, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 2000)
    imap.put(raw_mail(message_id="<j@x>", text="x" * 3000))

    fetch(imap_box)

    mail = TakenMail.objects.get(reason=Reason.TOO_LARGE)
    assert b"<j@x>" in mail.raw.read()


def test_when_the_server_numbers_anew_nothing_is_filed_twice(imap, imap_box):
    imap.put(raw_mail(message_id="<k@x>"))
    fetch(imap_box)
    before = TakenMail.objects.count()
    Mailbox.objects.update(uid_validity=1)

    fetch(Mailbox.objects.get(pk=imap_box.pk))

    assert TakenMail.objects.filter(message_id="<k@x>").count() == 1
    assert FetchRun.objects.latest("at").known >= before


@pytest.mark.parametrize(("name", "value"), [("host", "127.0.0.1"), ("secret", "FALSCH")])
def test_a_server_that_is_away_is_told(imap_box, name, value, capsys):
    setattr(imap_box, name, value)
    imap_box.port = 1 if name == "host" else imap_box.port
    imap_box.save()

    with pytest.raises(CommandError):
        call_command("fetch_mail")

    imap_box.refresh_from_db()
    assert imap_box.error
    assert imap_box.looked_at
