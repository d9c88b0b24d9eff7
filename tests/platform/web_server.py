"""The real web server on the database of the tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from funnel_crm import embedded

PATIENCE_SECONDS = 40


@contextmanager
def web_server(**environment: str) -> Iterator[int]:
    """Run it and yield its port; `environment` is what it finds set beside the usual."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    database = connection.settings_dict
    host = quote(database["HOST"], safe="")
    url = f"postgres://{database['USER']}@/{database['NAME']}?host={host}&port={database['PORT']}"
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(port), "--no-ws"),
            *("--workers-kill-timeout", "1", "funnel_crm.asgi:application"),
        ],
        cwd=embedded.CHECKOUT,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "SECRET_KEY": settings.SECRET_KEY,
            "DEBUG": "1",
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    try:
        while not _answers(port):
            assert time.monotonic() < deadline, "the web server does not answer"
            time.sleep(0.1)
        yield port
    finally:
        # All of its processes: one that lived on would keep the database of the tests from being dropped.
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(20)


def _answers(port: int) -> bool:
    try:
        asking = HTTPConnection("127.0.0.1", port, timeout=5)
        asking.request("GET", "/healthz")
        return asking.getresponse().status == 200
    except OSError:
        return False
