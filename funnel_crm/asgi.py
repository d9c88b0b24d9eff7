"""The application for the web server: pages by WSGI in threads, and the stream that open boards listen to."""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import quote

from a2wsgi import WSGIMiddleware

from funnel_crm import environment
from funnel_crm.wsgi import application as pages

# After the application is loaded.
from pipeline.live import ADDRESS, Receive, Scope, Send, board_stream  # isort: skip

# Each thread holds a connection to the database.
THREADS = environment.number("WEB_THREADS", 8)
VISIBLE_ASCII = "".join(map(chr, range(33, 127)))

_pages = WSGIMiddleware(pages, workers=THREADS)  # type: ignore[arg-type]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one request; everything but the stream is a page."""
    if scope["type"] == "http" and scope["path"] == ADDRESS:
        await board_stream(scope, receive, send)
        return
    if scope["type"] == "http":
        # What no browser sends, but anybody can: the bridge to WSGI takes ASCII only.
        scope["query_string"] = quote(scope["query_string"], safe=VISIBLE_ASCII).encode()

    async def read() -> MutableMapping[str, Any]:
        """The server's own is awaitable, but no coroutine, which the bridge wants."""
        return await receive()

    await _pages(scope, read, send)  # type: ignore[arg-type]
