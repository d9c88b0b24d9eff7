"""The stream an open board listens to: it says that something changed, never what."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import Error, close_old_connections
from django.http import QueryDict

from accounts.sessions import user_of_cookies
from core.live import Full, Listener, hub
from pipeline.board_news import whose_deals

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Outside the routes of the pages: the web server answers it before them (funnel_crm.asgi).
ADDRESS = "/live/board/"
CHANGE, SIGN_OF_LIFE = b"event: change\ndata:\n\n", b":\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"private, no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),  # nginx would keep the lines back
]
# Looking at log-ins, beside the threads that make pages.
_threads = ThreadPoolExecutor(2, thread_name_prefix="live")


class NotLoggedIn(Exception):
    """Nobody's session, or one that is over."""


async def board_stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one listener: 401 without a log-in, 503 when it has to ask instead, 400 to what is no question.

    To all others the stream.
    """
    try:
        reader, whose = await asyncio.get_running_loop().run_in_executor(_threads, _asked, scope)
        listener = hub.open(reader, whose)
    except NotLoggedIn:
        await _refuse(send, 401)
        return
    except SuspiciousOperation:  # more parameters than any page has
        await _refuse(send, 400)
        return
    except (Error, Full):
        await _refuse(send, 503)
        return
    try:
        await _stream(listener, receive, send)
    finally:
        hub.close(listener)


async def _stream(listener: Listener, receive: Receive, send: Send) -> None:
    telling, leaving = asyncio.ensure_future(_tell(listener, send)), asyncio.ensure_future(_left(receive))
    await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
    for running in (telling, leaving):
        running.cancel()
        with suppress(asyncio.CancelledError, OSError, RuntimeError):  # the browser is gone
            await running


async def _tell(listener: Listener, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": SIGN_OF_LIFE, "more_body": True})
    async for is_change in hub.changes(listener):
        line = CHANGE if is_change else SIGN_OF_LIFE
        await send({"type": "http.response.body", "body": line, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _asked(scope: Scope) -> tuple[int, frozenset[int] | None]:
    """Who asks, and whose deals that board shows."""
    close_old_connections()
    try:
        user = user_of_cookies(_header(scope["headers"], b"cookie"))
        if user is None:
            raise NotLoggedIn
        return user.pk, whose_deals(user, QueryDict(scope["query_string"]))
    finally:
        close_old_connections()


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    return "; ".join(value.decode("latin-1") for key, value in headers if key == name)
