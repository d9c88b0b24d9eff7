"""A mailbox with its keeper, and real mail servers."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from imapclient import IMAPClient

from mailbox.models import Mailbox
from tests.factories import UserFactory

USER, PASSWORD = "vertrieb", "geheim"


@pytest.fixture
def box(db):
    """A mailbox nobody looks into by itself."""
    return Mailbox.objects.create(
        name="Vertrieb",
        address="vertrieb@trichter.example",
        host="127.0.0.1",
        port=1,
        security=Mailbox.Security.NONE,
        username=USER,
        secret="TEST",
        keeper=UserFactory(email="keeper@trichter.example"),
    )


@pytest.fixture
def drop_box(box):
    """The mailbox colleagues send copies to."""
    return Mailbox.objects.create(
        name="Kopien",
        address="kopien@trichter.example",
        use=Mailbox.Use.DROP_BOX,
        host="127.0.0.1",
        username=USER,
        secret="TEST",
        keeper=box.keeper,
    )


@dataclass
class ImapServer:
    """A running server with one mailbox."""

    port: int

    def put(self, *mails: bytes) -> None:
        """Let mails arrive."""
        with IMAPClient("127.0.0.1", self.port, ssl=False) as client:
            client.login(USER, PASSWORD)
            for mail in mails:
                client.append("INBOX", mail)


@pytest.fixture(scope="module")
def imap() -> Iterator[ImapServer]:
    """A real IMAP server, in memory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).parent / "pymap"
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "admin", "dict"]
    server = subprocess.Popen(
        [program, *options, "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield ImapServer(port)
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def imap_box(box, imap, monkeypatch):
    """The mailbox on that server, everything that lies in it so far known."""
    monkeypatch.setenv("MAILBOX_PASSWORD_TEST", PASSWORD)
    box.port = imap.port
    box.save()
    with IMAPClient("127.0.0.1", imap.port, ssl=False) as client:
        client.login(USER, PASSWORD)
        state = client.select_folder("INBOX", readonly=True)
    Mailbox.objects.filter(pk=box.pk).update(
        uid_validity=state[b"UIDVALIDITY"], last_uid=state[b"UIDNEXT"] - 1
    )
    box.refresh_from_db()
    return box


def _wait_for(port: int) -> None:
    for _attempt in range(100):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the IMAP server did not start")
