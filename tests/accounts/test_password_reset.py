"""Choosing a new password by a link that comes by mail."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.tasks import mail_link
from core.models import Delivery, Event
from tests.conftest import PASSWORD, log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NEW = "Kaffee-im-Regen-7"


def ask(client, email):
    return client.post(reverse("accounts:password_reset"), {"email": email})


def deliver() -> None:
    for delivery in Delivery.objects.waiting():
        mail_link(delivery.pk)


def link_from_mail() -> str:
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def choose(client, link, password=NEW):
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"new_password1": password, "new_password2": password})


@pytest.fixture
def lena():
    return UserFactory(email="lena@trichter.example", first_name="Lena", last_name="Sommer")


def test_the_link_from_the_mail_leads_to_a_new_password(client, lena):
    ask(client, " Lena@trichter.example ")
    deliver()

    answer = choose(client, link_from_mail())

    lena.refresh_from_db()
    assert answer["Location"] == reverse("accounts:password_reset_complete")
    assert lena.check_password(NEW)
    assert mail.outbox[0].to == ["lena@trichter.example"]


def test_the_mail_speaks_the_language_of_the_user(client, lena):
    lena.language = "en"
    lena.save()

    ask(client, lena.email)
    deliver()

    assert "Hello Lena Sommer" in mail.outbox[0].body
    assert mail.outbox[0].subject == "Your new password for the sales funnel"


def test_known_and_unknown_addresses_get_the_same_answer_and_only_one_a_mail(client, lena):
    known, unknown = ask(client, lena.email), ask(client, "niemand@trichter.example")
    deliver()

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 1


def test_no_mail_is_sent_within_the_request(client, lena):
    ask(client, lena.email)

    assert mail.outbox == []
    assert Event.objects.get().payload == {"site": "http://testserver/"}


def test_asking_twice_sends_one_mail(client, lena):
    ask(client, lena.email)
    ask(client, lena.email)

    assert Event.objects.count() == 1


def test_who_may_not_log_in_gets_no_mail(client):
    UserFactory(email="weg@trichter.example", is_active=False)

    ask(client, "weg@trichter.example")

    assert not Event.objects.exists()


def test_the_link_works_once(client, lena):
    ask(client, lena.email)
    deliver()
    link = link_from_mail()
    choose(client, link)

    again = Client().get(link, follow=True)

    assert again.context["validlink"] is False


def test_a_made_up_link_opens_nothing(client, lena):
    link = reverse("accounts:password_reset_confirm", kwargs={"uidb64": "MQ", "token": "abc-def"})

    assert client.get(link).context["validlink"] is False


def test_a_new_password_ends_every_session_and_forgives_the_failed_attempts(client, people):
    log_in(client, people, "owner")
    guesser = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        guesser.post(reverse("accounts:login"), {"username": people.owner.email, "password": "falsch"})
    ask(guesser, people.owner.email)
    deliver()

    choose(guesser, link_from_mail())

    answer = Client().post(reverse("accounts:login"), {"username": people.owner.email, "password": NEW})
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert answer.status_code == 302


def test_a_weak_password_is_refused(client, lena):
    ask(client, lena.email)
    deliver()

    answer = choose(client, link_from_mail(), password="passwort")

    lena.refresh_from_db()
    assert answer.status_code == 200
    assert lena.check_password(PASSWORD)
