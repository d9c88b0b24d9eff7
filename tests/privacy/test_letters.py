"""Offers that were sent are business letters: erasing the customer locks them away and lists them."""

import pytest

from contacts.models import Person
from offers.models import Acceptance, Offer, OfferVersion
from pipeline.models import Stage
from privacy.actions import erase_person
from privacy.models import KeptRecord
from tests.factories import CompanyFactory, DealFactory, EmploymentFactory, PersonFactory, UserFactory
from tests.offers.offered import draft, sent

pytestmark = pytest.mark.django_db

NAME = "Quirina Qanarivogel"


@pytest.fixture
def admin():
    return UserFactory(role="admin")


@pytest.fixture
def person() -> Person:
    return PersonFactory(first_name="Quirina", last_name="Qanarivogel")


def accepted(version: OfferVersion) -> Acceptance:
    return Acceptance.objects.create(version=version, name=NAME, email="q@kunde.example", sha256="0" * 64)


def test_the_offers_of_a_private_person_are_kept_listed_and_seen_by_admins_only(client, admin, person):
    deal = DealFactory(company=None, person=person, stage=Stage.ANGEBOT)
    version = sent(deal, title=f"Wintergarten für {NAME}")
    acceptance = accepted(version)

    erase_person(person, actor=admin)

    version.refresh_from_db()
    assert NAME in version.title
    assert Acceptance.objects.get() == acceptance
    record = KeptRecord.objects.get(person=person)
    assert (record.law, record.data["name"]) == (KeptRecord.Law.LETTER, NAME)
    assert record.kept_until.year == version.offer.created_at.year + 6
    client.force_login(deal.owner)
    for url in (version.get_absolute_url(), version.offer.get_absolute_url()):
        assert client.get(url).status_code == 404
    assert NAME not in client.get("/offers/").content.decode()
    assert not Offer.objects.visible_to(deal.owner).exists()
    assert Offer.objects.visible_to(admin).count() == 1
    assert NAME not in client.get(f"/pipeline/deals/{deal.pk}/").content.decode()


def test_what_a_company_was_sent_stays_a_letter_that_names_the_person_and_is_listed(admin, person):
    company = CompanyFactory()
    EmploymentFactory(person=person, company=company)
    version = sent(DealFactory(company=company, stage=Stage.ANGEBOT), title=f"Für {NAME}")
    accepted(version)

    erase_person(person, actor=admin)

    version.refresh_from_db()
    assert NAME in version.title
    assert Acceptance.objects.get().name == NAME
    record = KeptRecord.objects.get(person=person)
    assert record.law == KeptRecord.Law.LETTER
    assert version.offer.number in record.title


def test_a_draft_is_no_letter_and_loses_the_name(admin, person):
    theirs = draft(DealFactory(company=None, person=person, stage=Stage.ANGEBOT), title=f"Für {NAME}")
    of_company = draft(DealFactory(stage=Stage.ANGEBOT), title=f"Für {NAME}")

    erase_person(person, actor=admin)

    for version in (theirs, of_company):
        version.refresh_from_db()
        assert NAME not in version.title
    assert not KeptRecord.objects.exists()
