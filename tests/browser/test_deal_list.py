"""The list of deals in a browser: choosing rows, doing something with all of them, columns, the file."""

from playwright.sync_api import Page, expect

from activities.models import FollowUp
from pipeline.models import Deal, Outcome
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import DealFactory

LIST = "/pipeline/deals/"


def box(page: Page, deal: Deal):
    return page.locator(f'.pick[value="{deal.pk}"]')


def outcomes() -> list[str]:
    return list(Deal.objects.order_by("pk").values_list("outcome", flat=True))


def test_chosen_rows_are_marked_as_lost_and_taken_back(log_in: LogIn, people: People):
    deals = [DealFactory(owner=people.owner) for _ in range(3)]
    page = log_in(people.owner, to=LIST)
    lose = page.get_by_role("button", name="Als verloren vermerken")
    expect(lose).to_be_disabled()

    box(page, deals[0]).check()
    box(page, deals[2]).check()
    expect(page.get_by_text("2 ausgewählt")).to_be_visible()
    lose.click()
    dialog = page.locator("#dialog")
    expect(dialog.get_by_text("2 ausgewählt")).to_be_visible()
    dialog.get_by_text("Preis", exact=True).click()
    dialog.get_by_role("button", name="Als verloren vermerken").click()

    expect(page.get_by_text("2 Verkaufschancen sind als verloren vermerkt")).to_be_visible()
    expect(box(page, deals[0])).not_to_be_checked()
    assert outcomes() == [Outcome.LOST, Outcome.OPEN, Outcome.LOST]
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_text("2 Verkaufschancen sind wieder offen")).to_be_visible()
    assert outcomes() == [Outcome.OPEN] * 3


def test_shift_chooses_up_to_a_row_and_all_of_the_page_leaves_out_what_one_may_not_change(
    log_in: LogIn, people: People
):
    deals = [DealFactory(owner=people.owner) for _ in range(4)]
    DealFactory(owner=people.stranger)
    page = log_in(people.owner, to=LIST)

    box(page, deals[3]).click()
    box(page, deals[1]).click(modifiers=["Shift"])
    expect(page.get_by_text("3 ausgewählt")).to_be_visible()

    page.get_by_label("Alle auf dieser Seite").check()
    expect(page.get_by_text("4 ausgewählt")).to_be_visible()


def test_all_of_the_filter_get_their_next_step(log_in: LogIn, people: People):
    for _ in range(52):
        DealFactory(owner=people.owner)
    page = log_in(people.owner, to=f"{LIST}?owner=me")

    page.get_by_label("Alle auf dieser Seite").check()
    page.get_by_label("Alle 52 dieses Filters").check()
    page.get_by_role("button", name="Nächsten Schritt planen").click()
    page.locator("#dialog").get_by_role("button", name="Planen").click()

    expect(page.get_by_text("der nächste Schritt von 52 Verkaufschancen")).to_be_visible()
    assert FollowUp.objects.count() == 52


def test_columns_are_chosen_and_the_list_is_taken_along_twice(log_in: LogIn, people: People):
    DealFactory(owner=people.owner)
    page = log_in(people.owner, to=LIST)

    page.get_by_role("button", name="Spalten").click()
    page.locator("#list-columns").get_by_label("Produkt").check()
    page.locator("#list-columns").get_by_role("button", name="Anzeigen").click()
    expect(page.get_by_role("columnheader", name="Produkt")).to_be_visible()

    for _ in range(2):
        page.get_by_role("button", name="Exportieren").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").click()
        assert download.value.suggested_filename.endswith(".csv")
