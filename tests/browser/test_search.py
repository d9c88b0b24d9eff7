"""The search box in a real browser: found while typing, walked by arrows, all shown by Enter."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from contacts.models import Company
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import CompanyFactory, DealFactory


@pytest.fixture
def weber() -> Company:
    return CompanyFactory(name="Weber Bau")


def look_for(page: Page, text: str) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type(text)


def test_what_is_found_is_opened_by_the_keyboard_alone(log_in: LogIn, people: People, weber: Company):
    DealFactory(company=weber, title="Dach")
    page = log_in(people.owner, to=reverse("activities:today"))

    look_for(page, "webr")
    expect(page.locator("#search-found .hit")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{reverse('contacts:company_detail', args=[weber.pk])}")


def test_escape_closes_the_list_and_leaves_the_text(log_in: LogIn, people: People, weber: Company):
    page = log_in(people.owner, to=reverse("activities:today"))

    look_for(page, "weber")
    expect(page.locator("#search-found .hit")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")

    expect(page.locator("#search-found")).to_be_hidden()
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("weber")


def test_enter_shows_all_results_also_on_a_phone(log_in: LogIn, people: People, weber: Company):
    page = log_in(people.owner, to=reverse("activities:today"), phone=True)

    page.locator("#search").tap()
    page.keyboard.type("bau")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search/?q=bau")
    expect(page.get_by_role("link", name="Weber Bau")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
