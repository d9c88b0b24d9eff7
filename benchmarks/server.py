"""The real web server, as `make run` starts it, on a free port of this machine only."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from core.management.commands.serve import web_command
from funnel_crm import embedded

PATIENCE_SECONDS = 30


@contextmanager
def running_server() -> Iterator[int]:
    """Serve while the block runs; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = embedded.state_dir() / "log" / "bench-web.log"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - a command of this project
            web_command("127.0.0.1", port),
            cwd=embedded.CHECKOUT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The web server did not start; its log lies in log/bench-web.log.")
