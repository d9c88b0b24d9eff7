"""The badge "May I call?", the dialog behind it, and what is no link any more."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.actions import note_presumed_consent, record_objection
from contacts.lawful import may_reach
from contacts.models import LegalEntry, LegalUse
from tests.factories import ChannelFactory, CompanyFactory, EmploymentFactory, FollowUpFactory, UserFactory

pytestmark = pytest.mark.django_db

NUMBER, ADDRESS = "+49301234567", "petra@kunde.example"
HTMX = {"HX-Request": "true"}
NAUGHTY = [
    "\x00",
    "x" * 100_000,
    "\u2028",
    "'; DROP TABLE",
    "<script>",
    "9" * 30,
    "0000-00-00",
    "10000-01-01",
]


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def buyer():
    """A person of a company, both with numbers and an address."""
    employment = EmploymentFactory()
    ChannelFactory(company=None, person=employment.person, value=NUMBER)
    ChannelFactory(company=None, person=employment.person, kind="email", value=ADDRESS)
    ChannelFactory(company=employment.company, value="+49307654321")
    return employment.person


def pages(client, person, user):
    """Everything that shows how to reach the person."""
    company = person.employments.get().company
    FollowUpFactory(owner=user, company=company, person=person, kind="call")
    urls = [
        reverse("contacts:person_list"),
        reverse("contacts:person_detail", args=[person.pk]),
        reverse("contacts:company_detail", args=[company.pk]),
        reverse("activities:call_log", args=["persons", person.pk]),
        reverse("activities:call_log", args=["companies", company.pk]),
        reverse("activities:today"),
    ]
    return {url: client.get(url).content.decode() for url in urls}


def test_a_number_leads_to_the_telephone_once_the_reason_is_noted(client, user, buyer):
    for url, page in pages(client, buyer, user).items():
        assert f"tel:{NUMBER}" not in page, url

    note_presumed_consent(buyer, "Hat nach der Preisliste gefragt", actor=user)

    for url, page in pages(client, buyer, user).items():
        assert f"tel:{NUMBER}" in page, url


def test_what_was_objected_to_is_nowhere_a_link(client, user, buyer):
    note_presumed_consent(buyer, "Hat nach der Preisliste gefragt", actor=user)
    record_objection(buyer, "phone", actor=user)
    record_objection(buyer, "email", actor=user)

    for url, page in pages(client, buyer, user).items():
        assert f"tel:{NUMBER}" not in page, url
        assert f"mailto:{ADDRESS}" not in page, url


def test_without_consent_a_mail_may_be_begun_and_the_badge_says_no_advertising(client, user, buyer):
    page = client.get(buyer.get_absolute_url()).content.decode()

    assert f"mailto:{ADDRESS}" in page
    assert "Keine Werbung" in page


def test_the_reason_is_noted_in_the_dialog_for_the_whole_company(client, user, buyer):
    url = reverse("contacts:person_law_note", args=[buyer.pk, "reason"])
    said = {"ground": "asked", "detail": "Preisliste erbeten, Messe Hannover", "for_company": "on"}

    answer = client.post(url, said, headers=HTMX)

    assert answer.status_code == 200
    assert "law-changed" in answer["HX-Trigger"]
    assert LegalEntry.objects.get().company == buyer.employments.get().company
    assert may_reach(buyer, "phone").allowed


def test_a_withdrawal_is_one_click(client, user, buyer):
    entry = note_presumed_consent(buyer, "Hat nach der Preisliste gefragt", actor=user)
    page = client.get(reverse("contacts:person_law", args=[buyer.pk])).content.decode()
    url = reverse("contacts:law_withdraw", args=[entry.pk])
    assert url in page

    client.post(url)

    assert not may_reach(buyer, "phone").allowed
    assert url not in client.get(reverse("contacts:person_law", args=[buyer.pk])).content.decode()


def test_a_call_makes_use_of_the_permission(client, user, buyer):
    entry = note_presumed_consent(buyer, "Hat nach der Preisliste gefragt", actor=user)
    url = reverse("activities:call_log", args=["persons", buyer.pk])

    client.post(url, {"form_key": uuid4(), "result": "not_reached", "direction": "out"})

    assert LegalUse.objects.get().entry == entry


def test_the_form_says_that_a_mail_proves_nothing_for_the_telephone(client, user, buyer):
    url = reverse("contacts:person_law_note", args=[buyer.pk, "consent"])
    said = {
        "means": "phone",
        "way": "web",
        "at": timezone.localdate().isoformat(),
        "source": "Formular",
        "wording": "Ja, rufen Sie mich an.",
        "proof": "double_opt_in",
    }

    answer = client.post(url, said)

    assert answer.status_code == 422
    assert "I ZR 164/09" in answer.content.decode()
    assert not LegalEntry.objects.exists()


@pytest.mark.parametrize("what", ["reason", "consent", "customer", "objection"])
@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_hostile_input_is_answered_with_a_message(client, user, buyer, what, text):
    names = ("ground", "detail", "means", "value", "at", "way", "source", "wording", "proof", "bought")

    answer = client.post(
        reverse("contacts:person_law_note", args=[buyer.pk, what]), dict.fromkeys(names, text)
    )

    assert answer.status_code == 422


def test_a_private_person_is_told_that_nothing_can_be_presumed(client, user, buyer):
    buyer.employments.update(until=timezone.localdate())
    url = reverse("contacts:person_law_note", args=[buyer.pk, "reason"])

    answer = client.post(url, {"ground": "asked", "detail": "Preisliste erbeten"})

    assert answer.status_code == 422


def test_the_list_costs_the_same_for_two_and_for_twenty(client, user, count_queries):
    counts = []
    for more in (2, 18):
        for _ in range(more):
            person = EmploymentFactory().person
            ChannelFactory(company=None, person=person)
            ChannelFactory(company=None, person=person, kind="email", value=ADDRESS)
        with count_queries() as counted:
            client.get(reverse("contacts:person_list"))
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_the_page_of_a_company_costs_the_same_for_two_people_and_for_twenty(client, user, count_queries):
    company, counts = CompanyFactory(), []
    for more in (2, 18):
        for _ in range(more):
            ChannelFactory(company=None, person=EmploymentFactory(company=company).person)
        with count_queries() as counted:
            client.get(company.get_absolute_url())
        counts.append(len(counted))

    assert counts[0] == counts[1]
