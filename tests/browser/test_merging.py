"""The same customer twice: seen while typing, merged field by field, and parted again."""

from django.urls import reverse
from playwright.sync_api import expect

from contacts.duplicate_search import search_all
from contacts.models import Address, Company, DuplicatePair
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import ActivityFactory, ChannelFactory, CompanyFactory


def twice() -> tuple[Company, Company]:
    """A company that two people entered."""
    first, second = (
        CompanyFactory(name="Holz Möller GmbH", industry="Holzbau"),
        CompanyFactory(name="Holz-Moeller"),
    )
    for firm in (first, second):
        Address.objects.create(company=firm, street="Hauptstr. 5", postal_code="79100", city="Freiburg")
    ChannelFactory(company=second, value="+497611234567")
    ActivityFactory(company=second, text="Bestellt im Frühjahr")
    return first, second


def test_a_pair_is_merged_field_by_field_and_parted_again(people: People, log_in: LogIn):
    first, second = twice()
    search_all("company")
    page = log_in(people.owner, to=reverse("contacts:duplicate_list"))

    page.get_by_role("link", name="Zusammenführen …").click()
    names = page.get_by_role("radiogroup", name="Name")
    names.get_by_role("radio").last.check()
    page.get_by_role("button", name="Zusammenführen").click()

    expect(page.get_by_role("heading", name="Holz-Moeller")).to_be_visible()
    expect(page.locator("#main, main").get_by_text("0761 1234567").first).to_be_visible()
    page.goto(second.get_absolute_url())
    assert page.url.endswith(first.get_absolute_url())

    page.locator("main form[action*=undo] button").click()

    expect(page.get_by_role("heading", name="Holz-Moeller")).to_be_visible()
    assert page.url.endswith(second.get_absolute_url())
    assert Company.objects.get(pk=first.pk).name == "Holz Möller GmbH"
    assert second.activities.count() == 1


def test_a_pair_is_put_off_without_leaving_the_list_and_comes_back(people: People, log_in: LogIn):
    twice()
    search_all("company")
    page = log_in(people.owner, to=reverse("contacts:duplicate_list"))

    page.get_by_role("button", name="Später").click()

    expect(page.locator("tbody tr")).to_have_count(0)
    assert DuplicatePair.objects.get().state == "later"
    page.locator(".toast").get_by_role("button", name="Rückgängig").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_known_company_appears_while_its_name_is_typed(people: People, log_in: LogIn):
    twice()
    page = log_in(people.owner, to=reverse("contacts:company_add"))

    page.locator("[name=name]").press_sequentially("Holz Moeller")

    found = page.get_by_role("link", name="Holz Möller GmbH")
    expect(found).to_be_visible()
    assert found.get_attribute("target") == "_blank"
    expect(page.get_by_text("gleicher Name").first).to_be_visible()
