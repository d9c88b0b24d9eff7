"""May we call, mail or write: the rules of § 7 UWG, told by what was noted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from contacts.actions import (
    Consent,
    note_existing_customer,
    note_presumed_consent,
    note_use,
    record_consent,
    record_objection,
    withdraw,
)
from contacts.errors import ObjectionStands, PermissionEnded, ReachRefused
from contacts.lawful import CONTRACT, State, judge, may_reach, refuse_unlawful
from contacts.models import LegalEntry, LegalUse
from tests.factories import ChannelFactory, CompanyFactory, EmploymentFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

NUMBER, ADDRESS = "+49301234567", "petra@kunde.example"


@pytest.fixture
def actor():
    return UserFactory()


@pytest.fixture
def consumer():
    """A private person with a number and an address."""
    person = PersonFactory()
    ChannelFactory(company=None, person=person, value=NUMBER)
    ChannelFactory(company=None, person=person, kind="email", value=ADDRESS)
    return person


@pytest.fixture
def buyer(consumer):
    """The same person, working for a company."""
    EmploymentFactory(person=consumer)
    return consumer


def consent(means="phone", **said):
    return Consent(
        **{
            "means": means,
            "wording": "Ja, rufen Sie mich zu Ihren Angeboten an.",
            "way": "paper",
            "source": "Besucherbogen, Messe Hannover",
            "at": timezone.now() - timedelta(days=9),
            **said,
        }
    )


def test_a_private_person_is_called_with_express_consent_only(consumer, actor):
    assert may_reach(consumer, "phone").state == State.NO

    record_consent(consumer, consent(), actor=actor)

    assert may_reach(consumer, "phone").allowed


def test_in_the_matter_itself_a_private_person_may_be_called(consumer):
    assert may_reach(consumer, "phone", purpose=CONTRACT).allowed


def test_the_reason_for_a_business_call_is_noted_before_the_first_one(buyer, actor):
    assert may_reach(buyer, "phone").state == State.NOTE

    note_presumed_consent(buyer, "Hat auf der Messe nach der Preisliste gefragt", actor=actor)

    verdict = may_reach(buyer, "phone")
    assert verdict.allowed
    assert "Preisliste" in str(verdict.reason)


def test_what_is_presumed_of_the_company_holds_for_calls_to_its_people_while_they_work_there(buyer, actor):
    employment = buyer.employments.get()
    note_presumed_consent(employment.company, "Laufende Geschäftsbeziehung", actor=actor)
    assert may_reach(buyer, "phone").allowed

    employment.until = timezone.localdate()
    employment.save()

    assert may_reach(buyer, "phone").state == State.NO


def test_the_consent_of_a_company_says_nothing_of_the_addresses_of_its_people(buyer, actor):
    record_consent(buyer.employments.get().company, consent("email"), actor=actor)

    assert not may_reach(buyer, "email").allowed


def test_mails_to_sell_need_consent_also_among_businesses(buyer, actor):
    note_presumed_consent(buyer, "Laufende Geschäftsbeziehung", actor=actor)
    assert may_reach(buyer, "email").state == State.NO

    record_consent(buyer, consent("email", value=ADDRESS), actor=actor)

    assert may_reach(buyer, "email").allowed
    assert not may_reach(buyer, "email", channel="other@kunde.example").allowed


def test_an_existing_customer_is_mailed_about_similar_goods(buyer, actor):
    note_existing_customer(buyer, "Kompressor; Wartung und Ersatzteile", at=timezone.now(), actor=actor)

    assert may_reach(buyer, "email").allowed
    assert may_reach(buyer, "phone").state == State.NOTE


@pytest.mark.parametrize(("means", "proof"), [("email", "double_opt_in"), ("phone", "code")])
def test_a_consent_from_a_web_form_counts_when_it_was_confirmed(consumer, actor, means, proof):
    record_consent(consumer, consent(means, way="web"), actor=actor)
    assert not may_reach(consumer, means).allowed

    record_consent(consumer, consent(means, way="web", proof=proof), actor=actor)

    assert may_reach(consumer, means).allowed


def test_a_confirmation_by_mail_proves_nothing_for_the_telephone(consumer, actor):
    with pytest.raises(IntegrityError, match="no_mail_for_phone"), transaction.atomic():
        record_consent(consumer, consent("phone", proof="double_opt_in"), actor=actor)


@pytest.mark.parametrize("lacking", [{"wording": ""}, {"source": ""}, {"way": ""}])
def test_no_consent_without_evidence(consumer, actor, lacking):
    with pytest.raises(IntegrityError, match="has_evidence"), transaction.atomic():
        record_consent(consumer, consent(**lacking), actor=actor)


def test_a_withdrawal_ends_the_consent_and_comes_once(consumer, actor):
    entry = record_consent(consumer, consent(), actor=actor)

    withdraw(entry, actor=actor)

    assert may_reach(consumer, "phone").state == State.NO
    with pytest.raises(PermissionEnded):
        withdraw(entry, actor=actor)


def test_an_objection_blocks_and_the_send_functions_refuse(buyer, actor):
    record_consent(buyer, consent("email"), actor=actor)

    record_objection(buyer, "email", actor=actor)

    assert may_reach(buyer, "email").state == State.BLOCKED
    with pytest.raises(ReachRefused, match=r"\d{4}"):
        refuse_unlawful(buyer, "email")
    assert refuse_unlawful(buyer, "email", purpose=CONTRACT).allowed


def test_who_wants_no_contact_at_all_gets_none(buyer, actor):
    record_objection(buyer, "email", is_total=True, actor=actor)

    assert not may_reach(buyer, "email", purpose=CONTRACT).allowed


def test_nothing_is_presumed_after_a_no(buyer, actor):
    record_objection(buyer, "phone", actor=actor)

    with pytest.raises(ObjectionStands):
        note_presumed_consent(buyer, "Laufende Geschäftsbeziehung", actor=actor)


def test_a_company_that_objects_is_not_called_through_its_people(buyer, actor):
    company = buyer.employments.get().company
    note_presumed_consent(buyer, "Hat nach der Preisliste gefragt", actor=actor)

    record_objection(company, "phone", actor=actor)

    assert may_reach(buyer, "phone").state == State.BLOCKED


def test_express_consent_after_an_objection_counts_again(consumer, actor):
    record_objection(consumer, "phone", actor=actor)

    record_consent(consumer, consent(at=timezone.now()), actor=actor)

    assert may_reach(consumer, "phone").allowed


def test_letters_are_allowed_until_somebody_objects(consumer, actor):
    assert may_reach(consumer, "letter").allowed

    record_objection(consumer, "letter", actor=actor)

    assert not may_reach(consumer, "letter").allowed


def test_restricted_and_erased_persons_are_not_reached_for_anything(buyer, actor):
    record_consent(buyer, consent(), actor=actor)
    for column in ("restricted_at", "erased_at"):
        setattr(buyer, column, timezone.now())
        assert not may_reach(buyer, "phone", purpose=CONTRACT).allowed
        setattr(buyer, column, None)


def test_each_use_of_a_permission_is_kept(consumer, actor):
    entry = record_consent(consumer, consent(), actor=actor)

    note_use(consumer, "phone", actor=actor)
    note_use(consumer, "email", actor=actor)

    assert [use.entry for use in LegalUse.objects.all()] == [entry]


def test_the_record_is_only_added_to(consumer, actor):
    entry = record_consent(consumer, consent(), actor=actor)

    with pytest.raises(InternalError), transaction.atomic():
        LegalEntry.objects.filter(pk=entry.pk).update(kind="objection")
    with pytest.raises(InternalError), transaction.atomic():
        LegalEntry.objects.filter(pk=entry.pk).delete()


def test_many_numbers_are_judged_in_as_many_queries_as_few(count_queries):
    def numbers(count):
        people = [EmploymentFactory().person for _ in range(count)]
        return [ChannelFactory(company=None, person=person) for person in people] + [
            ChannelFactory(company=CompanyFactory()) for _ in range(count)
        ]

    counts = []
    for listed in (numbers(2), numbers(20)):
        with count_queries() as counted:
            judge(listed)
        counts.append(len(counted))

    assert counts[0] == counts[1]
