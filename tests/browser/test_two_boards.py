"""Two people at their boards: what one changes, the other sees by itself and without being disturbed.

The server of these tests has no stream, so the boards ask now and then, as behind a proxy that lets none
pass; the stream is tried in tests/platform/test_live_board.py.
"""

import re

from django.utils import timezone
from playwright.sync_api import expect

from pipeline.actions import lose_deal, move_deal, set_next_step
from pipeline.models import LossReason, Stage
from tests.browser.conftest import LogIn
from tests.browser.test_board import card, column, settled_deal
from tests.conftest import People


def test_a_colleagues_move_appears_marked_and_the_focus_stays(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    other = settled_deal(people.owner, name="Alpen-Apotheke e.K.")
    mine, managers = log_in(people.owner), log_in(people.manager)
    card(managers, other).focus()

    card(mine, deal).focus()
    mine.keyboard.press("m")
    mine.keyboard.press("2")

    seen = column(managers, Stage.KONTAKT).locator(f"#deal-{deal.pk}")
    expect(seen).to_have_class(re.compile("is-news"))
    expect(column(managers, Stage.KONTAKT).locator(".cnt")).to_have_text("1")
    expect(card(managers, other)).to_be_focused()
    expect(managers.locator("#live")).to_have_text("alle paar Sekunden")


def test_a_lost_deal_leaves_the_other_board(log_in: LogIn, people: People):
    deal, other = settled_deal(people.owner), settled_deal(people.owner, name="Alpen-Apotheke e.K.")
    page = log_in(people.manager)
    card(page, deal).focus()

    reason = LossReason.objects.get(code="price")
    lose_deal(deal, reason, seen_in=Stage.AKQUISE, actor=people.owner)

    expect(card(page, deal)).to_have_count(0)
    expect(card(page, other)).to_be_focused()


def test_what_is_being_written_beside_the_board_stays(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.manager)
    card(page, deal).locator(".ti").click()
    page.locator("#panel").get_by_role("link", name="Notiz").click()
    note = page.locator("#dialog textarea")
    note.fill("Herr Brandt ruft zurück")

    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner)

    expect(column(page, Stage.KONTAKT).locator(f"#deal-{deal.pk}")).to_be_visible()
    expect(note).to_have_value("Herr Brandt ruft zurück")
    expect(note).to_be_focused()


def test_the_panel_follows_what_a_colleague_did(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.manager)
    card(page, deal).locator(".ti").click()
    expect(page.locator("#panel .stepper")).to_be_visible()

    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner)

    expect(page.locator("#panel").get_by_role("button", name="Weiter zu Angebot")).to_be_visible()


def test_a_new_next_step_is_on_the_other_board(log_in: LogIn, people: People):
    deal = settled_deal(people.owner)
    page = log_in(people.manager)
    expect(card(page, deal)).to_contain_text("kein nächster Schritt")

    set_next_step(deal, "Muster schicken", timezone.localdate())

    expect(card(page, deal)).to_contain_text("Muster schicken")
