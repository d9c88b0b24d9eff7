"""A person whose data are restricted: a name and a notice, nothing else, for everyone."""

import pytest
from django.urls import reverse

from contacts.models import Person
from privacy.actions import lift_restriction, restrict_person
from privacy.errors import NothingRestricted, RestrictionStands
from tests.conftest import log_in
from tests.privacy.world import known_person

pytestmark = pytest.mark.django_db

MARK = "Qanarivogel"


@pytest.fixture
def person(people):
    return restrict_person(known_person(MARK), "bestreitet die Richtigkeit", actor=people.admin)


def test_the_page_shows_the_name_and_the_notice_only(client, people, person):
    log_in(client, people, "owner")

    page = client.get(person.get_absolute_url()).content.decode()

    assert person.full_name in page
    assert "eingeschränkt" in page
    for said in ("Notiz", "12345678", f"Straße {MARK}", "bestreitet"):
        assert said not in page


@pytest.mark.parametrize(
    "name",
    [
        "contacts:person_edit",
        "contacts:person_law",
        "activities:person_panel",
        "pipeline:person_deals",
        "privacy:request_note",
    ],
)
def test_nothing_else_of_the_person_is_there(client, people, person, name):
    log_in(client, people, "owner")

    assert client.get(reverse(name, args=[person.pk]), headers={"HX-Request": "true"}).status_code == 404


@pytest.mark.parametrize("url", ["contacts:person_list", "contacts:person_options", "search:results"])
def test_lists_choices_and_search_leave_the_person_out(client, people, person, url):
    log_in(client, people, "owner")

    assert person.list_name not in client.get(reverse(url), {"q": f"Nach{MARK}"}).content.decode()


def test_the_company_shows_the_name_without_the_number(client, people, person):
    log_in(client, people, "owner")
    company = person.employments.get().company

    page = client.get(company.get_absolute_url()).content.decode()

    assert "12345678" not in page


def test_admins_lift_it_and_everything_is_there_again(client, people, person):
    log_in(client, people, "admin")
    assert client.get(reverse("privacy:person_panel", args=[person.pk])).status_code == 200

    client.post(reverse("privacy:person_unrestrict", args=[person.pk]))

    assert Person.objects.visible_to(people.owner).filter(pk=person.pk).exists()


def test_restricting_and_lifting_twice_is_refused(people, person):
    with pytest.raises(RestrictionStands):
        restrict_person(person, "noch einmal", actor=people.admin)
    lift_restriction(person, actor=people.admin)
    with pytest.raises(NothingRestricted):
        lift_restriction(person, actor=people.admin)
