"""Telling open pages that something changed: one LISTEN per process, one stream of events per page.

The database tells at commit whose rows changed (NOTIFY with the keys of users). A stream says only that
something did; what it was, the page asks for with its own rights.
"""

import asyncio
import logging
import select
import threading
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg2
from django.db import Error, connection

logger = logging.getLogger(__name__)

CHANNEL = "funnel_live"
MOST_LISTENERS = 1000
# One person's tabs; nobody takes the places of all others.
MOST_TABS = 30
# A stream ends after this time; the page opens it again, and its log-in is looked at again.
STREAM_SECONDS = 600
# Proxies close what is silent for long.
SILENCE_SECONDS = 25
# Changes that come together are told once.
BREATH_SECONDS = 0.4
OUTAGE_SECONDS = 1
CHECK_SECONDS = 30


@dataclass(eq=False)
class Listener:
    """One open page: who looks at it, whose rows it shows (None: everyone's), the bell that rings for it."""

    reader: int
    whose: frozenset[int] | None
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def hears(self, users: frozenset[int]) -> bool:
        """Whether it shows rows of one of these users."""
        return self.whose is None or not self.whose.isdisjoint(users)


class Full(Exception):
    """As many pages listen as one process can tell; this one has to ask from time to time."""


class Hub:
    """All listeners of this process. Its methods run in the event loop, but for the listening thread."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self, reader: int, whose: frozenset[int] | None) -> Listener:
        """A page opens that shows a reader rows of these users (None: everyone's). Raises Full."""
        tabs = sum(listener.reader == reader for listener in self.listeners)
        if len(self.listeners) >= MOST_LISTENERS or tabs >= MOST_TABS:
            raise Full
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            threading.Thread(target=self._listen, name="live", daemon=True).start()
        listener = Listener(reader, whose)
        self.listeners.add(listener)
        return listener

    def close(self, listener: Listener) -> None:
        """The page is gone."""
        self.listeners.discard(listener)

    async def changes(self, listener: Listener) -> AsyncIterator[bool]:
        """Yield True when rows it shows changed, False as a sign of life; ends after a while.

        It ends early when the database is lost: changes may have been missed.
        """
        ends_at = time.monotonic() + STREAM_SECONDS
        while time.monotonic() < ends_at:
            is_change = await _rings(listener.bell)
            if listener not in self.listeners:
                return
            yield is_change
            await asyncio.sleep(BREATH_SECONDS)

    def ring(self, users: frozenset[int]) -> None:
        """Rows of these users changed."""
        for listener in self.listeners:
            if listener.hears(users):
                listener.bell.set()

    def hang_up(self) -> None:
        """Nobody can be told any more what changes: every stream ends."""
        gone, self.listeners = self.listeners, set()
        for listener in gone:
            listener.bell.set()

    def _listen(self) -> None:
        """Hear the database for as long as the process lives."""
        while True:
            try:
                with connection.cursor() as cursor:
                    cursor.execute(f"LISTEN {CHANNEL}")
                while True:
                    self._hear()
            except (Error, psycopg2.Error, OSError) as error:
                logger.warning("Open pages are not told of changes: %s", type(error).__name__)
                self._call(self.hang_up)
                connection.close()
                time.sleep(OUTAGE_SECONDS)

    def _hear(self) -> None:
        raw = connection.connection
        waiting = select.poll()  # select() takes no file above 1023, and each open page is one
        waiting.register(raw, select.POLLIN)
        if not waiting.poll(CHECK_SECONDS * 1000):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")  # a connection that died in silence shows here
        raw.poll()
        told = {notify.payload for notify in raw.notifies}
        raw.notifies.clear()
        if told:
            self._call(self.ring, _users(told))

    def _call(self, what: object, *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: the process ends
            self._loop.call_soon_threadsafe(what, *arguments)  # type: ignore[union-attr, arg-type]


async def _rings(bell: asyncio.Event) -> bool:
    """Wait for the bell; False when it was silent for too long."""
    with suppress(TimeoutError):
        await asyncio.wait_for(bell.wait(), SILENCE_SECONDS)
        bell.clear()
        return True
    return False


def _users(payloads: Iterable[str]) -> frozenset[int]:
    return frozenset(int(key) for payload in payloads for key in payload.split(",") if key)


hub = Hub()
