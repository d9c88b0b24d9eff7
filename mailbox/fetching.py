"""Looking into the mailboxes by IMAP: nothing there is changed, every mail becomes a row of ours.

Mails are found by their number (UID). When the server numbers anew (UIDVALIDITY), all are looked at once
more, and the Message-ID tells which are known. A mail that cannot be taken in never stops the next one.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from imapclient import IMAPClient

from funnel_crm import environment
from mailbox.actions.taking import reject_raw, take_in
from mailbox.models import FetchRun, Mailbox, Reason

logger = logging.getLogger(__name__)

TIMEOUT = 20
MOST_A_LOOK = 500
LARGEST = 25 * 1024 * 1024


def fetch_all() -> int:
    """Look into every active mailbox; answer how many mails were seen. A mailbox that fails says so."""
    return sum(fetch(mailbox) for mailbox in Mailbox.objects.filter(is_active=True).select_related("keeper"))


def fetch(mailbox: Mailbox) -> int:
    """Take in what is new in a mailbox; answer how many mails were seen."""
    counts: Counter[str] = Counter()
    error = ""
    try:
        with _opened(mailbox) as server:
            for uid in _new_mails(server, mailbox)[:MOST_A_LOOK]:
                counts[_take(server, uid, mailbox)] += 1
                # After each mail, so that a look that is cut short goes on where it stopped.
                mailbox.last_uid = uid
                mailbox.save(update_fields=["last_uid", "uid_validity"])
    except Exception as problem:
        # A server that is away, a changed password: the next look tries again, the admin shows why.
        logger.warning("Mailbox %s could not be read: %s", mailbox.pk, type(problem).__name__)
        error = f"{type(problem).__name__}: {problem}"[:300]
    Mailbox.objects.filter(pk=mailbox.pk).update(looked_at=timezone.now(), error=error)
    if counts:
        FetchRun.objects.create(
            mailbox=mailbox,
            seen=counts.total(),
            filed=counts["filed"],
            queued=counts["queued"],
            rejected=counts["rejected"],
            known=counts["known"],
        )
    return counts.total()


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[IMAPClient]:
    """The folder, opened for reading only."""
    use = Mailbox.Security
    server = IMAPClient(mailbox.host, mailbox.port, ssl=mailbox.security == use.TLS, timeout=TIMEOUT)
    try:
        if mailbox.security == use.STARTTLS:
            server.starttls()
        server.login(mailbox.username, environment.text(f"MAILBOX_PASSWORD_{mailbox.secret}"))
        state = server.select_folder(mailbox.folder, readonly=True)
        if state[b"UIDVALIDITY"] != mailbox.uid_validity:
            mailbox.uid_validity, mailbox.last_uid = state[b"UIDVALIDITY"], 0
        yield server
    finally:
        server.shutdown()


def _new_mails(server: IMAPClient, mailbox: Mailbox) -> list[int]:
    """The numbers above the last one; `n:*` always answers the last mail, however low its number."""
    found = server.search(["UID", f"{mailbox.last_uid + 1}:*"])
    return sorted(uid for uid in found if uid > mailbox.last_uid)


def _take(server: IMAPClient, uid: int, mailbox: Mailbox) -> str:
    size = server.fetch([uid], ["RFC822.SIZE"])[uid][b"RFC822.SIZE"]
    if size > LARGEST:
        return reject_raw(
            server.fetch([uid], ["BODY.PEEK[HEADER]"])[uid][b"BODY[HEADER]"], mailbox, Reason.TOO_LARGE
        )
    raw: bytes = server.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
    try:
        return take_in(raw, mailbox)
    except Exception:
        # A fault of ours; the mail is kept and shown, and the ones behind it go on.
        logger.exception("Mail %s of mailbox %s could not be taken in", uid, mailbox.pk)
        return reject_raw(raw, mailbox, Reason.UNREADABLE)
