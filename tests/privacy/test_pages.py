"""Pages of data protection: preview before erasing, the report as a file, the history of the data."""

import pytest
from django.urls import reverse
from django.utils import timezone

from privacy.actions import note_request
from privacy.actions.erasure import rows_of
from privacy.models import Erasure, PrivacyRequest
from privacy.plan import plan_erasure
from tests.conftest import log_in
from tests.factories import ChannelFactory, PersonFactory
from tests.permissions.contacts import EMPTY_LINES
from tests.privacy.world import known_person

pytestmark = pytest.mark.django_db

MARK = "Qanarivogel"


@pytest.fixture
def admin(client, people):
    return log_in(client, people, "admin")


def test_erasing_takes_a_preview_and_a_tick(client, admin):
    person = known_person(MARK)
    url = reverse("privacy:person_erase", args=[person.pk])
    preview = client.get(url).content.decode()
    assert "lässt sich nicht rückgängig machen" in preview
    seen = rows_of(plan_erasure(person))

    assert client.post(url, {"seen": seen}).status_code == 422
    assert not Erasure.objects.exists()
    assert client.post(url, {"seen": seen, "confirmed": "on"}).status_code == 302

    assert Erasure.objects.get().by == admin
    page = client.get(person.get_absolute_url()).content.decode()
    assert MARK not in page


def test_a_request_is_due_within_a_month_and_comes_once(client, people):
    user, person = log_in(client, people, "owner"), PersonFactory()
    url = reverse("privacy:request_note", args=[person.pk])
    said = {"kind": "access", "received_on": timezone.localdate().isoformat()}

    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 422

    asked = PrivacyRequest.objects.get()
    assert asked.noted_by == user
    assert 28 <= (asked.due_on - asked.received_on).days <= 31


def test_the_history_says_who_changed_what(client, people):
    user, person = log_in(client, people, "manager"), PersonFactory(note="alt", language="de")
    ChannelFactory(company=None, person=person, value="+49301112223").delete()
    form = {"last_name": person.last_name, "note": "neu", "language": "en", "version": person.version}
    client.post(reverse("contacts:person_edit", args=[person.pk]), {**form, **EMPTY_LINES})

    page = client.get(reverse("privacy:person_history", args=[person.pk])).content.decode()

    assert "alt → neu" in page
    assert "Deutsch → English" in page
    assert str(user) in page
    assert "+49301112223" in page


def test_the_page_asks_no_more_for_twenty_than_for_two(client, admin, count_queries):
    counts = []
    for more in (2, 18):
        for _ in range(more):
            note_request(PersonFactory(), "access", actor=admin)
        with count_queries() as counted:
            client.get(reverse("privacy:overview"))
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_the_history_asks_no_more_for_twenty_changes_than_for_two(client, admin, count_queries):
    person, counts = PersonFactory(), []
    for more in (2, 18):
        for number in range(more):
            person.note = f"{more} {number}"
            person.save()
        with count_queries() as counted:
            client.get(reverse("privacy:person_history", args=[person.pk]))
        counts.append(len(counted))

    assert counts[0] == counts[1]
