"""The deal beside the board: opened by a click or a key, kept in the address, worked with without leaving."""

from playwright.sync_api import Page, expect

from pipeline.models import Stage
from tests.browser.conftest import LogIn
from tests.browser.test_board import card, column, reloaded, settled_deal
from tests.conftest import People


def panel(page: Page):
    return page.locator("#panel")


def test_a_click_opens_the_deal_beside_the_board_and_escape_closes_it(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    card(page, deal).locator(".ti").click()

    expect(panel(page).get_by_role("heading", name="Nordlicht Logistik AG")).to_be_visible()
    assert f"deal={deal.pk}" in page.url
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    page.wait_for_url(lambda url: "deal=" not in url)
    expect(card(page, deal)).to_be_focused()


def test_the_address_opens_the_panel_again_and_back_closes_it(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)
    card(page, deal).focus()
    page.keyboard.press("Enter")
    expect(panel(page)).to_be_visible()

    page.reload()

    expect(panel(page).get_by_role("heading", name="Nordlicht Logistik AG")).to_be_visible()
    page.go_back()
    expect(panel(page)).to_be_hidden()


def test_a_step_in_the_panel_moves_the_card_and_leaves_the_panel_open(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)
    card(page, deal).locator(".ti").click()

    panel(page).get_by_role("button", name="Weiter zu Kontakt").click()

    expect(column(page, Stage.KONTAKT).locator(f"#deal-{deal.pk}")).to_be_visible()
    expect(panel(page).locator(".stepper .now")).to_contain_text("Kontakt")
    assert reloaded(deal).stage == Stage.KONTAKT


def test_a_card_dragged_while_its_panel_is_open_is_told_there(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)
    card(page, deal).locator(".ti").click()
    expect(panel(page)).to_be_visible()

    card(page, deal).focus()
    page.keyboard.press("m")
    page.keyboard.press("2")

    expect(panel(page).locator(".stepper .now")).to_contain_text("Kontakt")
