"""Every page keeps the rules of WCAG 2.2 AA in both themes, and its looks at every width."""

from collections.abc import Callable, Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import DESK
from tests.browser.pages import EVERYTHING, PARTS, furnish, walk
from tests.conftest import People
from tests.test_permissions import ROUTES

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What of them a narrow window may break that a wide one does not.
PHONE_RULES = ["target-size", "link-name", "button-name", "link-in-text-block", "scrollable-region-focusable"]
# The elements that make a page scroll sideways.
STICKING_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth)
        .slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""

# What the keyboard leads to without a ring around it, or around what stands for it.
WITHOUT_RING = """() => {
    const isRinged = (one) => {
        const style = one && getComputedStyle(one);
        return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    return [...document.querySelectorAll(stops)].filter((one) => {
        if (one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) return false;
        one.focus({ preventScroll: true });
        const isReached = document.activeElement === one && one.matches(":focus-visible");
        return isReached && ![one, one.parentElement, ...(one.labels ?? [])].some(isRinged);
    }).map((one) => one.outerHTML.slice(0, 150));
}"""
# What still moves for those who asked for no motion.
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(one);
        const isSlow = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
        return isSlow(transitionDuration) || (animationName !== "none" && isSlow(animationDuration));
    }).map((one) => one.outerHTML.slice(0, 150))"""


def test_every_page_is_among_those_looked_at():
    pages = {
        route.name
        for route in ROUTES
        if route.method == "get" and not route.headers and 200 in route.expect.values()
    }

    assert pages - {look.route for look in EVERYTHING} - PARTS == set()


def test_every_page_can_be_read_and_used_by_everyone(open_context: Callable, people: People):
    # The checks measure with styles of their own, which our policy would refuse.
    context = open_context(bypass_csp=True, color_scheme="light", viewport=DESK)
    context.add_init_script(AXE_SCRIPT)

    found = [f"{look}: {what}" for look, page in walk(context, furnish(people)) for what in complaints(page)]

    assert found == [], "\n".join(found)


def complaints(page: Page) -> Iterator[str]:
    """What is wrong with a page: in the light, in the dark, on a phone, at every width."""
    yield from broken(page, {"type": "tag", "values": RULES})
    page.keyboard.press("Tab")
    yield from (f"no ring: {what}" for what in page.evaluate(WITHOUT_RING))
    yield from (f"moves: {what}" for what in page.evaluate(MOVING))
    page.emulate_media(color_scheme="dark")
    yield from (f"dark: {what}" for what in broken(page, {"type": "rule", "values": ["color-contrast"]}))
    page.emulate_media(color_scheme="light")
    for width in (2560, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"too wide at {width}: {what}" for what in page.evaluate(STICKING_OUT))
    # From the top: what a bar that stays covers while one scrolls is no small target.
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    yield from (f"phone: {what}" for what in broken(page, {"type": "rule", "values": PHONE_RULES}))
    page.set_viewport_size(DESK)


def broken(page: Page, rules: dict[str, object]) -> Iterator[str]:
    """What axe objects to: the rule, the element, and how to fix it."""
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    for violation in page.evaluate("options => axe.run(options)", options)["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']} at {node['target'][-1]}: {node['failureSummary']} {node['html'][:150]}"
