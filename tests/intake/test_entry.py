"""Entering a lead by hand: typed, or from a card that is looked at first."""

import pytest
from django.urls import reverse

from contacts.models import Channel
from intake.pasted import fields_of
from leads.models import Lead, Touch
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
URL = "intake:lead_add"
CARD = """Mit freundlichen Grüßen

Dr. Petra Weiß
Leiterin Einkauf

Weiß Fensterbau GmbH
Hafenstraße 1
24103 Kiel
Tel. 0431 123456
petra@weiss.example"""
VCARD = """BEGIN:VCARD
VERSION:3.0
N:Weiß;Petra;;Dr.;
ORG:Weiß Fensterbau GmbH;Einkauf
TEL;TYPE=WORK:+49 431 123456
item1.EMAIL;TYPE=INTERNET:petra@weiss.exa
 mple
ADR;TYPE=WORK:;;Hafenstraße 1;Kiel;;24103;Deutschland
END:VCARD
BEGIN:VCARD
N:Zweite;Karte;;;
END:VCARD"""


def entry(**typed):
    form_key = "7d7a2b3e-1f0c-4b66-9a43-5b0c9a1f8f12"
    return {"form_key": form_key, "channel": "fair", "direction": "inbound", "country": "DE", **typed}


@pytest.mark.parametrize("text", [CARD, VCARD])
def test_a_signature_and_a_vcard_say_who_it_is(text):
    said = fields_of(text)

    assert (said["last_name"], said["company_name"]) == ("Weiß", "Weiß Fensterbau GmbH")
    assert (said["email"], said["postal_code"], said["city"]) == ("petra@weiss.example", "24103", "Kiel")


def test_what_is_recognised_is_shown_first_and_overwrites_nothing(client, people):
    client.force_login(people.owner, backend="django.contrib.auth.backends.ModelBackend")

    page = client.post(reverse(URL), entry(text=CARD, last_name="Getippt", recognise="1"))

    shown = page.context["form"]
    assert (shown["last_name"].value(), shown["city"].value()) == ("Getippt", "Kiel")
    assert not Lead.objects.exists()


def test_a_lead_is_entered_once_and_is_the_users(client, people):
    client.force_login(people.owner, backend="django.contrib.auth.backends.ModelBackend")

    answers = [client.post(reverse(URL), entry(last_name="Neu", note="Messe")) for _click in range(2)]

    lead = Lead.objects.get()
    assert [answer["Location"] for answer in answers] == [lead.get_absolute_url()] * 2
    assert (lead.owner, lead.touches.get().channel) == (people.owner, "fair")


def test_somebody_we_know_gets_a_touch(client, people):
    person = PersonFactory(last_name="Weiß")
    person.channels.create(kind=Channel.Kind.EMAIL, value="petra@weiss.example")
    client.force_login(people.owner, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(reverse(URL), entry(last_name="Weiß", email="petra@weiss.example"))

    assert answer["Location"] == person.get_absolute_url()
    assert (Lead.objects.count(), Touch.objects.get().person) == (0, person)
