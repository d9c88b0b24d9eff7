"""Value, owner and next step changed on the card itself; facts changed on the page of the deal."""

from decimal import Decimal

from django.urls import reverse
from playwright.sync_api import expect

from pipeline.models import Deal
from tests.browser.conftest import LogIn
from tests.browser.test_board import card, reloaded, settled_deal
from tests.conftest import People


def test_a_value_is_changed_by_key_and_the_card_keeps_the_focus(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    card(page, deal).focus()
    page.keyboard.press("v")
    expect(page.locator("#fact-editor input[name=value]")).to_be_focused()
    page.keyboard.type("4.250,50")
    page.keyboard.press("Enter")

    expect(card(page, deal).locator(".val")).to_have_text("4.250,50\xa0€")
    expect(card(page, deal)).to_be_focused()
    assert reloaded(deal).value == Decimal("4250.50")


def test_a_click_on_the_value_opens_its_form_and_escape_leaves_it(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    card(page, deal).locator(".val").click()
    page.locator("#fact-editor input[name=value]").fill("abc")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-editor .invalid-feedback")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#fact-editor")).to_be_hidden()
    expect(page.locator("#panel")).to_be_hidden()


def test_an_owner_is_changed_by_the_menu_and_the_card_leaves_the_board(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    card(page, deal).focus()
    page.keyboard.press("m")
    page.keyboard.press("o")
    page.locator("#fact-editor select").select_option(str(people.colleague.pk))
    page.locator("#fact-editor button[type=submit]").click()

    expect(card(page, deal)).to_have_count(0)
    assert reloaded(deal).owner_id == people.colleague.pk


def test_the_next_step_is_planned_from_the_card(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner)

    card(page, deal).focus()
    page.keyboard.press("s")
    page.locator("#dialog [name=text]").fill("Muster schicken")
    page.keyboard.press("Control+Enter")

    expect(card(page, deal)).to_contain_text("Muster schicken")
    card(page, deal).locator(".foot .step").click()
    expect(page.locator("#dialog [name=text]")).to_have_value("Muster schicken")


def test_a_fact_is_changed_on_the_page_and_a_rival_is_told_of(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.owner, to=reverse("pipeline:deal_detail", args=[deal.pk]))

    page.get_by_role("link", name="Ändern: Wert, netto").click()
    expect(page.locator("#fact-editor input[name=value]")).to_be_focused()
    Deal.objects.filter(pk=deal.pk).update(value=99)
    page.locator("#fact-editor input[name=value]").fill("5.000,00")
    page.keyboard.press("Enter")

    expect(page.locator("#fact-editor")).to_contain_text("99")
    expect(page.locator("#fact-editor input[name=value]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".facts")).to_contain_text("5.000")
