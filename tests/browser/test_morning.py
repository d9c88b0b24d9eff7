"""A rep's morning: search, call, log, agree an appointment, next step; and what a phone in one hand does."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from activities.models import Activity, Attachment, FollowUp, Mention
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import ActivityFactory, ChannelFactory, CompanyFactory, FollowUpFactory


def test_search_call_log_appointment_and_next_step(people: People, log_in: LogIn):
    company = CompanyFactory(name="Nordlicht Werft GmbH", owner=people.owner)
    ChannelFactory(company=company, value="+494311234567")
    day = timezone.localdate() + timedelta(days=2)
    page = log_in(people.owner, to=reverse("activities:today"))

    page.keyboard.press("/")
    page.keyboard.type("nordlicht")
    page.locator("#search-found .hit", has_text="Nordlicht").first.click()
    expect(page.get_by_role("heading", name="Kontakthistorie")).to_be_visible()
    expect(page.locator(".htmx-added")).to_have_count(0)
    # A call is logged with three keys.
    page.keyboard.press("a")
    expect(page.get_by_role("radio", name="Nicht erreicht")).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#activities-body .entry", has_text="Nicht erreicht")).to_be_visible()
    page.keyboard.press("t")
    page.locator("#dialog [name=on]").fill(f"{day:%Y-%m-%d}")
    page.locator("#dialog [name=time]").fill("14:00")
    page.locator("#dialog .btn-primary").click()
    expect(page.locator("#activities-body .entry", has_text="Vor-Ort-Termin")).to_be_visible()

    page.goto(reverse("activities:week") + f"?day={day:%Y-%m-%d}")

    expect(page.locator(".slot.is-appointment", has_text="Nordlicht")).to_contain_text("14:00")
    assert FollowUp.objects.filter(kind="call", done_at=None).count() == 1


def write_note(page: Page) -> None:
    expect(page.get_by_role("heading", name="Kontakthistorie")).to_be_visible()
    expect(page.locator(".htmx-added")).to_have_count(0)
    page.keyboard.press("o")
    expect(page.locator("#dialog textarea")).to_be_visible()


def test_a_note_names_a_colleague_takes_a_file_and_survives_a_lost_page(people: People, log_in: LogIn):
    people.colleague.first_name, people.colleague.last_name = "Mara", "Richter"
    people.colleague.save()
    company = CompanyFactory()
    page = log_in(people.owner, to=reverse("contacts:company_detail", args=[company.pk]))
    write_note(page)
    page.locator("#dialog textarea").click()
    page.keyboard.type("Bitte ansehen @mar")
    expect(page.locator(".mention-list [role=option]")).to_contain_text("Mara Richter")
    page.keyboard.press("Enter")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    write_note(page)
    expect(page.locator("#dialog textarea")).to_have_value("Bitte ansehen @Mara Richter ")

    page.locator("#dialog input[type=file]").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 Plan"}
    )
    expect(page.locator("#dialog [data-file-chosen]")).to_contain_text("plan.pdf")
    page.locator("#dialog .btn-primary").click()

    expect(page.locator("#activities-body .entry-files")).to_contain_text("plan.pdf")
    assert Attachment.objects.get().activity == Activity.objects.get()
    assert Mention.objects.get().user == people.colleague
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length") == 0


def test_today_is_done_with_one_thumb_on_a_phone(people: People, log_in: LogIn):
    FollowUpFactory(owner=people.owner, text="Angebot nachfassen")
    note = ActivityFactory(text=f"@{people.owner} bitte")
    Mention.objects.create(activity=note, user=people.owner, by=note.author)
    page = log_in(people.owner, to=reverse("activities:today"), phone=True)
    mention = page.locator(".due", has_text="bitte")
    seen = mention.get_by_role("button", name="Gesehen")

    assert (seen.bounding_box() or {})["height"] >= 44
    seen.tap()
    expect(mention).to_have_count(0)
    page.locator(".due", has_text="Angebot nachfassen").get_by_role("button", name="Erledigt").tap()

    expect(page.locator("#today .due")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Mention.objects.get().seen_at is not None
    assert not FollowUp.objects.get().is_open
