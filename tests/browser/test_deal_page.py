"""The page of a deal in a real browser: steps, criteria, people, and edits that meet."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pipeline.actions import DealFacts, edit_deal
from pipeline.models import Deal, Outcome, Stage
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import CompanyFactory, DealFactory, EmploymentFactory, PersonFactory


@pytest.fixture
def deal(people: People) -> Deal:
    return DealFactory(
        owner=people.owner, stage=Stage.KONTAKT, company=CompanyFactory(name="Nordlicht Logistik AG")
    )


def address(deal: Deal) -> str:
    return reverse("pipeline:deal_detail", args=[deal.pk])


def test_a_step_asks_moves_and_can_be_undone_without_leaving_the_page(
    log_in: LogIn, people: People, deal: Deal
):
    page = log_in(people.owner, to=address(deal))

    page.get_by_role("button", name="Weiter zu Angebot").click()
    page.locator("#dialog .btn-primary").click()
    expect(page.locator(".stepper .now")).to_contain_text("Angebot")
    page.keyboard.press("u")

    expect(page.locator(".stepper .now")).to_contain_text("Kontakt")
    expect(page.locator(".timeline s").first).to_be_attached()
    assert Deal.objects.get(pk=deal.pk).stage == Stage.KONTAKT


def test_a_criterion_is_settled_with_a_note(log_in: LogIn, people: People, deal: Deal):
    page = log_in(people.owner, to=address(deal))
    line = page.locator(".criteria li").filter(has_text="Vor-Ort-Termin")

    line.get_by_role("link").click()
    page.locator("#dialog .btn-primary").click()
    expect(page.locator("#dialog .invalid-feedback")).to_be_visible()
    page.locator("#dialog [name=note]").fill("am Telefon zugesagt")
    page.locator("#dialog .btn-primary").click()

    expect(line).to_contain_text("am Telefon zugesagt")
    expect(page.locator("#dialog")).not_to_be_visible()


def test_a_person_of_the_company_is_chosen_by_keyboard(log_in: LogIn, people: People, deal: Deal):
    EmploymentFactory(company=deal.company, person=PersonFactory(first_name="Petra", last_name="Groß"))
    page = log_in(people.owner, to=address(deal))

    page.locator(".detail-side").get_by_role("link", name="Hinzufügen").first.click()
    expect(page.locator("#dialog [role=option]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog [name=person_text]")).to_have_value("Petra Groß")
    page.locator("#dialog .btn-primary").click()

    expect(page.locator(".detail-side")).to_contain_text("Petra Groß")


def test_who_saves_second_sees_the_difference_and_keeps_what_was_typed(
    log_in: LogIn, people: People, deal: Deal
):
    page = log_in(people.owner, to=address(deal))
    page.keyboard.press("e")
    dialog = page.locator("#dialog")
    dialog.locator("[name=value]").fill("3.000")
    facts = DealFacts(title=deal.title, owner=deal.owner, company=deal.company, value=2000)
    edit_deal(deal, facts, seen_version=1, actor=people.manager)

    dialog.locator(".btn-primary").click()
    expect(dialog.locator(".hint")).to_contain_text("2.000,00")
    expect(dialog.locator("[name=value]")).to_have_value("3.000")
    dialog.locator(".btn-primary").click()

    expect(page.locator(".detail-value")).to_contain_text("3.000")
    assert Deal.objects.get(pk=deal.pk).value == 3000


def test_a_deal_is_lost_and_opened_again(log_in: LogIn, people: People, deal: Deal):
    page = log_in(people.owner, to=address(deal))

    page.get_by_role("link", name="Verloren").click()
    page.locator("#dialog").get_by_text("Preis", exact=True).click()
    page.locator("#dialog .btn-danger").click()
    expect(page.locator(".stepper .leaked")).to_contain_text("Kontakt")
    page.get_by_role("button", name="Wieder öffnen").click()

    expect(page.locator(".stepper .now")).to_contain_text("Kontakt")
    assert Deal.objects.get(pk=deal.pk).outcome == Outcome.OPEN
