"""Saved views in a real browser: kept on the board, found again, seen by the team, used without a mouse."""

import re

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from lists.actions import save_view
from lists.models import SavedView, ViewPage
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import DealFactory


def pill(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Gespeicherte Ansichten").get_by_role("link", name=name)


def test_a_view_saved_on_the_board_stays_and_is_seen_by_the_team(log_in: LogIn, people: People):
    big = DealFactory(owner=people.owner, value=50_000)
    small = DealFactory(owner=people.owner, value=10)
    page = log_in(people.owner)

    page.locator(".filter-more > summary").click()
    page.locator("[name=value_from]").fill("20.000")
    page.locator("[name=value_from]").press("Enter")
    page.get_by_role("link", name="Ansicht speichern").click()
    dialog = page.locator("#dialog")
    expect(dialog.get_by_text("Wert ab: 20.000")).to_be_visible()
    expect(dialog.locator("[name=name]")).to_be_focused()
    dialog.locator("[name=name]").fill("Große Brocken")
    dialog.locator("[name=shared_with]").select_option(label="Nord")
    dialog.locator("[name=is_start]").check()
    dialog.get_by_role("button", name="Speichern", exact=True).click()

    expect(pill(page, "Große Brocken")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("link", name="Ansicht speichern")).to_have_count(0)
    page.goto("/")
    expect(pill(page, "Große Brocken")).to_have_attribute("aria-current", "page")
    expect(page.locator(f"#deal-{big.pk}")).to_be_visible()
    expect(page.locator(f"#deal-{small.pk}")).to_have_count(0)

    theirs = log_in(people.colleague)
    expect(pill(theirs, "Große Brocken")).to_have_attribute(
        "title", re.compile(f"Geteilt von {people.owner}")
    )
    pill(theirs, "Große Brocken").click()
    expect(theirs).to_have_url(re.compile(r"owner=me&value_from=20000$"))
    expect(pill(theirs, "Große Brocken")).to_have_attribute("aria-current", "page")


def test_the_menu_of_a_view_works_by_keyboard(log_in: LogIn, people: People):
    view = save_view("Gewonnene", "outcome=won&owner=me", page=ViewPage.LIST, actor=people.owner)
    page = log_in(people.owner, to=view.url)

    page.get_by_role("button", name="Menü der Ansicht Gewonnene").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Als meine Startseite")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#dialog [name=name]").fill("Abschlüsse")
    page.keyboard.press("Enter")

    expect(pill(page, "Abschlüsse")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Menü der Ansicht Abschlüsse").click()
    page.get_by_role("link", name="Löschen").click()
    page.locator("#dialog").get_by_role("button", name="Löschen").click()
    page.wait_for_url(f"**{reverse('pipeline:deal_list')}")
    expect(page.locator(".toast")).to_contain_text("gelöscht")
    assert not SavedView.objects.exists()
