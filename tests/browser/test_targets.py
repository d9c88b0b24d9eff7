"""The table of targets under the keyboard: arrows and Enter walk it, the year adds up, Ctrl-Enter saves."""

from datetime import date

from django.urls import reverse
from playwright.sync_api import expect

from planning.models import SalesTarget
from tests.browser.conftest import LogIn
from tests.conftest import People


def test_a_year_is_typed_by_the_keyboard_alone(log_in: LogIn, people: People):
    address = f"{reverse('reporting:targets')}?of=team-{people.owner.team_id}&year=2026"
    page = log_in(people.manager, to=address)

    page.locator("#id_revenue-EUR_1").focus()
    page.keyboard.type("1.200,50")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("800")
    page.keyboard.press("Enter")
    expect(page.locator("#id_won_2")).to_be_focused()
    page.keyboard.type("7")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#id_revenue-EUR_2")).to_be_focused()
    expect(page.locator("tr", has=page.locator("#id_won_2")).locator("[data-total]")).to_have_text("7")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#id_revenue-EUR_1")).to_have_value("1.200,50")
    expect(page.get_by_text("3 Ziele gespeichert.")).to_be_visible()
    stored = SalesTarget.objects.values_list("month", "measure", "amount")
    assert {(month, measure, float(amount)) for month, measure, amount in stored} == {
        (date(2026, 1, 1), "revenue", 1200.5),
        (date(2026, 2, 1), "revenue", 800.0),
        (date(2026, 2, 1), "won", 7.0),
    }


def test_cells_of_a_spreadsheet_are_pasted_into_as_many_fields(log_in: LogIn, people: People):
    page = log_in(
        people.manager, to=f"{reverse('reporting:targets')}?of=team-{people.owner.team_id}&year=2026"
    )

    page.locator("#id_revenue-EUR_11").focus()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "1.000\\t2.000\\t3.000\\r\\n4\\t5\\r\\n");
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(paste);
        }"""
    )

    expect(page.locator("#id_revenue-EUR_11")).to_have_value("1.000")
    expect(page.locator("#id_revenue-EUR_12")).to_have_value("2.000")
    expect(page.locator("#id_won_11")).to_have_value("4")
    expect(page.locator("#id_won_12")).to_have_value("5")
    total = page.locator("tr", has=page.locator("#id_won_12")).locator("[data-total]")
    expect(total).to_have_text("9")


def test_the_table_scrolls_within_a_phone(log_in: LogIn, people: People):
    page = log_in(people.manager, to=reverse("reporting:targets"), phone=True)

    expect(page.locator("#targets")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_wall_is_there_again_after_it_has_fetched_itself(log_in: LogIn, people: People):
    page = log_in(people.manager, to=reverse("reporting:wall"))

    page.evaluate("document.querySelector('#wall').dataset.old = 'yes'")
    page.evaluate("htmx.ajax('GET', document.querySelector('#wall').getAttribute('hx-get'), '#wall')")

    expect(page.locator("#wall:not([data-old])")).to_be_visible()
