"""The look-up address for telephone systems."""

import pytest
from django.urls import reverse

from activities.actions import make_key
from activities.callers import find_caller
from activities.models import AccessKey
from tests.conftest import log_in
from tests.factories import ChannelFactory, CompanyFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def petra():
    person = PersonFactory(last_name="Quast")
    ChannelFactory(company=None, person=person, value="+4943112345678")
    return person


def lookup(client, number, token=""):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.get(reverse("activities:caller_lookup"), {"number": number}, headers=headers)


@pytest.mark.parametrize(
    "number", ["+4943112345678", "0431 12345678", "0431/123456-78", "tel:+49 431 12345678"]
)
def test_a_number_opens_the_right_record_however_it_is_written(client, people, petra, number):
    log_in(client, people, "owner")

    response = client.get(reverse("activities:caller"), {"number": number})

    assert response["Location"] == reverse("contacts:person_detail", args=[petra.pk])


def test_a_number_several_share_is_a_list(client, people, petra):
    log_in(client, people, "owner")
    ChannelFactory(company=CompanyFactory(name="Quast GmbH"), value="+4943112345678")

    page = client.get(reverse("activities:caller"), {"number": "0431 12345678"}).content.decode()

    assert "Quast GmbH" in page
    assert str(petra) in page


def test_an_unknown_extension_may_be_behind_a_front_desk(client, people):
    company = CompanyFactory()
    ChannelFactory(company=company, value="+494311234560")

    (match,) = find_caller("0431 12345678", people.owner).matches

    assert (match.row, match.is_certain) == (company, False)


@pytest.mark.parametrize("number", ["", "x", "\0", "1" * 4000, "٣٣٣٣٣٣٣", "<b>"])
def test_what_is_no_number_is_said_so(client, people, number):
    log_in(client, people, "owner")

    assert client.get(reverse("activities:caller"), {"number": number}).status_code == 200


def test_a_program_asks_with_its_key(client, petra):
    _key, token = make_key(AccessKey.Purpose.TELEPHONE, actor=UserFactory())

    answer = lookup(client, "043112345678", token).json()

    assert answer["number"] == "+4943112345678"
    assert answer["matches"][0]["name"] == str(petra)
    assert answer["matches"][0]["url"].endswith(reverse("contacts:person_detail", args=[petra.pk]))


def test_without_the_key_the_answer_is_the_same_whoever_has_the_number(client, petra):
    _key, calendar = make_key(AccessKey.Purpose.CALENDAR, actor=UserFactory())
    answers = [
        lookup(client, number, token)
        for number in ("043112345678", "030999999")
        for token in ("", "falsch", calendar)
    ]

    assert {(answer.status_code, answer.content) for answer in answers} == {
        (401, b'{"error": "unauthorized"}')
    }
