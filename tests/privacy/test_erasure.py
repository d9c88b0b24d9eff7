"""Erasing a person: the whole database is searched for what is left."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from activities.models import Activity
from contacts.actions import Consent, note_use, record_consent
from contacts.errors import CannotUndoMerge
from contacts.lawful import State, may_reach
from contacts.merging import merge, undo_merge
from contacts.models import Company, Suppression
from contacts.suppression import is_suppressed
from core.models import Event
from partners.actions import link_deal
from partners.models import PartnerRole
from pipeline.models import Deal, StageChange
from privacy.actions import erase_person
from privacy.actions.erasure import rows_of
from privacy.errors import AlreadyErased, PlanChanged
from privacy.models import Erasure, KeptRecord
from privacy.plan import plan_erasure
from privacy.rules import CENSORED
from tests.factories import (
    ActivityFactory,
    ChannelFactory,
    CompanyFactory,
    DealFactory,
    PartnerFactory,
    PersonFactory,
    UserFactory,
    won,
)
from tests.privacy.world import columns_of_persons, known_person, places_of

pytestmark = pytest.mark.django_db

MARK, OTHER, NUMBER = "Qanarivogel", "Zweitperson", "+493012345678"


@pytest.fixture
def person():
    return known_person(MARK)


@pytest.fixture
def admin():
    return UserFactory(role="admin")


def test_the_mark_is_in_the_columns_that_point_at_persons_before(person):
    """Negative control: the search finds what is there, in the present and in the audit."""
    places = places_of(MARK)

    assert {"contacts_person.note", "contacts_personevent.note", "contacts_channelevent.value"} <= places
    assert "activities_activity.text" in places
    assert places - columns_of_persons() <= {
        "mailbox_takenmail.from_address",
        "mailbox_takenmail.from_name",
        "mailbox_takenmail.others",
        "mailbox_takenmail.subject",
        "mailbox_takenmail.text",
        "mailbox_sentmail.to_address",
        "mailbox_sentmail.text",
        "mailbox_ignoredsender.address",
        "contacts_person.sort_key",
        "contacts_person.match_key",
        "pipeline_deal.title_key",
    }


def test_nothing_of_the_person_is_left_in_the_whole_database(person, admin):
    erase_person(person, actor=admin)

    assert places_of(MARK) == set()
    assert places_of("12345678") == set()


def test_the_counts_of_the_funnel_stay(person, admin):
    counted = (Deal.objects.count(), StageChange.objects.count(), Activity.objects.count())

    erase_person(person, actor=admin)

    assert (Deal.objects.count(), StageChange.objects.count(), Activity.objects.count()) == counted
    assert Deal.objects.get(person=person).title == CENSORED


def test_nothing_of_anyone_else_is_touched(person, admin):
    employer = Company.objects.get(employments__person=person)
    known_person(OTHER, number="+494012345678", company=employer)
    before = places_of(OTHER)

    erase_person(person, actor=admin)

    assert places_of(OTHER) == before


def test_a_text_that_belongs_to_the_deal_of_a_company_loses_the_name_and_the_number_only(person, admin):
    employer = Company.objects.get(employments__person=person)
    employer.note = f"Ansprechpartner: Vor{MARK} Nach{MARK}, 030 12345678. Zahlt pünktlich."
    employer.save()
    deal = Deal.objects.get(company=employer)
    entry = ActivityFactory(
        deal=deal, company=employer, person=person, text=f"Frau Nach{MARK} will 3 Kompressoren."
    )

    erase_person(person, actor=admin)

    employer.refresh_from_db()
    entry.refresh_from_db()
    assert entry.text == f"Frau {CENSORED} will 3 Kompressoren."
    assert employer.note.endswith("Zahlt pünktlich.")
    assert places_of(MARK) == set()


def test_the_preview_counts_what_happens_and_changes_nothing(person, admin):
    plan = plan_erasure(person)

    assert places_of(MARK)
    assert not Erasure.objects.exists()
    assert erase_person(person, actor=admin, seen=rows_of(plan)).counts == plan.counts()


def test_whoever_read_an_old_preview_is_told(person, admin):
    seen = rows_of(plan_erasure(person))
    ActivityFactory(company=None, person=person)

    with pytest.raises(PlanChanged), transaction.atomic():
        erase_person(person, actor=admin, seen=seen)

    assert places_of(MARK)


def test_it_happens_once(person, admin):
    erase_person(person, actor=admin)

    with pytest.raises(AlreadyErased):
        erase_person(person, actor=admin)


def test_numbers_are_blocked_for_whoever_brings_them_back(person, admin):
    erase_person(person, actor=admin)

    assert is_suppressed("phone", NUMBER)
    again = ChannelFactory(company=None, person=PersonFactory(), value=NUMBER).person
    assert may_reach(again, "phone").state == State.BLOCKED


def test_the_number_of_the_company_stays_free(person, admin):
    shared = ChannelFactory(company=CompanyFactory(), value="+49307654321")
    ChannelFactory(company=None, person=person, value=shared.value)

    erase_person(person, actor=admin)

    assert not is_suppressed("phone", shared.value)


def test_the_proof_of_a_consent_to_calls_is_locked_away_until_five_years_after_its_last_use(person, admin):
    given = timezone.now() - timedelta(days=5 * 365)
    record_consent(
        person, Consent("phone", wording=f"Ja {MARK}", way="paper", source="Messe", at=given), actor=admin
    )
    note_use(person, "phone", actor=admin)

    erase_person(person, actor=admin)

    record = KeptRecord.objects.get()
    assert record.kept_until.year == timezone.localdate().year + 5
    assert record.data["wording"] == f"Ja {MARK}"
    assert places_of(MARK) == {"privacy_keptrecord.data"}


def test_an_erased_person_is_in_no_list_and_is_reached_by_nothing(person, admin):
    erase_person(person, actor=admin)
    person.refresh_from_db()

    assert person.archived_at
    assert person.birthday is None
    assert str(person) == CENSORED
    assert not may_reach(person, "letter", purpose="contract").allowed


def test_the_event_names_no_one_and_hashes_only(person, admin):
    erase_person(person, actor=admin)

    event = Event.objects.get(kind="person.erased")
    assert {row.origin for row in Suppression.objects.all()} == {"erasure"}
    assert set(event.payload) == {"blocked"}


def test_a_won_deal_of_a_private_person_stays_won(admin):
    deal = won(DealFactory(company=None, person=known_person(MARK), stage=5))

    erase_person(deal.person, actor=admin)

    deal.refresh_from_db()
    assert deal.outcome == "won"
    assert deal.currency == "EUR"


def test_who_was_merged_is_erased_whole(person, admin):
    twin = PersonFactory(first_name="Zweite", last_name=MARK)
    ChannelFactory(company=None, person=twin, value=NUMBER)
    record = merge(person, twin, {"note": "kept"}, seen_versions=(person.version, twin.version), actor=admin)
    person.refresh_from_db()

    erase_person(person, actor=admin)

    assert places_of(MARK) == set()
    with pytest.raises(CannotUndoMerge):
        undo_merge(record, actor=admin)


def test_a_person_who_is_a_partner_is_erased_and_what_came_through_them_still_counts(person, admin):
    partner = PartnerFactory(customer=person)
    link = link_deal(DealFactory(), partner, PartnerRole.REFERRED, actor=admin)

    erase_person(person, actor=admin)

    link.refresh_from_db()
    assert link.partner_id == partner.pk
    assert places_of(MARK) == set()
