"""Mail in a real browser: written with a template, and one of a stranger filed from the list."""

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from contacts.models import Person
from mailbox.actions import take_in
from mailbox.models import Mailbox, MailTemplate, SentMail, TakenMail
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import PersonFactory
from tests.mailbox.letters import raw_mail


def test_a_strangers_mail_is_filed_with_a_new_person(log_in: LogIn, people: People):
    box = Mailbox.objects.create(
        name="Vertrieb",
        address="vertrieb@trichter.example",
        host="imap.trichter.example",
        username="vertrieb",
        secret="VERTRIEB",
        keeper=people.manager,
        looked_at=timezone.now(),
    )
    take_in(raw_mail(sender="Nora Neu <nora@fremd.example>"), box)
    page = log_in(people.owner, to=reverse("mailbox:mail_queue"))

    page.get_by_role("link", name="Zuordnen").click()
    expect(page.locator("#dialog [name=person_text]")).to_have_value("Nora Neu")
    page.locator("#dialog .btn-primary").click()

    expect(page.locator(".toast")).to_contain_text("1 Mail bei Nora Neu abgelegt")
    expect(page.get_by_text("Keine Mail wartet auf eine Entscheidung")).to_be_visible()
    assert TakenMail.objects.get().state == TakenMail.State.FILED
    assert Person.objects.get(last_name="Neu").channels.get().value == "nora@fremd.example"


def test_a_mail_is_written_with_a_template_by_the_keyboard(log_in: LogIn, people: People):
    person = PersonFactory(last_name="Weiß", salutation="mr")
    person.channels.create(kind="email", value="weiss@weiss.example")
    MailTemplate.objects.create(name="Danke", subject="Danke", text="{Anrede},\n\ndanke für das Gespräch.")
    page = log_in(people.owner, to=reverse("contacts:person_detail", args=[person.pk]))
    expect(page.locator(".timeline, .empty").first).to_be_visible()

    page.keyboard.press("b")
    page.locator("#dialog [name=template]").select_option(label="Danke")
    expect(page.locator("#dialog [name=subject]")).to_have_value("Danke")
    page.locator("#dialog .btn-primary").click()

    expect(page.locator(".toast")).to_contain_text("Die Mail wird gesendet")
    assert SentMail.objects.get().text.startswith("Sehr geehrter Herr Weiß,\n\ndanke für das Gespräch.")
