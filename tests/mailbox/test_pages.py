"""The pages of the mail: writing with a template, the queue, what others may not see."""

import pytest
from django.urls import reverse

from contacts.models import Person
from mailbox.actions import take_in
from mailbox.drop_box import own_address
from mailbox.models import MailTemplate, SentMail, TakenMail
from tests.conftest import log_in
from tests.factories import PersonFactory
from tests.mailbox.letters import raw_mail

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def petra():
    person = PersonFactory(first_name="Petra", last_name="Weiß", salutation="ms", title="Dr.")
    person.channels.create(kind="email", value="petra@weiss.example")
    return person


@pytest.fixture
def as_owner(client, people):
    log_in(client, people, "owner")
    return client


def write_url(person):
    return reverse("mailbox:mail_write", args=["persons", person.pk])


def test_a_template_fills_itself_in_above_what_was_typed(as_owner, petra):
    template = MailTemplate.objects.create(
        name="Danke", subject="Danke, {Vorname}", text="{Anrede},\n\ndanke für das Gespräch. {Wert}"
    )
    data = {"to": petra.channels.get().pk, "template": template.pk, "text": "Mein Satz.", "take": "1"}

    page = as_owner.post(write_url(petra), data, headers=HTMX)

    form = page.context["form"]
    assert page.status_code == 200
    assert form["subject"].value() == "Danke, Petra"
    assert form["text"].value() == (
        "Sehr geehrte Frau Dr. Weiß,\n\ndanke für das Gespräch. {Wert}\n\nMein Satz.\n"
    )
    assert not SentMail.objects.exists()


def test_a_mail_is_written_from_the_page_of_a_person(as_owner, petra):
    data = {
        "to": petra.channels.get().pk,
        "subject": "Hallo",
        "text": "Guten Tag",
        "purpose": "contract",
        "form_key": "7d7a2b3e-1f0c-4b66-9a43-5b0c9a1f8f10",
    }

    assert as_owner.post(write_url(petra), data, headers=HTMX).status_code == 204
    assert as_owner.post(write_url(petra), data, headers=HTMX).status_code == 204

    assert SentMail.objects.get().to_address == "petra@weiss.example"


def test_what_is_wrong_stands_at_the_field_and_nothing_typed_is_lost(as_owner, petra):
    page = as_owner.post(write_url(petra), {"text": "Mein langer Text"}, headers=HTMX)

    assert page.status_code == 422
    assert page.context["form"].errors.keys() >= {"to", "subject"}
    assert "Mein langer Text" in page.content.decode()


def test_an_address_of_somebody_else_cannot_be_chosen(as_owner, petra):
    other = PersonFactory().channels.create(kind="email", value="fremd@fremd.example")

    page = as_owner.post(
        write_url(petra), {"to": other.pk, "subject": "x", "text": "y", "purpose": "contract"}
    )

    assert page.status_code == 422
    assert not SentMail.objects.exists()


def test_filing_enters_a_new_person(as_owner, box):
    take_in(raw_mail(sender="Nora Neu <nora@fremd.example>"), box)
    mail = TakenMail.objects.get()

    as_owner.post(
        reverse("mailbox:mail_assign", args=[mail.pk]), {"person_text": "Nora Neu", "remember": "on"}
    )

    person = Person.objects.get(last_name="Neu")
    assert person.channels.get().value == "nora@fremd.example"
    assert person.activities.get().subject == "Ihr Angebot"


def test_a_copy_nobody_filed_is_seen_by_its_sender_and_the_managers(client, people, drop_box):
    raw = raw_mail(
        sender=people.owner.email,
        to="privat@fremd.example",
        headers={"Delivered-To": own_address(people.owner, drop_box)},
    )
    take_in(raw, drop_box)
    mail = TakenMail.objects.get()

    seen = {}
    for who in ("owner", "colleague", "manager", "stranger", "admin"):
        log_in(client, people, who)
        seen[who] = client.get(reverse("mailbox:mail_detail", args=[mail.pk])).status_code

    assert seen == {"owner": 200, "colleague": 404, "manager": 200, "stranger": 404, "admin": 200}


def test_the_queue_asks_the_same_number_of_questions_for_any_number_of_mails(as_owner, box, count_queries):
    def put(count):
        for number in range(count):
            key = TakenMail.objects.count()
            take_in(raw_mail(sender=f"n{number}@fremd.example", message_id=f"<{key}@x>"), box)

    url = reverse("mailbox:mail_queue")
    put(2)
    with count_queries() as few:
        as_owner.get(url)
    put(18)
    with count_queries() as many:
        as_owner.get(url)

    assert len(many) == len(few)


@pytest.mark.parametrize("query", ["state=%00", "state=x", "q=%00", "cursor=xyz", "q=" + "%25" * 500])
def test_hostile_addresses(as_owner, box, query):
    assert as_owner.get(f"{reverse('mailbox:mail_queue')}?{query}").status_code == 200


@pytest.mark.parametrize("text", ["{Unfug}", "{Anrede.__class__}"])
def test_a_template_with_an_unknown_placeholder_is_refused(client, people, text):
    log_in(client, people, "manager")

    page = client.post(
        reverse("mailbox:template_add"), {"name": "x", "language": "de", "subject": "x", "text": text}
    )

    assert page.status_code == 422
    assert "text" in page.context["form"].errors
