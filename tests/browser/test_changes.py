"""The meeting on Monday: a comment and a follow-up from the row of a deal, on a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from activities.models import Activity, FollowUp
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import DealFactory


def test_a_comment_and_a_follow_up_are_written_from_the_row(people: People, log_in: LogIn):
    deal = DealFactory(owner=people.owner, title="Halle 2")
    page = log_in(people.manager, to=reverse("reporting:changes"))
    row = page.locator(f"#deal-{deal.pk}-change")
    expect(row).to_contain_text("steht in Akquise")

    row.focus()
    page.keyboard.press("o")
    dialog = page.locator("#dialog")
    dialog.locator("textarea").fill("Chef will bis Freitag entscheiden")
    page.keyboard.press("Control+Enter")

    expect(row).to_contain_text("Chef will bis Freitag entscheiden")
    expect(row).to_be_focused()
    assert Activity.objects.get().deal == deal

    row.get_by_role("link", name="Wiedervorlage").click()
    dialog.get_by_label("Was ist zu tun").fill("Freitag anrufen")
    page.keyboard.press("Control+Enter")

    expect(row).to_contain_text("Freitag anrufen")
    assert FollowUp.objects.get().owner == people.owner


@pytest.mark.parametrize("phone", [False, True])
def test_the_page_fits_and_a_kind_narrows_the_list(people: People, log_in: LogIn, phone: bool):
    for number in range(3):
        DealFactory(
            owner=people.owner, title=f"Halle {number} mit einem sehr langen Namen, der Platz braucht"
        )
    page = log_in(people.owner, to=reverse("reporting:changes"), phone=phone)

    page.get_by_role("link", name="Gewonnen").click()

    expect(page.locator("main")).to_contain_text("Nichts davon in diesem Zeitraum")
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width == 0
    page.get_by_role("link", name="Gewonnen").click()
    expect(page.locator("tr[data-row]")).to_have_count(3)
