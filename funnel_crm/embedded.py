"""The embedded servers of a checkout: where they live, who holds them, how they start and stop.

A developer's machine needs no database server and no broker: both come as packages and are started on
demand. Every process that needs them holds a shared lock; whoever leaves last stops them. Nothing here
imports Django, so that the settings can ask for addresses.
"""

import atexit
import fcntl
import hashlib
import os
import secrets
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from funnel_crm import environment
from funnel_crm.local_servers import LocalPostgres, LocalValkey
from funnel_crm.server_process import EmbeddedServerError, LocalServer

CHECKOUT = Path(__file__).resolve().parent.parent
ROOT_STATES = Path("/var/lib/funnel-crm")  # root's checkout may lie where the servers' user cannot go
SOCKETS = Path("/tmp")  # noqa: S108 - holds a private folder, whose owner is checked

_held_by: int | None = None  # the process that took the hold; a forked child is another one
_hold_file: int | None = None


def state_dir() -> Path:
    """Folder of everything this checkout keeps: data, logs, mails, secret key.

    `FUNNEL_STATE` names another one: an absolute path, or a name below the usual folder (`test`).
    """
    return Path(_usual_state_dir(), environment.text("FUNNEL_STATE")).resolve()


def database_url() -> str:
    """Address of the embedded Postgres; starts nothing."""
    host = quote(str(_socket_dir()), safe="")
    return f"postgres://{LocalPostgres.user}@/{LocalPostgres.database}?host={host}&port={LocalPostgres.port}"


def redis_url() -> str:
    """Address of the embedded Valkey as the broker library reads it; starts nothing."""
    return f"redis+socket://{_socket_dir() / LocalValkey.socket_name}"


def secret_key() -> str:
    """Return the secret key of this state folder; made once, readable by its owner only."""
    path = make_state_dir() / "secret_key"
    with exclusive_lock("secret_key"):
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(50), encoding="utf-8")
            fresh.rename(path)
    return path.read_text(encoding="utf-8")


def ensure_running() -> None:
    """Start or join the embedded servers and hold them until this process ends; safe to repeat.

    A server whose address the environment gives (`DATABASE_URL`, `REDIS_URL`, or `*_FILE`) is not
    embedded. Forked children share their parent's hold and never stop anything.
    """
    if _needed_servers():
        make_state_dir()
        _hold()
        _start_missing()


def repair() -> list[str]:
    """Start again what has died; return the names of the servers that had to be started."""
    return [] if all(server.pid() for server in _needed_servers()) else _start_missing()


def make_state_dir() -> Path:
    """Make the state folder, private to its owner; root's can be passed: the servers are another user."""
    folder = state_dir()
    try:
        for part in (*reversed(folder.parents), folder, folder / "log", folder / "locks"):
            if not part.exists():
                part.mkdir(exist_ok=True)
                part.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except PermissionError as error:
        raise EmbeddedServerError(
            f"{folder} is not ours to write; name another folder with FUNNEL_STATE=/some/folder ({error})."
        ) from error
    if os.geteuid() == 0:
        _refuse_unreachable(folder)
    return folder


@contextmanager
def exclusive_lock(name: str, *, wait: bool = True) -> Iterator[None]:
    """Hold a lock of this state folder; without `wait` a held one raises BlockingIOError.

    The kernel frees it when its holder dies in whatever way; the empty file that stays means nothing.
    """
    file = _open_lock(name)
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(file)


def _usual_state_dir() -> Path:
    if os.geteuid() != 0:
        return CHECKOUT / "var"
    return ROOT_STATES / hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:12]


def _socket_dir() -> Path:
    """A socket's path may have 107 bytes only, so the sockets lie in a short place of their own."""
    owner_and_state = f"{os.geteuid()}:{state_dir()}"
    return SOCKETS / f"funnel-crm-{hashlib.sha256(owner_and_state.encode()).hexdigest()[:16]}"


@cache
def _all_servers() -> tuple[LocalServer, ...]:
    unsafe_fast = environment.switch("FUNNEL_UNSAFE_FAST")
    postgres = LocalPostgres(state_dir(), _socket_dir(), unsafe_fast=unsafe_fast)
    return postgres, LocalValkey(state_dir(), _socket_dir(), unsafe_fast=unsafe_fast)


def _needed_servers() -> list[LocalServer]:
    postgres, valkey = _all_servers()
    addresses = {"DATABASE_URL": postgres, "REDIS_URL": valkey}
    return [server for name, server in addresses.items() if not environment.text(name)]


def _start_missing() -> list[str]:
    with exclusive_lock("start"):
        return [server.name for server in _needed_servers() if server.ensure()]


def _hold() -> None:
    """Join those who use the servers; waits while the last one before us is stopping them."""
    global _held_by, _hold_file
    if _hold_file is not None:
        return
    _held_by, _hold_file = os.getpid(), _open_lock("users")
    fcntl.flock(_hold_file, fcntl.LOCK_SH)
    atexit.register(_leave, _hold_file)
    _exit_on_signals()


def _leave(hold_file: int) -> None:
    """Stop the servers unless others hold them; those killed without a word no longer do."""
    if os.getpid() != _held_by:
        return
    try:
        fcntl.flock(hold_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    for server in reversed(_all_servers()):
        server.stop()
    with suppress(OSError):
        _socket_dir().rmdir()


def _exit_on_signals() -> None:
    """A plain SIGTERM or SIGHUP would end this process without its exit functions."""
    if threading.current_thread() is not threading.main_thread():
        return
    for sign in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(sign) is signal.SIG_DFL:
            signal.signal(sign, _exit)


def _exit(sign: int, _frame: FrameType | None) -> None:
    sys.exit(128 + sign)


def _open_lock(name: str) -> int:
    return os.open(state_dir() / "locks" / name, os.O_RDWR | os.O_CREAT, 0o600)


def _refuse_unreachable(folder: Path) -> None:
    for part in (folder, *folder.parents):
        if not part.stat().st_mode & 0o001:
            raise EmbeddedServerError(
                f"As root the embedded servers run as an unprivileged user, who cannot pass {part}; "
                "name a reachable folder with FUNNEL_STATE=/some/folder."
            )
