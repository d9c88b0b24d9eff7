"""Mails are read as mail programs really write them."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from mailbox.reading import LONGEST_TEXT, UnreadableMail, read_letter, words_of_html
from tests.mailbox.letters import raw_mail


def test_a_plain_mail():
    letter = read_letter(raw_mail(headers={"In-Reply-To": "<a@x>", "References": "<z@x> <a@x>"}))

    assert (letter.sender.address, letter.sender.name) == ("petra@weiss.example", "Petra Weiß")
    assert (letter.subject, letter.text) == ("Ihr Angebot", "Der Preis passt.")
    assert letter.answers == ["<a@x>", "<z@x>"]
    assert timezone.now() - letter.at < timedelta(minutes=1)
    assert not letter.is_automatic


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (b"text/plain; charset=iso-8859-1", "Größe".encode("latin-1"), "Größe"),
        (b"text/plain; charset=nonsense", "Größe".encode(), "Größe"),
        (b"text/plain", "Größe".encode("cp1252"), "Größe"),
        (
            b"text/html; charset=utf-8",
            "<p>Größe &amp; Preis</p><script>x()</script>".encode(),
            "Größe & Preis",
        ),
    ],
)
def test_character_sets(head, body, text):
    raw = (
        b"From: a@b.example\r\nContent-Type: " + head + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body
    )

    assert read_letter(raw).text == text


def test_html_becomes_lines():
    assert (
        words_of_html("<div>Eins<br>zwei</div><ul><li>drei</li><li>vier</li></ul>")
        == "Eins\nzwei\n\ndrei\n\nvier\n"
    )


def test_without_a_message_id_the_bytes_tell_it_from_others():
    raw = raw_mail(message_id=None)

    assert read_letter(raw).message_id == read_letter(raw).message_id
    assert read_letter(raw).message_id != read_letter(raw + b" ").message_id


@pytest.mark.parametrize(
    "date", ["", "gestern", "Mon, 99 Foo 2026 99:99:99 +9999", "Fri, 1 Jan 2100 00:00:00 +0000", "0"]
)
def test_a_moment_that_makes_no_sense_is_now(date):
    raw = f"From: a@b.example\r\nDate: {date}\r\n\r\nText".encode()

    assert timezone.now() - read_letter(raw).at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Precedence", "bulk"),
        ("List-Id", "<liste.example>"),
        ("X-Autoreply", "yes"),
    ],
)
def test_what_machines_write_is_told(name, value):
    assert read_letter(raw_mail(headers={name: value})).is_automatic


def test_a_delivery_report_names_the_mail_that_came_back():
    raw = (
        b"From: mailer-daemon@b.example\r\nContent-Type: multipart/report; report-type=delivery-status;"
        b' boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nFailed\r\n--x\r\n'
        b"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <ours@trichter.example>\r\n\r\n--x--\r\n"
    )

    letter = read_letter(raw)

    assert letter.is_bounce
    assert letter.answers == ["<ours@trichter.example>"]


@pytest.mark.parametrize(
    "raw", [b"", b"\x00" * 100, b"Subject: no sender\r\n\r\n", b"From:\r\n\r\nx", b"\xff\xfe" * 50]
)
def test_what_is_no_mail_says_so(raw):
    with pytest.raises(UnreadableMail):
        read_letter(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\r\nSubject: =?utf-8?B?////?=\r\n\r\n",
        b"From: a@b.example\r\nSubject: a\x00b\xf0\x9f\r\n\r\n\x00\x00",
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 5000,
        b"From: a@b.example\r\nTo: " + b"a@b.example, " * 5000 + b"\r\n\r\n",
        b"From: " + b'"<' * 3000 + b"a@b.example\r\n\r\n",
        b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + b"<p>" * 200_000,
        b"From: a@b.example\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AAA-",
    ],
)
def test_hostile_mails_take_no_time_and_leave_nothing_a_database_refuses(raw):
    began = time.monotonic()

    try:
        letter = read_letter(raw)
    except UnreadableMail:
        letter = None

    assert time.monotonic() - began < 2
    if letter:
        assert "\x00" not in letter.text + letter.subject
        assert len(letter.text) <= LONGEST_TEXT
