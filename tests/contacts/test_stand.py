"""The stand of each field: stated when entered, renewed when changed, never lost to an older file."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from contacts.actions import (
    AddressFacts,
    ChannelFacts,
    CompanyFacts,
    PersonFacts,
    Reach,
    add_company,
    add_person,
    edit_company,
)
from contacts.models import Channel, Company, FieldStand
from contacts.stand import WHOLE, Origin, Told, confirmed_at, record_stand, record_stands, stands_of
from tests.factories import ChannelFactory, CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return UserFactory()


def test_what_is_entered_is_confirmed_by_whoever_typed_it(actor):
    company = add_company(CompanyFacts("Möller GmbH", industry="Holz"), actor=actor)

    stands = stands_of(company)
    assert set(stands) == {"name", "legal_form", "kinds", "industry"}
    assert (stands["name"].origin, stands["name"].by) == (Origin.TYPED, actor)


def test_an_edit_confirms_what_it_changed_and_nothing_else(actor):
    company = add_company(CompanyFacts("Möller GmbH", industry="Holz"), actor=actor)
    before = stands_of(company)

    edit_company(company, CompanyFacts("Möller GmbH", industry="Metall"), seen_version=1, actor=actor)

    after = stands_of(company)
    assert after["industry"].confirmed_at > before["industry"].confirmed_at
    assert after["name"].confirmed_at == before["name"].confirmed_at


def test_numbers_and_addresses_have_a_stand_of_their_own(actor):
    reach = Reach([ChannelFacts("phone", "+4930123456")], [AddressFacts(city="Kiel")])
    person = add_person(PersonFacts("Weiß"), reach, actor=actor, told=Told(Origin.FORM, "Kontaktformular"))

    for row in (person.channels.get(), person.addresses.get()):
        assert stands_of(row)[WHOLE].origin == Origin.FORM
        assert stands_of(row)[WHOLE].source == "Kontaktformular"


def test_a_number_that_stays_as_it_is_keeps_its_stand(actor):
    company = CompanyFactory()
    number = ChannelFactory(company=company)
    same = Reach([ChannelFacts(number.kind, number.value, number.label, pk=number.pk)])

    edit_company(company, CompanyFacts(company.name), same, seen_version=1, actor=actor)

    assert not stands_of(number)


def test_a_number_that_goes_takes_its_stand_along(actor):
    number = ChannelFactory()
    record_stand(number, [WHOLE], origin=Origin.IMPORT, by=None)

    Channel.objects.get(pk=number.pk).delete()

    assert not FieldStand.objects.exists()


def test_an_older_file_confirms_nothing_that_was_confirmed_since(actor):
    company, last_year = CompanyFactory(), timezone.now() - timedelta(days=365)
    record_stand(company, ["name"], origin=Origin.TYPED, by=actor)

    record_stand(company, ["name", "note"], origin=Origin.IMPORT, by=actor, at=last_year, only_if_newer=True)

    stands = stands_of(company)
    assert stands["name"].origin == Origin.TYPED
    assert stands["note"].confirmed_at == last_year


def test_a_value_that_is_taken_over_brings_its_own_moment(actor):
    company, last_year = CompanyFactory(), timezone.now() - timedelta(days=365)
    record_stand(company, ["name"], origin=Origin.TYPED, by=actor)

    record_stand(company, ["name"], origin=Origin.MERGE, by=actor, at=last_year)

    assert stands_of(company)["name"].confirmed_at == last_year


def test_a_field_without_a_stand_is_as_old_as_its_row():
    company = CompanyFactory()

    assert confirmed_at(company, "name", stands_of(company)) == company.created_at


def test_many_rows_are_noted_in_one_statement(django_assert_num_queries):
    companies = CompanyFactory.create_batch(20)
    said = [(company.pk, name) for company in companies for name in ("name", "note", "name")]

    with django_assert_num_queries(1):
        record_stands(Company, said, origin=Origin.IMPORT, by=None, source="firmen.csv")

    assert FieldStand.objects.count() == 40


def test_a_stand_belongs_to_exactly_one_row():
    with pytest.raises(IntegrityError):
        FieldStand.objects.create(field="name", origin=Origin.TYPED, confirmed_at=timezone.now())
