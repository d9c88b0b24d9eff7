"""manage.py serve: everything a laptop needs to run the product, from the database to the demo log-ins."""

import hashlib
import http.client
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from core import catalogue
from funnel_crm import embedded
from funnel_crm.server_process import EmbeddedServerError
from funnel_crm.supervisor import Service, Supervisor

DEMO_LOGINS = {
    "rep": "lena.sommer@trichter.example",
    "manager": "mara.richter@trichter.example",
    "admin": "admin@trichter.example",
}
DEMO_PASSWORD = "trichter-demo"  # noqa: S105 - printed on purpose; the demo is loaded into an embedded server only
PORT_PATIENCE_SECONDS = 5
REPAIR_PAUSE_SECONDS = 5
KILL_SECONDS = "2"  # open boards listen for minutes; whoever stops the server does not wait for them
BACKGROUND_DELAY_SECONDS = 1.5  # on a small machine the first page comes sooner when the others wait
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Command(BaseCommand):
    help = "Migrates, loads the demo on the first start, and serves web, relay, worker and beat until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: object, host: str, port: int, **options: object) -> None:
        """Prepare and serve; the embedded servers already run, or their addresses are given."""
        self.host, self.port = host, port
        os.environ.setdefault("SITE_URL", f"http://{host}:{port}")
        self.is_announced = False
        self.repair_after = 0.0
        os.chdir(embedded.CHECKOUT)
        embedded.make_state_dir()
        try:
            with embedded.exclusive_lock("serve", wait=False):
                _refuse_taken_port(host, port)
                self._prepare()
                self._serve()
        except KeyboardInterrupt:
            self._say("Stopped before it had started.")
        except BlockingIOError:
            raise CommandError("Funnel CRM is already running from this folder.") from None

    def _prepare(self) -> None:
        where = f"embedded, in {embedded.state_dir()}" if settings.IS_EMBEDDED else "as DATABASE_URL says"
        self._say(f"Database: {where}")
        self._step("Translations", catalogue.compile_all)
        self._step("Migrations", lambda: call_command("migrate", interactive=False, verbosity=0))
        if settings.IS_EMBEDDED:
            self._step("Demo company", lambda: call_command("load_demo", if_empty=True, verbosity=0))
        self._step("Static files", _collect_static_files)

    def _serve(self) -> None:
        self.demo_is_loaded = get_user_model().objects.filter(email=DEMO_LOGINS["rep"]).exists()
        connections.close_all()
        self._say("Starting web, relay, worker and beat")
        supervisor = Supervisor(_services(self.host, self.port), embedded.state_dir() / "log", self._say)
        supervisor.run(each_tick=self._look_after_the_rest)
        self._say("Stopped.")

    def _look_after_the_rest(self) -> None:
        if not self.is_announced and _answers(self.host, self.port):
            self.is_announced = True
            self._announce()
        if time.monotonic() < self.repair_after:
            return
        try:
            for name in embedded.repair():
                self._say(f"{name} had died; it runs again.")
        except EmbeddedServerError as error:
            self._say(str(error))
            self.repair_after = time.monotonic() + REPAIR_PAUSE_SECONDS

    def _announce(self) -> None:
        self._say(f"Ready; Ctrl-C stops it. Logs: {embedded.state_dir() / 'log'}")
        self._say(f"\n  http://{self.host}:{self.port}/\n")
        if self.demo_is_loaded:
            for role, email in DEMO_LOGINS.items():
                self._say(f"  {role:8} {email:32} {DEMO_PASSWORD}")
            if self.host not in LOOPBACK:
                self._say("The demo's passwords are public: keep no real data beside them.")

    def _step(self, name: str, work: Callable[[], object]) -> None:
        began_at = time.monotonic()
        work()
        self._say(f"{name}: ready ({time.monotonic() - began_at:.1f} s)")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def web_command(host: str, port: int) -> list[str]:
    """The command line of the web server."""
    return [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port),
        "--no-ws", "--workers", "1", "--respawn-failed-workers", "--workers-kill-timeout", KILL_SECONDS,
        "funnel_crm.asgi:application",
    ]  # fmt: skip


def _services(host: str, port: int) -> list[Service]:
    """Each part of the product as a process."""
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "funnel_crm"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--schedule", str(embedded.state_dir() / "beat-schedule")]
    quick_start = ["--without-gossip", "--without-mingle"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", *quick_start]
    return [
        Service("web", web_command(host, port)),
        Service("relay", [python, "manage.py", "relay"], BACKGROUND_DELAY_SECONDS),
        Service("worker", worker, BACKGROUND_DELAY_SECONDS),
        Service("beat", beat, BACKGROUND_DELAY_SECONDS),
    ]


def _refuse_taken_port(host: str, port: int) -> None:
    """A predecessor that was killed may need a moment to let go of the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + PORT_PATIENCE_SECONDS
    while True:
        try:
            socket.create_server((host, port), family=family).close()
            return
        except OSError as error:
            if time.monotonic() > deadline:
                raise CommandError(
                    f"Cannot listen on {host}:{port} ({error.strerror}). Try: make run PORT=8001"
                ) from error
            time.sleep(0.2)


def _answers(host: str, port: int) -> bool:
    """Tell whether the web server answers at all, and not with an error of its own."""
    connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=2)  # noqa: S104
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _collect_static_files() -> None:
    """Hashing and compressing takes seconds, so it is done only when a file has changed."""
    if settings.DEBUG:  # files are served as they lie there
        return
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()
