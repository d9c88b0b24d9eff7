"""Interests, preferences and what matters to a person: noted, renewed, at hand when calling."""

import pytest
from django.urls import reverse

from contacts.actions import drop_value, note_interest, state_value
from contacts.greetings import greeting
from contacts.models import Channel, PersonInterest, PersonValue
from tests.factories import EmploymentFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def post(client, name, *args, **data):
    return client.post(reverse(f"contacts:{name}", args=args), data, headers={"HX-Request": "true"})


def test_an_interest_is_noted_with_its_source(client, user):
    person = PersonFactory()
    said = {
        "interest-text": "Segeln",
        "interest-kind": "interest",
        "interest-source": "Gespräch auf der Messe",
    }

    answer = post(client, "interest_note", person.pk, **said).content.decode()

    assert person.interests.get().source == "Gespräch auf der Messe"
    assert "Segeln" in answer


def test_the_same_word_again_renews_it(user):
    person = PersonFactory()
    note_interest(person, "Segeln", kind="interest", actor=user)

    note_interest(person, "SEGELN", kind="preference", source="Anruf", actor=user)

    assert [(row.text, row.kind, row.source) for row in person.interests.all()] == [
        ("SEGELN", "preference", "Anruf")
    ]


def test_what_matters_has_a_weight_and_the_last_word_counts(client, user):
    person = PersonFactory()
    state_value(person, "price", weight=1, actor=user)

    post(client, "value_state", person.pk, **{"value-value": "price", "value-weight": "3"})

    assert person.values.get().weight == PersonValue.Weight.DECISIVE


def test_what_decides_stands_first(user):
    person = PersonFactory()
    for value, weight in (("price", 1), ("safety", 3), ("speed", 2)):
        state_value(person, value, weight=weight, actor=user)

    assert [row.value for row in person.values.all()] == ["safety", "speed", "price"]


@pytest.mark.parametrize(
    "value",
    [{}, {"value-value": "magic", "value-weight": "2"}, {"value-value": "price", "value-weight": "9"}],
)
def test_what_is_not_understood_is_told_in_the_form(client, user, value):
    response = post(client, "value_state", PersonFactory().pk, **value)

    assert response.status_code == 422
    assert not PersonValue.objects.exists()


def test_what_is_taken_away_is_gone_and_twice_does_no_harm(client, user):
    person = PersonFactory()
    value, interest = (
        state_value(person, "price", weight=1, actor=user),
        note_interest(person, "Golf", kind="interest", actor=user),
    )

    post(client, "value_drop", person.pk, value.pk)
    drop_value(person, value.pk, actor=user)
    post(client, "interest_forget", person.pk, interest.pk)

    assert not PersonValue.objects.exists()
    assert not PersonInterest.objects.exists()


def test_nobody_takes_away_what_belongs_to_another_person(client, user):
    value = state_value(PersonFactory(), "price", weight=1, actor=user)

    post(client, "value_drop", PersonFactory().pk, value.pk)

    assert PersonValue.objects.exists()


def test_all_of_it_is_at_hand_when_calling(client, user):
    job = EmploymentFactory(
        person=PersonFactory(salutation="ms", title="Dr.", last_name="Weiß", note="Ruft morgens an")
    )
    state_value(job.person, "safety", weight=3, actor=user)
    note_interest(job.person, "Segeln", kind="interest", actor=user)

    answer = client.get(reverse("contacts:person_at_hand", args=[job.person_id])).content.decode()

    for said in ("Sehr geehrte Frau Dr. Weiß", "Sicherheit", "Segeln", "Ruft morgens an", str(job.company)):
        assert said in answer


def test_a_form_has_it_at_hand_for_whom_it_names_by_person_or_address(client, user):
    person = PersonFactory(salutation="ms", last_name="Weiß")
    address = Channel.objects.create(person=person, kind="email", value="weiss@example.org")
    url = reverse("contacts:at_hand")

    by_name, by_address = client.get(url, {"person": person.pk}), client.get(url, {"to": address.pk})

    assert "Sehr geehrte Frau Weiß" in by_name.content.decode()
    assert by_name.content == by_address.content
    for nobody in ({}, {"person": "", "to": ""}, {"person": "x"}, {"to": 10**30}, {"person": person.pk + 1}):
        assert client.get(url, nobody).content == b""


@pytest.mark.parametrize(
    ("salutation", "language", "text"),
    [
        ("ms", "de", "Sehr geehrte Frau Weiß"),
        ("mr", "en", "Dear Mr Weiß"),
        ("mx", "de", "Guten Tag Kim Weiß"),
        ("", "fr", "Bonjour Kim Weiß"),
    ],
)
def test_a_letter_begins_as_the_person_is_addressed(salutation, language, text):
    person = PersonFactory.build(first_name="Kim", last_name="Weiß", salutation=salutation, language=language)

    assert greeting(person) == text
