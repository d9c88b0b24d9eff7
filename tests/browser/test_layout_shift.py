"""Nothing jumps while a page is being completed: what comes later has its place from the start."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import DESK, PHONE
from tests.browser.pages import EVERYTHING, furnish, walk
from tests.conftest import People

PAGES = [
    look
    for look in EVERYTHING
    if str(look)
    in {
        "pipeline:deal_board",
        "pipeline:deal_list",
        "pipeline:deal_detail",
        "activities:today",
        "contacts:company_detail",
        "contacts:person_detail",
        "reporting:dashboard manager",
    }
]
# Each entry is a jump: the share of the window that moved, times how far.
OBSERVE = """
    window.jumps = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.jumps.push([entry.value, ...entry.sources.map(
            ({ node }) => node?.outerHTML?.slice(0, 80))]);
    }).observe({ type: "layout-shift", buffered: true });
"""
BARELY = 0.02
# As long as a slow line takes, so that the page is painted before its fragments arrive.
FRAGMENT_SECONDS = 0.3


def dawdle(route: Route) -> None:
    """Let a fragment come late."""
    if route.request.headers.get("hx-request"):
        time.sleep(FRAGMENT_SECONDS)
    route.continue_()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_jumps_while_a_page_is_completed(open_context: Callable, people: People, size: dict):
    context = open_context(viewport=size)
    context.add_init_script(OBSERVE)
    context.route(lambda url: "/static/" not in url, dawdle)

    jumps = {str(look): page.evaluate("jumps") for look, page in walk(context, furnish(people), PAGES)}

    assert {name: found for name, found in jumps.items() if sum(jump[0] for jump in found) > BARELY} == {}
