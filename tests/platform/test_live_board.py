"""The real web server: an open board hears of a change in time, and strangers hear nothing."""

import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest
from django.conf import settings

from accounts.actions import deactivate_user
from pipeline.actions import move_deal
from pipeline.live import ADDRESS
from pipeline.models import Stage
from tests.factories import DealFactory
from tests.platform.web_server import web_server

pytestmark = pytest.mark.django_db(transaction=True)

IN_TIME_SECONDS = 3


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    """A web server on the database of the tests."""
    with web_server() as port:
        yield port


def get(port: int, path: str, cookie: str = "") -> HTTPResponse:
    """The answer, its body still to come."""
    asking = HTTPConnection("127.0.0.1", port, timeout=IN_TIME_SECONDS)
    asking.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    return asking.getresponse()


def session_of(client, user) -> str:
    """The Cookie header of a logged-in browser."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def next_event(stream: HTTPResponse) -> str:
    """The name of the next event; lines that only keep the stream alive are passed over."""
    while True:
        line = stream.readline().decode()
        assert line, "the stream ended"
        if line.startswith("event: "):
            return line.removeprefix("event: ").strip()


def test_a_board_hears_of_a_move_within_three_seconds_and_of_others_deals_nothing(port, client, people):
    mine, theirs = DealFactory(owner=people.owner), DealFactory(owner=people.stranger)
    stream = get(port, f"{ADDRESS}?owner=me", session_of(client, people.owner))
    assert (stream.status, stream.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    stream.readline()
    time.sleep(1)  # the process begins to listen with its first listener

    move_deal(theirs, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.stranger, confirmed=True)
    with pytest.raises(TimeoutError):
        next_event(stream)

    stream = get(port, f"{ADDRESS}?owner=me", session_of(client, people.owner))
    moved_at = time.monotonic()
    move_deal(mine, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)

    assert next_event(stream) == "change"
    assert time.monotonic() - moved_at < IN_TIME_SECONDS


def test_who_is_not_logged_in_hears_nothing(port, client, people):
    cookie = session_of(client, people.colleague)
    deactivate_user(people.colleague, actor=people.admin)

    assert get(port, ADDRESS).status == 401
    assert get(port, ADDRESS, cookie).status == 401
    assert get(port, ADDRESS, f"{settings.SESSION_COOKIE_NAME}=erfunden").status == 401


def test_thousands_of_parameters_are_refused(port, client, people):
    assert get(port, f"{ADDRESS}?{'a=1&' * 2001}", session_of(client, people.owner)).status == 400


def test_pages_pass_the_same_server_whatever_the_address_says(port, client, people):
    cookie = session_of(client, people.owner)

    assert get(port, "/pipeline/board/?q=M%C3%BCller&owner=all", cookie).status == 200
    with socket.create_connection(("127.0.0.1", port), timeout=IN_TIME_SECONDS) as raw:
        request = (
            f"GET /pipeline/board/?q=M\u00fcller HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
        )
        raw.sendall(request.encode())
        assert raw.recv(12)[9:12] in (b"200", b"400")
