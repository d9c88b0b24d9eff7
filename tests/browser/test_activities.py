"""Logging calls and walking through Heute with keys only."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from activities.actions import About, NextStep, plan_follow_up
from activities.models import Activity, FollowUp
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import DealFactory, FollowUpFactory


def wait_for_panel(page: Page, heading: str) -> None:
    """Until the panel is there and its links are htmx's; for some milliseconds they are plain ones."""
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator(".htmx-added")).to_have_count(0)


def test_a_call_is_logged_in_german_with_keys_only(people: People, log_in: LogIn):
    deal = DealFactory(owner=people.owner)
    page = log_in(people.owner, to=reverse("pipeline:deal_detail", args=[deal.pk]))
    wait_for_panel(page, "Kontakthistorie")

    page.keyboard.press("a")
    expect(page.get_by_role("radio", name="Nicht erreicht")).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.type("Mailbox besprochen")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#activities-body .entry", has_text="Mailbox besprochen")).to_contain_text(
        "Nicht erreicht"
    )
    call = Activity.objects.get()
    assert (call.result, call.author, call.deal) == ("not_reached", people.owner, deal)
    # What usually follows was suggested and taken: another call on the next working day.
    follow_up = FollowUp.objects.get()
    assert (follow_up.kind, follow_up.due_on > timezone.localdate()) == ("call", True)
    expect(page.locator("#activities-body .due")).to_have_count(1)


def test_a_call_with_an_appointment_is_logged_in_english_with_keys_only(people: People, log_in: LogIn):
    people.owner.language = "en"
    people.owner.save()
    deal = DealFactory(owner=people.owner)
    day = timezone.localdate() + timedelta(days=3)
    page = log_in(people.owner, to=reverse("pipeline:deal_detail", args=[deal.pk]))
    wait_for_panel(page, "Contact history")

    page.keyboard.press("a")
    expect(page.get_by_role("radio", name="Not reached")).to_be_focused()
    page.keyboard.press("4")
    expect(page.get_by_label("Appointment on")).to_be_focused()
    page.keyboard.type(f"{day:%m%d%Y}")
    expect(page.get_by_label("Appointment on")).to_have_value(f"{day:%Y-%m-%d}")
    # The first one leads to the button of the calendar.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("0230PM")
    page.keyboard.press("Enter")

    expect(page.locator("#activities-body .entry", has_text="On-site appointment")).to_contain_text("agreed")
    appointment = Activity.objects.get(kind="appointment")
    assert timezone.localtime(appointment.at).strftime("%d %H:%M") == f"{day:%d} 14:30"


def test_an_incomplete_form_keeps_what_was_typed_and_says_what_is_missing(people: People, log_in: LogIn):
    deal = DealFactory(owner=people.owner)
    page = log_in(people.owner, to=reverse("pipeline:deal_detail", args=[deal.pk]))
    page.get_by_role("link", name="Anruf").click()

    page.get_by_label("Notizen").fill("Herr Möller ruft zurück")
    page.get_by_role("button", name="Speichern").click()

    expect(page.locator("#dialog .form-errors")).to_contain_text("Bitte wählen Sie ein Ergebnis.")
    expect(page.get_by_label("Notizen")).to_have_value("Herr Möller ruft zurück")
    assert not Activity.objects.exists()


def test_heute_is_worked_off_with_one_key_each(people: People, log_in: LogIn):
    deal = DealFactory(owner=people.owner)
    plan_follow_up(About(deal=deal), NextStep(on=timezone.localdate(), text="erst"), actor=people.owner)
    FollowUpFactory(owner=people.owner, text="dann")
    page = log_in(people.owner, to=reverse("activities:today"))

    page.keyboard.press("ArrowDown")
    expect(page.locator("#today .due").nth(0)).to_be_focused()
    page.keyboard.press("e")
    expect(page.locator("#today .due", has_text="erst")).to_have_count(0)
    # The row that took its place has the focus.
    expect(page.locator("#today .due", has_text="dann")).to_be_focused()
    page.keyboard.press("v")
    expect(page.locator("#today .due", has_text="dann")).to_have_count(0)

    done, postponed = FollowUp.objects.order_by("pk")
    assert not done.is_open
    assert postponed.due_on > timezone.localdate()


def test_done_by_mistake_is_taken_back_with_u(people: People, log_in: LogIn):
    FollowUpFactory(owner=people.owner, text="doch nicht")
    page = log_in(people.owner, to=reverse("activities:today"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("e")
    expect(page.locator("#toasts")).to_contain_text("Erledigt: doch nicht")
    expect(page.locator("#today .due")).to_have_count(0)

    page.keyboard.press("u")

    expect(page.locator("#today .due", has_text="doch nicht")).to_be_visible()
    assert FollowUp.objects.get().is_open


def test_a_call_is_logged_on_a_page_of_its_own_with_keys_only(people: People, log_in: LogIn):
    deal = DealFactory(owner=people.owner)
    page = log_in(people.owner, to=reverse("activities:call_log", args=["deals", deal.pk]))

    page.keyboard.press("1")
    expect(page.locator("main [name=text]")).to_be_focused()
    page.keyboard.type("Mailbox besprochen")
    page.keyboard.press("Control+Enter")

    page.wait_for_url(lambda url: "call" not in url)
    assert Activity.objects.get().text == "Mailbox besprochen"
