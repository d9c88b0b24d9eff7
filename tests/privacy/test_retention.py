"""The night proposes who was kept long enough; a human decides."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from contacts.models import Person
from privacy.actions import confirm_proposal, delete_kept_records, postpone_proposal, propose
from privacy.errors import ProposalDecided
from privacy.models import KeptRecord, RetentionClass, RetentionProposal
from privacy.retention import longest_ago
from tests.factories import ActivityFactory, DealFactory, EmploymentFactory, PersonFactory, UserFactory, won

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return UserFactory(role="admin")


def forgotten(days: int = 1000) -> Person:
    """A person entered so many days ago, with whom nobody has spoken since."""
    person = PersonFactory()
    Person.objects.filter(pk=person.pk).update(created_at=timezone.now() - timedelta(days=days))
    return person


def proposed() -> set[int]:
    return set(RetentionProposal.objects.values_list("person", flat=True))


def test_who_was_neither_spoken_with_nor_bought_for_two_years_is_proposed():
    person, fresh, spoken_with = forgotten(), PersonFactory(), forgotten()
    ActivityFactory(company=None, person=spoken_with)

    propose()

    assert proposed() == {person.pk}
    assert fresh.pk not in proposed()


def test_who_has_an_open_deal_or_works_for_someone_who_has_is_not():
    person, employed = forgotten(), forgotten()
    DealFactory(company=None, person=person)
    DealFactory(company=EmploymentFactory(person=employed).company)

    propose()

    assert proposed() == set()


def test_customers_are_kept_eight_years_from_the_end_of_the_year():
    person = forgotten()
    deal = won(DealFactory(company=None, person=person, stage=5))
    propose()
    assert proposed() == set()

    propose(today=date(deal.closed_at.year + 8, 12, 31))
    assert proposed() == set()
    propose(today=date(deal.closed_at.year + 9, 1, 1))

    assert proposed() == {person.pk}


def test_the_period_counts_from_the_end_of_the_year_where_the_law_says_so():
    retention = RetentionClass.objects.get(kind="customer")

    assert longest_ago(retention, date(2026, 11, 25)) == date(2018, 1, 1)


def test_proposing_every_night_makes_one_proposal():
    forgotten()

    propose()

    assert propose() == 0


def test_what_was_postponed_comes_back_after_its_day(admin):
    forgotten()
    propose()
    until = timezone.localdate() + timedelta(days=365)
    postpone_proposal(RetentionProposal.objects.get(), until, actor=admin, reason="Messe im Herbst")

    assert propose() == 0
    assert propose(today=until + timedelta(days=1)) == 1


def test_nothing_is_erased_before_a_human_confirms(admin):
    person = forgotten()
    propose()
    assert Person.objects.get(pk=person.pk).erased_at is None

    confirm_proposal(RetentionProposal.objects.get(), actor=admin)

    assert Person.objects.get(pk=person.pk).erased_at


def test_the_second_decision_is_told(admin):
    forgotten()
    propose()
    proposal = RetentionProposal.objects.get()
    confirm_proposal(proposal, actor=admin)

    with pytest.raises(ProposalDecided), transaction.atomic():
        postpone_proposal(proposal, timezone.localdate(), actor=admin)


def test_a_period_that_is_switched_off_proposes_nobody():
    RetentionClass.objects.update(is_active=False)
    forgotten()

    assert propose() == 0


def test_records_are_deleted_when_the_law_no_longer_wants_them(admin):
    kept = {"person": PersonFactory(), "law": "voucher", "title": "Auftrag 1"}
    KeptRecord.objects.create(kept_until=timezone.localdate() - timedelta(days=1), **kept)
    KeptRecord.objects.create(kept_until=timezone.localdate(), **kept)

    assert delete_kept_records(actor=admin) == 1
    assert KeptRecord.objects.count() == 1
