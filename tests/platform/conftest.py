"""Processes under test: each in an environment of its own, none outliving its test."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from funnel_crm import embedded


class Holder:
    """A process that holds embedded servers."""

    def __init__(self, state: Path, *before: str, python: str = sys.executable, **environment: str) -> None:
        """Start it and wait until both servers run; `before` goes in front of the command line."""
        self.process = subprocess.Popen(
            [*before, python, "-m", "tests.platform.holder"],
            cwd=embedded.CHECKOUT,
            env={"PATH": os.defpath, "FUNNEL_STATE": str(state), "FUNNEL_UNSAFE_FAST": "1", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pids = self._answer()

    def ask(self, command: str) -> list:
        """Let it do something and return its answer."""
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return self._answer()

    def leave(self) -> None:
        """Let it end in order."""
        self.process.stdin.close()
        assert self.process.wait(30) == 0

    def kill(self) -> None:
        """End it without a word."""
        self.process.kill()
        self.process.wait(10)

    def _answer(self) -> list:
        return json.loads(self.process.stdout.readline())


@contextmanager
def passable_folder() -> Iterator[Path]:
    """A folder with a blank in its path, which any user can pass (pytest's own is closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="funnel test "))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def fresh_folder() -> Iterator[Path]:
    """A folder without servers."""
    with passable_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def shared_folder() -> Iterator[Path]:
    """A folder whose servers are made once; each test finds them stopped."""
    with passable_folder() as folder:
        yield folder


@pytest.fixture
def hold(shared_folder: Path) -> Iterator[Callable[..., Holder]]:
    """Make holders of the same state; whatever the test leaves is ended."""
    holders: list[tuple[Holder, Callable[[], Holder]]] = []

    def make(*before: str, folder: Path = shared_folder, **options: str) -> Holder:
        again = partial(Holder, folder / "state", *before, **options)
        holders.append((again(), again))
        return holders[-1][0]

    yield make
    for holder, again in holders:
        holder.kill()
        if any(is_alive(pid) for pid in holder.pids if pid):
            again().leave()


def is_alive(pid: int) -> bool:
    """Tell whether a process exists and is more than an entry that nobody has reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(is_true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something to become true, or fail."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def kill(*pids: int) -> None:
    """Kill -9 and wait until they are gone."""
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in pids))
