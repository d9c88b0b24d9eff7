"""A lead assigned by a rule, called, converted, moved on: its first touch is still on the deal."""

from django.urls import reverse
from playwright.sync_api import expect

from activities.tasks import follow_to_deal
from core.models import Delivery
from leads.actions import TouchFacts
from leads.models import AssignmentRule, TouchChannel
from leads.placing import place_lead
from pipeline.models import Deal, Stage
from tests.browser.conftest import LogIn
from tests.browser.test_activities import wait_for_panel
from tests.conftest import People
from tests.factories import LeadFactory


def test_from_the_inbox_to_the_second_stage(people: People, log_in: LogIn):
    AssignmentRule.objects.create(name="Berlin", postal_codes="10-14", way="rep", rep=people.owner)
    touch = TouchFacts(channel=TouchChannel.WEB_FORM, content="Bitte um ein Angebot für zwei Hobel")
    lead = LeadFactory(
        first_name="Petra",
        last_name="Weiß",
        company_name="Sägewerk Buchholz GmbH",
        email="petra@buchholz.example",
        phone="030 1234567",
        postal_code="10115",
        interest="Hobelmaschine",
        touch=touch,
    )
    place_lead(lead)
    page = log_in(people.owner, to=reverse("leads:lead_list"))

    page.get_by_role("link", name="Petra Weiß, Sägewerk Buchholz GmbH").click()
    wait_for_panel(page, "Kontakthistorie")
    expect(page.get_by_text("Regel „Berlin“")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_role("radio", name="Nicht erreicht")).to_be_focused()
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#activities-body .entry", has_text="Entscheider erreicht")).to_be_visible()
    page.get_by_role("link", name="Umwandeln").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Worum geht es?")).to_have_value("Hobelmaschine")
    dialog.get_by_label("Beginnt in").select_option(str(int(Stage.AKQUISE)))
    dialog.get_by_role("button", name="Umwandeln").click()
    expect(page.get_by_role("heading", name="Sägewerk Buchholz GmbH")).to_be_visible()
    for delivery in Delivery.objects.filter(task="activities.tasks.follow_to_deal"):
        follow_to_deal(delivery.pk)
    page.get_by_role("button", name="Weiter zu Kontakt").click()
    page.get_by_role("button", name="Trotzdem verschieben").click()
    deal = Deal.objects.get()
    expect(page.locator(".stepper .now")).to_contain_text("Kontakt")

    expect(page.locator("#activities-body")).to_contain_text("Bitte um ein Angebot für zwei Hobel")
    deal.refresh_from_db()
    assert (deal.stage, deal.lead) == (Stage.KONTAKT, lead)
