"""Leads arrive, move from state to state and from hand to hand; nothing of it is ever lost."""

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import override_settings

from core.models import Event
from leads.actions import TouchFacts, add_touch, assign_lead, change_state, reopen_lead, undo_state
from leads.errors import LeadChangedMeanwhile, LeadClosed, OwnerGone, ReasonMissing
from leads.models import DisqualifyReason, Lead, LeadState, Touch, TouchChannel
from tests.factories import CompanyFactory, LeadFactory, PersonFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_lead_arrives_with_its_first_touch_and_both_histories():
    lead = LeadFactory(touch=TouchFacts(channel=TouchChannel.FAIR, content="Halle 3"))

    assert lead.touches.get().content == "Halle 3"
    assert lead.state_changes.get().to_state == LeadState.NEW
    assert lead.assignments.get().to_owner is None
    assert lead.team.is_unassigned
    assert Event.objects.filter(kind="lead.received", subject_id=lead.pk).count() == 1


def test_what_is_sent_twice_stays_one_lead_with_one_touch():
    first = LeadFactory(external_id="shop:17")

    again = LeadFactory(external_id="shop:17")

    assert again == first
    assert (Lead.objects.count(), Touch.objects.count()) == (1, 1)


def test_nobody_is_no_lead():
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadFactory(last_name="", email="")


def test_the_first_step_answers_and_a_reason_is_asked_for():
    lead = LeadFactory()

    with pytest.raises(ReasonMissing):
        change_state(lead, LeadState.DISQUALIFIED, seen_in=LeadState.NEW, actor=None)
    lead = change_state(lead, LeadState.WORKING, seen_in=LeadState.NEW, actor=None)

    assert lead.answered_at is not None
    assert [row.to_state for row in lead.state_changes.all()] == ["new", "working"]


def test_the_second_who_changes_a_state_is_told():
    lead = LeadFactory()
    change_state(lead, LeadState.WORKING, seen_in=LeadState.NEW, actor=None)

    with pytest.raises(LeadChangedMeanwhile):
        change_state(lead, LeadState.QUALIFIED, seen_in=LeadState.NEW, actor=None)


def test_a_disqualified_lead_keeps_its_reason_until_it_is_taken_up_again():
    reason = DisqualifyReason.objects.get(code="no_need")
    lead = LeadFactory()
    lead = change_state(
        lead, LeadState.DISQUALIFIED, seen_in=LeadState.NEW, actor=None, reason=reason, note="2028"
    )

    with pytest.raises(LeadClosed):
        change_state(lead, LeadState.WORKING, seen_in=LeadState.DISQUALIFIED, actor=None)
    lead = reopen_lead(lead, actor=None)

    assert (lead.state, lead.disqualify_reason, lead.disqualify_note) == (LeadState.WORKING, None, "")
    assert lead.state_changes.get(to_state="disqualified").note == "2028"


def test_a_step_undone_never_happened_for_the_figures():
    lead = LeadFactory()
    lead = change_state(lead, LeadState.QUALIFIED, seen_in=LeadState.NEW, actor=None)

    lead = undo_state(lead, lead.state_changes.last(), actor=None)

    assert lead.state == LeadState.NEW
    assert [row.to_state for row in lead.state_changes.effective()] == ["new"]
    assert lead.state_changes.count() == 3


def test_of_two_who_take_a_lead_one_gets_it():
    lead, first, second = LeadFactory(), UserFactory(), UserFactory()
    assign_lead(lead, first, why="", actor=first, seen_owner=None, check_owner=True)

    with pytest.raises(LeadChangedMeanwhile):
        assign_lead(lead, second, why="", actor=second, seen_owner=None, check_owner=True)

    assert lead.assignments.last().to_owner == first


def test_nobody_who_left_gets_a_lead():
    with pytest.raises(OwnerGone):
        assign_lead(LeadFactory(), UserFactory(is_active=False), why="", actor=None)


def test_a_touch_of_a_lead_hangs_on_its_person_too():
    person = PersonFactory()
    lead = LeadFactory(person=person)

    touch = add_touch(TouchFacts(channel=TouchChannel.PHONE), actor=None, lead=lead)

    assert touch.person == person
    assert list(Touch.objects.of_lead(lead)) == [lead.touches.first(), touch]


@pytest.mark.parametrize("change", [{"content": "anders"}, {"medium": "cpc"}, {"details": {"a": 1}}])
def test_what_a_touch_said_is_not_rewritten(change):
    touch = LeadFactory(touch=TouchFacts(channel=TouchChannel.EMAIL, content="so")).touches.get()

    with pytest.raises(InternalError), transaction.atomic():
        Touch.objects.filter(pk=touch.pk).update(**change)


def test_a_touch_is_blanked_and_linked_but_never_deleted():
    touch = LeadFactory(touch=TouchFacts(channel=TouchChannel.EMAIL, content="so")).touches.get()
    company = CompanyFactory()

    Touch.objects.filter(pk=touch.pk).update(content="", company=company)
    with pytest.raises(InternalError), transaction.atomic():
        Touch.objects.filter(pk=touch.pk).delete()

    assert Touch.objects.get().company == company


@pytest.mark.parametrize("visibility", ["own", "team", "all"])
def test_who_sees_a_lead(visibility, people):
    mine = LeadFactory(owner=people.owner)
    waiting = LeadFactory(team=people.owner.team)
    stray = LeadFactory()
    others = LeadFactory(team=TeamFactory())

    with override_settings(DEAL_VISIBILITY=visibility):
        seen = {
            who: set(Lead.objects.visible_to(getattr(people, who)))
            for who in ("owner", "colleague", "manager")
        }

    everything = {mine, waiting, stray, others}
    if visibility == "all":
        assert all(leads == everything for leads in seen.values())
        return
    assert seen["owner"] == {mine, waiting}
    assert seen["colleague"] == ({mine, waiting} if visibility == "team" else {waiting})
    assert seen["manager"] == {mine, waiting, stray}


def test_an_undone_import_leaves_no_lead_to_see(people):
    lead = LeadFactory()
    Lead.objects.filter(pk=lead.pk).update(voided_at=lead.received_at)

    assert not Lead.objects.visible_to(people.admin).exists()
