"""Whom the hub tells of what, and what becomes of listeners when the database is lost."""

import asyncio
import fcntl
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from core import live
from core.live import Full, Hub

READER = 7


class DeafHub(Hub):
    """A hub that hears of the database only what the test says."""

    def _listen(self) -> None:
        pass


def run(scenario):
    """Run it in a thread: the loop of the browser tests may stand in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(scenario())).result()


async def first(hub: Hub, listener) -> bool | None:
    """What a listener is told next; None when its stream ends."""
    async for is_change in hub.changes(listener):
        return is_change
    return None


def test_only_those_who_show_the_rows_are_told(monkeypatch):
    monkeypatch.setattr(live, "SILENCE_SECONDS", 0.05)

    async def scenario():
        hub = DeafHub()
        listeners = [
            hub.open(READER, frozenset([1])),
            hub.open(READER, frozenset([2, 3])),
            hub.open(READER, None),
        ]
        hub.ring(frozenset([3]))
        return [await first(hub, listener) for listener in listeners]

    assert run(scenario) == [False, True, True]


def test_changes_that_come_together_are_told_once(monkeypatch):
    monkeypatch.setattr(live, "SILENCE_SECONDS", 0.05)
    monkeypatch.setattr(live, "BREATH_SECONDS", 0)

    async def scenario():
        hub = DeafHub()
        listener = hub.open(READER, None)
        for user in range(5):
            hub.ring(frozenset([user]))
        told = []
        async for is_change in hub.changes(listener):
            told.append(is_change)
            if not is_change:
                return told
        return told

    assert run(scenario) == [True, False]


def test_without_the_database_every_stream_ends():
    async def scenario():
        hub = DeafHub()
        listener = hub.open(READER, None)
        hub.hang_up()
        return await first(hub, listener)

    assert run(scenario) is None


def test_one_too_many_has_to_ask(monkeypatch):
    monkeypatch.setattr(live, "MOST_LISTENERS", 1)

    async def scenario():
        hub = DeafHub()
        hub.open(READER, None)
        with pytest.raises(Full):
            hub.open(READER + 1, None)

    run(scenario)


def test_one_person_does_not_take_the_places_of_all_others(monkeypatch):
    monkeypatch.setattr(live, "MOST_TABS", 1)

    async def scenario():
        hub = DeafHub()
        hub.open(READER, None)
        with pytest.raises(Full):
            hub.open(READER, None)
        hub.open(READER + 1, None)

    run(scenario)


def test_the_database_is_heard_while_more_than_a_thousand_pages_are_open(monkeypatch):
    """Each open page is a file of the process; the connection, opened anew, comes behind them."""
    ours, theirs = socket.socketpair()
    behind = fcntl.fcntl(ours, fcntl.F_DUPFD, 1500)
    told = SimpleNamespace(payload="3,4")
    raw = SimpleNamespace(fileno=lambda: behind, poll=lambda: None, notifies=[told])
    monkeypatch.setattr(live, "connection", SimpleNamespace(connection=raw))
    hub, heard = DeafHub(), []
    monkeypatch.setattr(hub, "_call", lambda what, users: heard.append(users))
    try:
        theirs.send(b"x")
        hub._hear()
    finally:
        os.close(behind)
        ours.close()
        theirs.close()

    assert heard == [frozenset([3, 4])]
