"""The stand of each field is seen on the page, and confirmed with one click."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.stand import WHOLE, Origin, record_stand, stands_of
from tests.factories import ChannelFactory, CompanyFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
LAST_YEAR = timezone.now() - timedelta(days=400)


@pytest.fixture
def user(client):
    user = UserFactory(first_name="Lena", last_name="Sommer")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def confirm(client, row, field):
    url = reverse("contacts:stand_confirm", args=[row._meta.model_name, row.pk])
    return client.post(url, {"field": field}, headers={"HX-Request": "true"})


def test_the_page_says_when_and_from_where(client, user):
    company = CompanyFactory(industry="Holz")
    record_stand(company, ["industry"], origin=Origin.IMPORT, by=user, source="firmen.csv")

    answer = client.get(company.get_absolute_url()).content.decode()

    assert "von Lena Sommer. Herkunft: Import (firmen.csv)" in answer
    assert "Seit der Erfassung am" in answer


def test_one_click_confirms_and_keeps_where_it_came_from(client, user):
    company = CompanyFactory(industry="Holz")
    record_stand(company, ["industry"], origin=Origin.IMPORT, by=None, source="firmen.csv", at=LAST_YEAR)

    answer = confirm(client, company, "industry").content.decode()

    stand = stands_of(company)["industry"]
    assert stand.confirmed_at.date() == timezone.now().date()
    assert (stand.by, stand.origin, stand.source) == (user, Origin.IMPORT, "firmen.csv")
    assert "Lena Sommer" in answer


def test_a_number_is_confirmed_as_a_whole(client, user):
    number = ChannelFactory()

    confirm(client, number, WHOLE)

    assert stands_of(number)[WHOLE].by == user


@pytest.mark.parametrize("field", ["", "vat_id", "password", "x" * 500, "extra:nichts"])
def test_what_says_nothing_cannot_be_confirmed(client, user, field):
    assert confirm(client, CompanyFactory(), field).status_code == 400


def test_an_unknown_kind_of_row_is_not_there(client, user):
    url = reverse("contacts:stand_confirm", args=["user", user.pk])

    assert client.post(url, {"field": "email"}).status_code == 404


def test_many_numbers_ask_the_database_no_more_often(client, user, count_queries):
    person = PersonFactory()
    ChannelFactory.create_batch(2, person=person, company=None)
    with count_queries() as few:
        client.get(person.get_absolute_url())
    ChannelFactory.create_batch(18, person=person, company=None)

    with count_queries() as many:
        client.get(person.get_absolute_url())

    assert len(many) == len(few)
