"""The list of companies in a real browser: columns, a saved view, many at once, a file of the chosen ones."""

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from contacts.models import Company
from lists.models import ExportLog, ListColumns, SavedView
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import CompanyFactory, ExtraFieldFactory


def heads(page: Page) -> list[str]:
    return page.locator(".list-table thead th").all_inner_texts()


def test_columns_and_filter_are_chosen_and_kept_as_a_view(log_in: LogIn, people: People):
    ExtraFieldFactory(code="stufe", label_de="Treuestufe", kind="choice", choices="Silber\nGold")
    CompanyFactory(name="Möller", industry="Metall", extra={"stufe": "Gold"})
    CompanyFactory(name="Petersen", extra={"stufe": "Silber"})
    page = log_in(people.owner, to=reverse("contacts:company_list"))

    page.get_by_role("button", name="Spalten").click()
    for label in ("Branche", "Treuestufe"):
        page.locator("#list-columns").get_by_label(label, exact=True).check()
    page.locator("#list-columns").get_by_role("button", name="Anzeigen").click()
    expect(page.locator(".list-table thead")).to_contain_text("Treuestufe")
    page.locator(".filter-more > summary").click()
    page.locator("[name=extra_stufe]").select_option("Gold")

    expect(page.locator(".list-table tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Ansicht speichern").click()
    page.locator("#dialog [name=name]").fill("Goldkunden")
    page.locator("#dialog").get_by_role("button", name="Speichern", exact=True).click()

    pill = page.get_by_role("list", name="Gespeicherte Ansichten").get_by_role("link", name="Goldkunden")
    expect(pill).to_have_attribute("aria-current", "page")
    expect(page).to_have_url(re.compile("extra_stufe=Gold"))
    assert SavedView.objects.get().page == ListColumns.objects.get().page == "companies"
    assert "Treuestufe" in " ".join(heads(page))


def test_the_chosen_rows_are_tagged_and_go_out_as_a_file(log_in: LogIn, people: People):
    for name in ("Alpha", "Beta", "Gamma"):
        CompanyFactory(name=name)
    page = log_in(people.owner, to=reverse("contacts:company_list"))

    for name in ("Alpha", "Beta"):
        page.get_by_role("checkbox", name=f"{name} auswählen").check()
    page.get_by_role("button", name="Export").click()
    expect(page.locator("[data-export-title]")).to_have_text("Nur die ausgewählten Zeilen (2)")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^CSV")).click()
    assert download.value.suggested_filename.startswith("firmen-")
    assert ExportLog.objects.get().rows == 2

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Schlagwort vergeben").click()
    page.locator("#dialog [name=tag]").fill("Messe")
    page.locator("#dialog").get_by_role("button", name="Schlagwort vergeben").click()
    expect(page.locator(".toast")).to_contain_text("2 haben das Schlagwort „Messe“ bekommen.")
    assert Company.objects.filter(taggings__tag__name="Messe").count() == 2
