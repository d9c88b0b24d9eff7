"""What a mail says: its bytes read tolerantly, as mail programs really write them."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser

from django.utils import timezone

LONGEST_TEXT = 200_000
LONGEST_SUBJECT = 250
LONGEST_ID = 250
MOST_ADDRESSES = 50
MOST_PARTS = 200
# Where servers note the address a mail was delivered to when the sender kept it to himself (Bcc).
DELIVERED_TO = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
IDS = re.compile(r"<[^<>\s]{1,248}>")


class UnreadableMail(Exception):
    """The bytes are no mail that could be read; the message says what is wrong with them."""


@dataclass(frozen=True)
class Correspondent:
    """An address with the name written before it; the address in lower case."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Letter:
    """A mail as we understand it. `message_id` and `answers` carry their angle brackets."""

    message_id: str
    sender: Correspondent
    recipients: list[Correspondent]
    subject: str
    text: str
    at: datetime
    # Message-IDs of the mails it answers, the nearest one first.
    answers: list[str] = field(default_factory=list)
    # Where it was delivered to, as the servers noted it.
    delivered_to: list[str] = field(default_factory=list)
    attachment_names: list[str] = field(default_factory=list)
    # Written by a machine: an out-of-office note, a list, a report.
    is_automatic: bool = False
    # A report that one of our mails could not be delivered; `answers` then names that mail.
    is_bounce: bool = False


def read_letter(raw: bytes) -> Letter:
    """Read a mail; raises UnreadableMail where it has no sender or its structure defies reading."""
    try:
        return _read(raw)
    except UnreadableMail:
        raise
    # The parser of the standard library stumbles over broken headers in many ways, and no mail may stop us.
    except Exception as error:
        raise UnreadableMail(type(error).__name__) from error


def id_of_bytes(raw: bytes) -> str:
    """Stands for a Message-ID where there is none: the same bytes again are the same mail."""
    return f"<{hashlib.sha256(raw).hexdigest()}@no-id>"


def _read(raw: bytes) -> Letter:
    message: EmailMessage = message_from_bytes(raw, policy=policy.default)
    sender = next(iter(_correspondents(message, "from")), None)
    if sender is None:
        raise UnreadableMail("no sender")
    parts = [part for _number, part in zip(range(MOST_PARTS), message.walk(), strict=False)]
    is_bounce = message.get_content_type() == "multipart/report"
    answers = _ids(message, "in-reply-to") + _ids(message, "references")[::-1]
    return Letter(
        message_id=_own_id(message, raw),
        sender=sender,
        recipients=_correspondents(message, "to", "cc"),
        subject=_header(message, "subject")[:LONGEST_SUBJECT],
        text=_text(message, parts),
        at=_moment(message),
        answers=list(dict.fromkeys(_reported_ids(parts) + answers if is_bounce else answers))[:20],
        delivered_to=[found.address for found in _correspondents(message, *DELIVERED_TO)],
        attachment_names=[_clean(part.get_filename() or "")[:200] for part in parts if _is_attachment(part)],
        is_automatic=is_bounce or _is_automatic(message),
        is_bounce=is_bounce,
    )


def _header(message: EmailMessage, name: str) -> str:
    return _clean(" ".join(str(message.get(name, "")).split()))


def _clean(text: str) -> str:
    """Without what Postgres does not take: NUL, and halves of characters from broken encodings."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _correspondents(message: EmailMessage, *names: str) -> list[Correspondent]:
    written = [str(value) for name in names for value in message.get_all(name, [])]
    found = [
        Correspondent(_clean(address).strip().lower()[:254], _clean(name).strip()[:160])
        for name, address in getaddresses(written)
        if "@" in address
    ]
    return found[:MOST_ADDRESSES]


def _ids(message: EmailMessage, name: str) -> list[str]:
    return IDS.findall(_header(message, name))


def _own_id(message: EmailMessage, raw: bytes) -> str:
    """Its Message-ID; one made from its bytes where it has none, so that it is still filed once."""
    named = _ids(message, "message-id")
    return named[0][:LONGEST_ID] if named else id_of_bytes(raw)


def _moment(message: EmailMessage) -> datetime:
    """When it says it was sent; now, where it says nothing sensible or a moment to come."""
    now = timezone.now()
    try:
        at = parsedate_to_datetime(_header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return now
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at if datetime(1990, 1, 1, tzinfo=UTC) < at <= now else now


def _is_automatic(message: EmailMessage) -> bool:
    """By the signs of RFC 3834 and those older programs use."""
    marked = _header(message, "auto-submitted").lower()
    precedence = _header(message, "precedence").lower()
    return (
        bool(marked and not marked.startswith("no"))
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or any(name in message for name in ("x-autoreply", "x-autorespond", "list-id"))
        or _header(message, "return-path") == "<>"
    )


def _is_attachment(part: EmailMessage) -> bool:
    return not part.is_multipart() and bool(part.get_filename())


def _reported_ids(parts: list[EmailMessage]) -> list[str]:
    """The Message-IDs named in the returned part of a delivery report."""
    found: list[str] = []
    for part in parts[1:]:
        if part.get_content_type() == "text/rfc822-headers":
            head = message_from_bytes(_payload(part), policy=policy.default)
            found += IDS.findall(str(head.get("message-id", "")))
        elif "message-id" in part:
            found += _ids(part, "message-id")
    return found


def _text(message: EmailMessage, parts: list[EmailMessage]) -> str:
    """The plain text; where there is only HTML, the words of it."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and not part.get_filename():
                written = _decoded(part)
                return _clean(words_of_html(written) if kind == "text/html" else written).strip()
    return ""


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: EmailMessage) -> str:
    """In the character set it names; else as UTF-8, else as Windows wrote it."""
    payload = _payload(part)[: LONGEST_TEXT * 4]
    for charset in (part.get_content_charset(), "utf-8"):
        try:
            return payload.decode(charset or "utf-8")[:LONGEST_TEXT]
        except (LookupError, UnicodeError):
            continue
    return payload.decode("cp1252", "replace")[:LONGEST_TEXT]


class _Words(HTMLParser):
    """Collects what a reader would see, with line breaks where blocks begin and end."""

    BREAKS = frozenset(
        ("p", "div", "br", "tr", "li", "ul", "ol", "table", "hr", "blockquote", "section", "article")
    ) | {f"h{level}" for level in range(1, 7)}
    UNSEEN = frozenset(("style", "script", "head", "title", "template"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += tag in self.UNSEEN
        if tag in self.BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in self.UNSEEN))
        if tag in self.BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(re.sub(r"[ \t\r\n\xa0]+", " ", data))


def words_of_html(html: str) -> str:
    """The text of an HTML mail, blank lines drawn together; no markup survives."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = [line.strip() for line in "".join(reader.words).split("\n")]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept)
