"""A small supervisor: keeps a handful of processes running, and leaves none behind."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

TICK_SECONDS = 0.2
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
HEALTHY_AFTER_SECONDS = 60.0
TAIL_LINES = 6
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None)  # loaded before any fork: a child must not load libraries


@dataclass(frozen=True)
class Service:
    """A program that shall run all the time."""

    name: str
    command: Sequence[str]
    delay_seconds: float = 0.0
    stop_seconds: float = 15.0


class Child:
    """A service with the process that runs it now, and when to try again if there is none."""

    def __init__(self, service: Service, log: Path) -> None:
        """Start nothing yet."""
        self.service = service
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.pause = FIRST_PAUSE_SECONDS
        self.next_start_at = time.monotonic() + service.delay_seconds

    def start(self) -> None:
        """Run the program in a session of its own; it gets SIGTERM when we die without a word."""
        parent = os.getpid()

        def die_with_parent() -> None:
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # it died before the line above
                os._exit(1)

        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - commands of this project
                self.service.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor, which stops everything in order
                preexec_fn=die_with_parent,
            )
        self.started_at = time.monotonic()

    def reap(self) -> str:
        """Clean up after a dead process and plan the next start; say what happened, empty if it lives."""
        if self.process is None or self.process.poll() is None:
            return ""
        code = self.process.returncode
        self._signal_group(signal.SIGKILL)  # its own children would go on without it
        self.process = None
        now = time.monotonic()
        if now - self.started_at > HEALTHY_AFTER_SECONDS:
            self.pause = FIRST_PAUSE_SECONDS
        self.next_start_at, pause = now + self.pause, self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        cause = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        return f"{self.service.name} stopped ({cause}); starting it again in {pause:g} s.\n{self._log_tail()}"

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the main process, which stops its own children in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def is_stopped(self) -> bool:
        """Tell whether the main process is gone."""
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """End the main process and whatever it left in its session."""
        self._signal_group(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def _signal_group(self, sign: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, sign)

    def _log_tail(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:]
        return "\n".join(f"    {line}" for line in lines)


class Supervisor:
    """Starts services, restarts the dead with growing pauses, stops all on SIGINT, SIGTERM or SIGHUP."""

    def __init__(self, services: Sequence[Service], log_folder: Path, say: Callable[[str], None]) -> None:
        """Keep one log per service in `log_folder`; the one of the last run moves to *.log.1."""
        self.say = say
        self.children = [Child(service, log_folder / f"{service.name}.log") for service in services]
        self.stop_requests = 0

    def run(self, *, each_tick: Callable[[], None]) -> None:
        """Keep everything running until a signal comes; `each_tick` looks after the rest."""
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._request_stop)
        try:
            for child in self.children:
                _rotate(child.log)
            self._watch(each_tick)
        finally:
            self._stop()

    def _watch(self, each_tick: Callable[[], None]) -> None:
        while not self.stop_requests:
            for child in self.children:
                if news := child.reap():
                    self.say(news)
                if child.process is None and time.monotonic() >= child.next_start_at:
                    child.start()
            each_tick()
            time.sleep(TICK_SECONDS)

    def _stop(self) -> None:
        """Ask all to stop at once; a second signal, or too long a wait, ends them by force."""
        asked_at = time.monotonic()
        patience_ends_with = self.stop_requests + 1
        for child in self.children:
            child.ask_to_stop()
        while not all(child.is_stopped() for child in self.children):
            late = [c for c in self.children if time.monotonic() - asked_at > c.service.stop_seconds]
            for child in self.children if self.stop_requests >= patience_ends_with else late:
                child.kill()
            time.sleep(TICK_SECONDS / 4)
        for child in self.children:
            child.kill()

    def _request_stop(self, _sign: int, _frame: FrameType | None) -> None:
        self.stop_requests += 1


def _rotate(log: Path) -> None:
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
