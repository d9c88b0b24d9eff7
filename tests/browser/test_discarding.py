"""A dialog with typed work asks before it closes; one without closes at once."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import DealFactory


@pytest.fixture
def note(log_in: LogIn, people: People) -> Page:
    """The dialog of a note, open on the page of a deal."""
    deal = DealFactory(owner=people.owner)
    page = log_in(people.owner, to=reverse("pipeline:deal_detail", args=[deal.pk]))
    page.get_by_role("link", name="Notiz").first.click()
    expect(page.locator("#dialog [name=text]")).to_be_visible()
    return page


def test_escape_asks_and_the_typed_text_is_kept(note: Page):
    note.locator("#dialog [name=text]").fill("Ruft Montag zurück")

    note.keyboard.press("Escape")
    note.get_by_role("button", name="Weiter bearbeiten").click()

    expect(note.locator("#dialog [name=text]")).to_have_value("Ruft Montag zurück")
    expect(note.get_by_role("alertdialog")).to_have_count(0)


def test_the_cross_asks_too_and_the_text_may_be_discarded(note: Page):
    note.locator("#dialog [name=text]").fill("Ruft Montag zurück")

    note.locator("#dialog").get_by_role("button", name="Schließen").click()
    note.get_by_role("button", name="Verwerfen").click()

    expect(note.locator("#dialog")).not_to_be_visible()


def test_where_nothing_was_typed_escape_closes_at_once(note: Page):
    note.keyboard.press("Escape")

    expect(note.locator("#dialog")).not_to_be_visible()


def test_a_saved_note_closes_without_a_question(note: Page):
    note.locator("#dialog [name=text]").fill("Ruft Montag zurück")

    note.locator("#dialog .btn-primary").click()

    expect(note.locator("#dialog")).not_to_be_visible()
