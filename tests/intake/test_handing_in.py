"""Other programs hand in leads: with a key, once per external id, with answers they can read."""

import pytest
from django.urls import reverse

from intake.actions import make_key, process_submission, revoke_key
from intake.models import SourceKey, Submission
from leads.models import Lead, TouchChannel
from tests.factories import SourceFactory, UserFactory

pytestmark = pytest.mark.django_db
LEAD = {
    "external_id": "4711",
    "company": "Neu GmbH",
    "last_name": "Neu",
    "email": "nora@neu.example",
    "message": "Bitte um Rückruf",
    "utm_source": "newsletter",
    "extra": {"Warenkorb": "3 Fenster"},
}


@pytest.fixture
def shop():
    return SourceFactory(name="Webshop")


@pytest.fixture
def key(shop):
    return make_key("Shop", shop, actor=UserFactory())


def hand_in(client, token, **lead):
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(
        reverse("intake:api_leads"), {**LEAD, **lead}, content_type="application/json", headers=headers
    )


def test_a_lead_comes_in_once_per_external_id_and_from_the_source_of_the_key(client, key, shop):
    first, again = hand_in(client, key[1]), hand_in(client, key[1])

    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["reference"] == again.json()["reference"]
    process_submission(Submission.objects.get())
    lead = Lead.objects.get()
    assert (lead.company_name, lead.source) == ("Neu GmbH", shop)
    assert lead.note == "Bitte um Rückruf\n\nWarenkorb: 3 Fenster"
    assert lead.touches.get().channel == TouchChannel.API


def test_only_the_hash_is_kept_and_a_revoked_key_opens_nothing(client, key):
    row, token = key
    assert token not in str(SourceKey.objects.values().get())
    hand_in(client, token)
    row.refresh_from_db()
    assert row.last_used_at

    revoke_key(row, actor=UserFactory())

    assert hand_in(client, token).status_code == hand_in(client, "falsch").status_code == 401
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("lead", "field"),
    [
        ({"external_id": ""}, "external_id"),
        ({"email": "keine"}, "email"),
        ({"strange": "x"}, "strange"),
        ({"last_name": ["x"]}, "last_name"),
        ({"city": "x" * 100}, "city"),
        ({"at": "2999-01-01T00:00:00Z"}, "at"),
        ({"extra": {"a": [1]}}, "extra"),
        ({"consents": [{"means": "fax"}]}, "consents"),
        ({"consents": [{"means": "phone", "wording": "Ja"}]}, "consents"),
        ({"language": {"a": 1}}, "language"),
        ({"message": "a\x00b"}, "message"),
    ],
)
def test_what_is_wrong_stands_in_the_answer(client, key, lead, field):
    answer = hand_in(client, key[1], **lead)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert not Submission.objects.exists()


def test_each_refusal_has_its_status(client, key, monkeypatch):
    url, headers = reverse("intake:api_leads"), {"Authorization": f"Bearer {key[1]}"}
    monkeypatch.setattr("intake.actions.keys.MOST_PER_MINUTE", 3)

    statuses = [
        client.get(url).status_code,
        client.post(url, {"a": 1}, headers=headers).status_code,
        client.post(url, "{", content_type="application/json", headers=headers).status_code,
        client.post(url, "x" * 70_000, content_type="application/json", headers=headers).status_code,
        hand_in(client, key[1]).status_code,
    ]

    assert statuses == [405, 415, 400, 413, 429]
