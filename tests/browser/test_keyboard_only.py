"""From the log-in to a won deal without ever touching the mouse."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from pipeline.models import Deal, Outcome
from tests.conftest import PASSWORD, People


def test_from_the_log_in_to_a_won_deal(open_page: Callable[..., Page], people: People):
    page = open_page()
    page.goto(reverse("accounts:login"))
    page.keyboard.type(people.owner.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)

    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page.locator("[data-board]")).to_be_visible()

    page.keyboard.press("n")
    expect(page.locator("#dialog [name=title]")).to_be_focused()
    page.keyboard.type("Erstausstattung Halle 3")
    page.keyboard.press("Tab")
    page.keyboard.type("Tischlerei Öztürk")
    expect(page.locator("#dialog [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")

    card = page.locator(".cards .card")
    expect(card).to_be_focused()
    for stage in ("2", "3", "4", "5"):
        page.keyboard.press("m")
        page.keyboard.press(stage)
        expect(page.locator("#dialog")).to_be_visible()
        page.keyboard.press("Control+Enter")
        expect(page.locator("#dialog")).to_be_hidden()
        expect(card).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("6")

    expect(page.locator(".toast").last).to_contain_text("Gewonnen")
    expect(card).to_have_count(0)
    deal = Deal.objects.get()
    assert (deal.outcome, deal.owner) == (Outcome.WON, people.owner)
