"""A real Chromium against a live server: pages after the log-in page, on a desk and on a phone."""

import os
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.chromium import HELP, LAUNCH_ARGUMENTS, find_chromium
from tests.conftest import PASSWORD

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

# Generous: on a busy machine a page takes its time, and a test that passes does not wait for it.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)

AT_WORK = "state <> 'idle' OR state_change > clock_timestamp() - interval '500 milliseconds'"

LogIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser: marked as such, on a database whose commits the server sees."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if os.environ.get("BROWSER") == "skip":
                item.add_marker(pytest.mark.skip(reason="BROWSER=skip"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; Playwright's loop makes Django believe it is in async code."""
    found = find_chromium()
    if found is None:
        pytest.fail(HELP, pytrace=False)
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(found), args=LAUNCH_ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_context(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of its own; the test fails when a script does or the CSP refuses something."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opening(**settings: object) -> BrowserContext:
        usual = {"viewport": DESK, "locale": "de", "reduced_motion": "reduce"}
        context = browser.new_context(base_url=live_server.url, **{**usual, **settings})
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda failure: complaints.append(str(failure.error)))
        context.on(
            "console",
            lambda message: (
                complaints.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        contexts.append(context)
        return context

    yield opening
    for context in contexts:
        context.close()
    wait_until_answered()
    # What the server's threads left open would keep the test database from being dropped.
    connections.close_all()
    assert complaints == []


def wait_until_answered() -> None:
    """The server may still be at work for a page that is closed; tables emptied meanwhile would deadlock.

    Between two statements a connection is idle, too: only half a second of rest is the end.
    """
    busy = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        for _attempt in range(100):
            cursor.execute(f"{busy} AND backend_type = 'client backend' AND ({AT_WORK})")
            if cursor.fetchone() is None:
                return
            time.sleep(0.1)


@pytest.fixture
def open_page(open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A page of a browser of its own, on a desk or on a phone."""

    def opening(*, phone: bool = False, language: str = "de") -> Page:
        hand = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if phone else {}
        return open_context(locale=language, **hand).new_page()

    return opening


@pytest.fixture
def log_in(open_page: Callable[..., Page]) -> LogIn:
    """Log a user in through the log-in page; answer the page that follows."""

    def logging_in(user: User, *, to: str = "", phone: bool = False) -> Page:
        page = open_page(phone=phone, language=user.language)
        page.goto(reverse("accounts:login"))
        page.locator("[name=username]").fill(user.email)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit], form button[type=submit]").first.click()
        page.wait_for_url(lambda url: reverse("accounts:login") not in url)
        page.goto(to or reverse("pipeline:deal_board"))
        return page

    return logging_in
