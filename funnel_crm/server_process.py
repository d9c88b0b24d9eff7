"""A local server as a process: how it is started, recognised among all processes, and stopped."""

import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TypedDict

UNPRIVILEGED_USER = "nobody"  # the one such account that every system has
START_SECONDS = 60
STOP_SECONDS = 20
LEFTOVER_SECONDS = 15
POLL_SECONDS = 0.02
CLEAN_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}  # no PG* variable, no unknown locale of the caller


class EmbeddedServerError(RuntimeError):
    """An embedded server could not be prepared, started or stopped; the message says what to do."""


class Identity(TypedDict, total=False):
    """Arguments of `Popen` that run a program as somebody else; empty: as ourselves."""

    user: int
    group: int
    extra_groups: list[int]


def server_identity() -> Identity:
    """Postgres refuses to run as root: then both servers run as an unprivileged user."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED_USER)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def make_private_folder(folder: Path) -> None:
    """Make a folder that only the servers' user (and root) can enter; refuse one that is somebody else's."""
    owner = server_identity().get("user", os.geteuid())
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
            raise EmbeddedServerError(
                f"{folder} belongs to somebody else; remove it and start again."
            ) from None
        os.chown(folder, owner, -1)
        folder.chmod(0o700)


class LocalServer:
    """One embedded server: its data, its log, its socket, and the process that serves them."""

    name: str
    program: str
    package: str
    pid_file_name: str
    stop_signal: signal.Signals
    socket_name: str

    def __init__(self, state: Path, sockets: Path, *, unsafe_fast: bool) -> None:
        """Keep data, log and (for root) programs below `state`, the socket in the short path `sockets`."""
        self.state = state
        self.sockets = sockets
        self.socket_path = sockets / self.socket_name
        self.unsafe_fast = unsafe_fast
        self.data = state / self.name
        self.log = state / "log" / f"{self.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def is_ready(self) -> bool:
        """Tell whether it answers."""
        raise NotImplementedError

    def command(self) -> list[str]:
        """Build the command line of the server."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Make everything the first start needs."""
        raise NotImplementedError

    def pid(self) -> int | None:
        """Find the process that serves our data, or None; a stale file or a reused number never counts."""
        if self._process is not None:
            self._process.poll()  # a dead child of ours would stay a zombie
        try:
            pid = int((self.data / self.pid_file_name).read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None
        return pid if self._works_here(pid) else None

    def ensure(self) -> bool:
        """Start the server unless it runs; True if it had to be started. The caller holds the start lock."""
        if self.pid() is not None and not self.socket_path.exists():
            self.stop()  # something swept its socket away: nobody can reach it any more
        started = self.pid() is None
        if started:
            self._start()
        self._wait_until_ready()
        return started

    def stop(self) -> None:
        """Stop the server in order; after a while by force."""
        for sign in (self.stop_signal, signal.SIGKILL):
            pid = self.pid()
            if pid is None:
                return
            _kill(pid, sign)
            deadline = time.monotonic() + STOP_SECONDS
            while self.pid() is not None and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS)

    def log_tail(self) -> str:
        """Return the last lines of the log, for an error message."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:]) if self.log.exists() else ""

    @cached_property
    def programs(self) -> Path:
        """Folder of the package with the programs; root uses a copy that the unprivileged user can reach."""
        spec = importlib.util.find_spec(self.package)
        if spec is None or spec.origin is None:
            raise EmbeddedServerError(f"The package {self.package} is not installed; run: make run")
        installed = Path(spec.origin).parent
        return installed if os.geteuid() != 0 else self._reachable_copy(installed)

    def run(self, command: Sequence[str | Path], typed: str = "") -> None:
        """Run a helper program of the server as the server's user; a failure carries its output."""
        done = subprocess.run(  # noqa: S603 - a program of an installed package
            command,
            env=CLEAN_ENVIRONMENT,
            input=typed,
            capture_output=True,
            text=True,
            cwd="/",
            **server_identity(),
        )
        if done.returncode != 0:
            raise EmbeddedServerError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")

    def _works_here(self, pid: int) -> bool:
        """Both servers change into their data folder, which tells them from any other process."""
        try:
            return (
                Path(f"/proc/{pid}/comm").read_text().strip() == self.program
                and Path(f"/proc/{pid}/cwd").readlink() == self.data
            )
        except OSError:
            return False

    def _start(self) -> None:
        make_private_folder(self.sockets)
        self.prepare()
        self._clear_leftovers()
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - a program of an installed package
                self.command(),
                env=CLEAN_ENVIRONMENT,
                cwd=self.data,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in our terminal is not meant for it
                **server_identity(),
            )

    def _clear_leftovers(self) -> None:
        """After a kill -9 wait until the orphaned helpers of the dead server are gone; forget its number.

        The server itself would take any process of that number for a living rival, even an unreaped one.
        """
        deadline = time.monotonic() + LEFTOVER_SECONDS
        while leftovers := list(self._all_working_here()):
            if time.monotonic() > deadline:
                raise EmbeddedServerError(
                    f"Processes of a dead {self.name} still work in {self.data}: {leftovers}"
                )
            time.sleep(POLL_SECONDS)
        for stale in (self.data / self.pid_file_name, *self.sockets.glob(f"{self.socket_name}*")):
            stale.unlink(missing_ok=True)

    def _all_working_here(self) -> Iterator[int]:
        pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
        return (pid for pid in pids if self._works_here(pid))

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self._has_died() or time.monotonic() > deadline:
                raise EmbeddedServerError(f"{self.name} does not start ({self.log}):\n{self.log_tail()}")
            time.sleep(POLL_SECONDS)

    def _has_died(self) -> bool:
        """In the first moments of our own process there is no pid file yet."""
        is_ours = self._process is not None and self._process.poll() is None
        return not is_ours and self.pid() is None

    def _reachable_copy(self, installed: Path) -> Path:
        """Copy the package and its libraries once per version; the copy appears whole or not at all."""
        home = self.state / "programs"
        copy = home / f"{self.package}-{version(self.package.replace('_', '-'))}"
        if not copy.exists():
            home.mkdir(exist_ok=True)
            for old in home.glob(f"{self.package}-*"):
                shutil.rmtree(old)
            fresh = home / f"{self.package}-copying"
            unneeded = shutil.ignore_patterns("include", "*.a")
            for folder in (installed, installed.with_name(f"{self.package}.libs")):
                if folder.exists():
                    shutil.copytree(folder, fresh / folder.name, ignore=unneeded)
            for path in (home, fresh, *fresh.rglob("*")):
                path.chmod(0o755)
            fresh.rename(copy)
        return copy / installed.name


def _kill(pid: int, sign: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, sign)
