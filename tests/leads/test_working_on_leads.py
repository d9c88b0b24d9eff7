"""What somebody does with a lead: called, planned, edited, closed, listed by urgency."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import About, CallFacts, NextStep, finish_follow_up, log_call, plan_follow_up
from activities.models import Activity
from activities.subjects import LEAD, get_subject
from activities.timeline import read_timeline
from leads.actions import LeadFacts, LeadLinks, edit_lead
from leads.answering import answer_by, worked_minutes
from leads.errors import LeadChangedMeanwhile
from leads.models import Lead, LeadSetting, LeadState, Touch
from leads.placing import place_lead
from leads.urgency import DUE, LATE, STALE, UNANSWERED, of_urgency
from tests.conftest import log_in
from tests.factories import CompanyFactory, LeadFactory, PersonFactory

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def test_an_inquiry_on_friday_evening_before_a_holiday_is_due_on_tuesday(settings):
    # Monday, 1 May 2028, is Labour Day; working hours are 8 to 17.
    asked = at("2028-04-28T16:00")

    assert answer_by(asked, 240) == at("2028-05-02T11:00")
    assert worked_minutes(asked, at("2028-05-02T11:00")) == 240


def test_a_call_of_ours_answers_the_inquiry_and_takes_the_lead_in_progress(people):
    lead = place_lead(LeadFactory(owner=people.owner))

    log_call(About(lead=lead), CallFacts(Activity.Result.NOT_REACHED), actor=people.owner)

    lead.refresh_from_db()
    assert (lead.state, lead.answered_at is not None) == (LeadState.WORKING, True)
    assert [row.to_state for row in lead.state_changes.order_by("seq")] == ["new", "working"]


def test_a_call_of_theirs_is_no_answer(people):
    lead = place_lead(LeadFactory(owner=people.owner))

    facts = CallFacts(Activity.Result.CALL_BACK, direction=Activity.Direction.INBOUND)
    log_call(About(lead=lead), facts, actor=people.owner)

    lead.refresh_from_db()
    assert (lead.state, lead.answered_at) == (LeadState.NEW, None)


def test_the_next_step_mirrors_the_earliest_open_follow_up(people):
    lead, today = LeadFactory(owner=people.owner), timezone.localdate()

    later = plan_follow_up(About(lead=lead), NextStep(today + timedelta(days=9)), actor=people.owner)
    first = plan_follow_up(About(lead=lead), NextStep(today, text="Rückruf"), actor=people.owner)
    lead.refresh_from_db()
    planned = (lead.next_step, lead.next_step_on)
    finish_follow_up(first, actor=people.owner)

    lead.refresh_from_db()
    assert planned == ("Rückruf", today)
    assert lead.next_step_on == later.due_on


def test_touches_and_what_was_done_stand_on_one_timeline(people):
    lead = LeadFactory(owner=people.owner)
    log_call(About(lead=lead), CallFacts(Activity.Result.NOT_REACHED), actor=people.owner)

    page = read_timeline(get_subject(people.owner, LEAD, lead.pk), people.owner)

    assert [type(entry.row) for entry in page.entries] == [Activity, Touch]


def test_urgency_tells_what_needs_somebody_now(people):
    days = timedelta(days=1)
    setting, now = LeadSetting(), timezone.now()
    fresh = place_lead(LeadFactory(owner=people.owner))
    late = place_lead(LeadFactory(owner=people.owner, at=now - 20 * days))
    due = LeadFactory(owner=people.owner)
    plan_follow_up(About(lead=due), NextStep(timezone.localdate()), actor=people.owner)
    Lead.objects.filter(pk=due.pk).update(answered_at=now)
    forgotten = LeadFactory(owner=people.owner, at=now - 20 * days)
    Lead.objects.filter(pk=forgotten.pk).update(answered_at=now - 20 * days)

    found = {
        which: set(of_urgency(Lead.objects.all(), which, setting)) for which in (UNANSWERED, LATE, DUE, STALE)
    }

    assert found == {UNANSWERED: {fresh, late}, LATE: {late}, DUE: {due}, STALE: {forgotten}}


def test_the_inbox_begins_with_what_is_longest_overdue(client, people):
    log_in(client, people, "owner")
    now = timezone.now()
    done = LeadFactory(owner=people.owner, last_name="Erledigt")
    Lead.objects.filter(pk=done.pk).update(state="converted")
    fresh = place_lead(LeadFactory(owner=people.owner, last_name="Frisch"))
    late = place_lead(LeadFactory(owner=people.owner, last_name="Spät", at=now - timedelta(days=9)))

    page = client.get(reverse("leads:lead_list")).context["page"]

    assert [row.pk for row in page.rows] == [late.pk, fresh.pk, done.pk]


def test_the_list_costs_the_same_for_two_and_twenty(client, people, count_queries):
    log_in(client, people, "manager")
    counted = []
    for wanted in (2, 20):
        while Lead.objects.count() < wanted:
            place_lead(LeadFactory(owner=people.owner))
        with count_queries() as queries:
            assert client.get(reverse("leads:lead_list")).status_code == 200
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_who_was_overtaken_while_editing_is_told(people):
    lead = LeadFactory(owner=people.owner)
    edit_lead(lead, LeadFacts(last_name="Neu"), LeadLinks(), seen_version=1, actor=people.owner)

    with pytest.raises(LeadChangedMeanwhile):
        edit_lead(lead, LeadFacts(last_name="Anders"), LeadLinks(), seen_version=1, actor=people.manager)


def test_touches_follow_a_lead_to_its_customer(people):
    lead, company, person = LeadFactory(owner=people.owner), CompanyFactory(), PersonFactory()

    links = LeadLinks(company=company, person=person)
    edit_lead(lead, LeadFacts(last_name="Lead"), links, seen_version=lead.version, actor=people.owner)

    touch = Touch.objects.get(lead=lead)
    assert (touch.company, touch.person) == (company, person)


def test_hostile_addresses_of_the_list_are_no_error(client, people):
    log_in(client, people, "owner")
    LeadFactory(owner=people.owner)

    for query in (
        "owner=x%00",
        "urgency=' OR 1=1",
        "sort=--",
        "state=9",
        "cursor=%FF",
        "postal=%25",
        "q=%00",
    ):
        assert client.get(f"{reverse('leads:lead_list')}?{query}").status_code == 200
