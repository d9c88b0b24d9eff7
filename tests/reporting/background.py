"""The background processes of the product, for tests: real ones, on the database of the tests."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from funnel_crm import embedded
from funnel_crm.local_servers import LocalValkey

QUICK = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


class Background:
    """A broker, a relay, a worker and a beat of one's own; each can be killed and started again."""

    def __init__(self, logs: Path, **environment: str) -> None:
        self.logs = logs
        self.further_environment = environment
        self.folder = Path(tempfile.mkdtemp(prefix="funnel-test-"))
        self.folder.chmod(0o711)
        sockets = self.folder / "s"
        self.valkey = LocalValkey(self.folder / "state", sockets, unsafe_fast=False)
        (self.folder / "state" / "log").mkdir(parents=True)
        (self.folder / "state").chmod(0o711)
        self.redis_url = f"redis+socket://{sockets / LocalValkey.socket_name}"
        celery = [sys.executable, "-m", "celery", "-A", "funnel_crm"]
        self.commands = {
            "relay": [sys.executable, "manage.py", "relay"],
            "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", *QUICK],
            "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", str(self.folder / "beat")],
        }
        self.running: dict[str, subprocess.Popen] = {}

    def start(self, *names: str) -> None:
        """Start these processes, or the broker."""
        for name in names:
            if name == "valkey":
                self.valkey.ensure()
                continue
            with (self.logs / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    self.commands[name],
                    cwd=embedded.CHECKOUT,
                    env=self._environment(),
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def kill(self, name: str) -> None:
        """Kill -9, without a word; a worker with its children."""
        if name == "valkey":
            os.kill(self.valkey.pid(), 9)
            return
        process = self.running.pop(name)
        os.killpg(process.pid, 9)
        process.wait(10)

    def stop(self) -> None:
        """End everything."""
        for name in list(self.running):
            self.kill(name)
        self.valkey.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _environment(self) -> dict[str, str]:
        database = connection.settings_dict
        login = quote(database["USER"], safe="")
        if database["PASSWORD"]:
            login += ":" + quote(database["PASSWORD"], safe="")
        host = quote(str(database["HOST"]), safe="")
        url = f"postgres://{login}@/{database['NAME']}?host={host}&port={database['PORT']}"
        return {
            "PATH": os.defpath,
            "HOME": str(self.folder),
            "FUNNEL_STATE": str(self.folder / "state"),
            "DATABASE_URL": url,
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": "only-for-tests-" * 4,
            **self.further_environment,
        }


def wait_until(is_true: Callable[[], bool], seconds: float) -> float:
    """Wait for something to become true, or fail; answer how long it took."""
    began = time.monotonic()
    while not is_true():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - began
