"""Call lists: whom they hold, working through them, who has what in hand."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import About, CallFacts, log_call
from activities.models import Activity, FollowUp
from calling.actions import (
    Callee,
    call_entry,
    end_list,
    keep_entry,
    leave_entry,
    leave_out,
    make_list,
    put_last,
    take_next,
)
from calling.errors import EntryTaken, ListEnded, NobodyToCall
from calling.models import CallEntry
from calling.sources import due_callees, inbox_callees, view_callees
from contacts.actions import note_presumed_consent
from contacts.phones import clocks
from leads.models import Lead
from leads.placing import place_lead
from lists.models import SavedView, ViewPage
from tests.conftest import log_in
from tests.factories import ChannelFactory, CompanyFactory, DealFactory, FollowUpFactory, LeadFactory, lost

pytestmark = pytest.mark.django_db
NOT_REACHED = CallFacts(Activity.Result.NOT_REACHED)


def listed(owner, *companies):
    return make_list("Messe", [Callee(company=company) for company in companies], actor=owner)


def test_two_who_work_through_a_list_never_get_the_same(people):
    first, second = CompanyFactory.create_batch(2)
    made = listed(people.owner, first, second)

    mine, theirs = take_next(made, actor=people.owner), take_next(made, actor=people.colleague)

    assert (mine.company, theirs.company) == (first, second)
    assert take_next(made, actor=people.owner) == mine
    assert take_next(made, actor=people.manager) is None


def test_the_same_customer_in_two_lists_is_in_one_hand(people):
    company = CompanyFactory()
    one, two = listed(people.owner, company), listed(people.colleague, company)
    take_next(one, actor=people.owner)

    assert take_next(two, actor=people.colleague) is None


def test_an_entry_is_free_again_after_leaving_and_after_its_time(people):
    made = listed(people.owner, CompanyFactory())
    entry = take_next(made, actor=people.owner)

    leave_entry(entry, actor=people.owner, at_once=True)
    assert take_next(made, actor=people.colleague) == entry
    CallEntry.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert take_next(made, actor=people.owner) == entry
    assert not keep_entry(entry, actor=people.colleague)


def test_a_page_that_was_only_loaded_anew_keeps_its_entry(people):
    made = listed(people.owner, CompanyFactory())
    entry = take_next(made, actor=people.owner)

    leave_entry(entry, actor=people.owner, at_once=False)

    entry.refresh_from_db()
    assert entry.claimed_until < timezone.now() + timedelta(minutes=1)
    assert keep_entry(entry, actor=people.owner)


def test_taking_one_in_another_list_lets_the_first_go(people):
    one, two = listed(people.owner, CompanyFactory()), listed(people.owner, CompanyFactory())
    entry = take_next(one, actor=people.owner)

    take_next(two, actor=people.owner)

    assert take_next(one, actor=people.colleague) == entry


def test_a_call_is_logged_as_anywhere_and_finishes_the_planned_one(people):
    planned = FollowUpFactory(owner=people.owner)
    made = make_list("Heute", due_callees(people.owner), actor=people.owner)
    entry, key = take_next(made, actor=people.owner), uuid4()

    for _click in range(2):
        about = About(company=planned.company)
        call_entry(entry, about, NOT_REACHED, form_key=key, actor=people.owner)

    planned.refresh_from_db()
    entry.refresh_from_db()
    call = Activity.objects.get()
    assert (call.company, call.author, planned.is_open) == (planned.company, people.owner, False)
    assert (entry.outcome, entry.call, entry.claimed_by) == ("called", call, None)


def test_what_a_colleague_has_in_hand_is_not_settled(people):
    made = listed(people.owner, CompanyFactory())
    entry = take_next(made, actor=people.owner)

    with pytest.raises(EntryTaken):
        call_entry(entry, About(company=entry.company), NOT_REACHED, actor=people.colleague)

    assert not Activity.objects.exists()


def test_later_comes_at_the_end_and_left_out_never(people):
    first, second = CompanyFactory.create_batch(2)
    made = listed(people.owner, first, second)

    put_last(take_next(made, actor=people.owner), actor=people.owner)
    entry = take_next(made, actor=people.owner)
    leave_out(entry, actor=people.owner)

    assert entry.company == second
    assert take_next(made, actor=people.owner).company == first


def test_whom_somebody_called_meanwhile_and_what_is_over_is_passed_over(people):
    called, company = CompanyFactory.create_batch(2)
    deal = DealFactory(owner=people.owner)
    callees = [Callee(company=called), Callee(deal=deal), Callee(company=company)]
    made = make_list("Messe", callees, actor=people.owner)
    log_call(About(company=called), NOT_REACHED, actor=people.colleague)
    lost(deal)

    assert take_next(made, actor=people.owner).company == company
    assert made.entries.filter(outcome="overtaken").count() == 2


def test_nobody_gets_a_lead_that_is_not_theirs_to_work_on(people):
    lead = place_lead(LeadFactory(owner=people.owner, phone="+49301234567"))
    made = make_list("Leads", [Callee(lead=lead)], actor=people.owner)

    assert take_next(made, actor=people.colleague) is None
    assert take_next(made, actor=people.manager).lead == lead


def test_an_ended_list_gives_out_nothing(people):
    made = listed(people.owner, CompanyFactory())
    take_next(made, actor=people.owner)

    end_list(made, actor=people.owner)

    assert not CallEntry.objects.filter(claimed_by__isnull=False).exists()
    with pytest.raises(ListEnded):
        take_next(made, actor=people.owner)


def test_a_list_holds_each_once_and_somebody(people):
    company = CompanyFactory()

    assert listed(people.owner, company, company).entries.count() == 1
    with pytest.raises(NobodyToCall):
        listed(people.owner)


def test_the_inbox_is_called_by_urgency_without_what_is_planned_or_has_no_number(people):
    fresh, late, planned, _mute = (
        place_lead(LeadFactory(owner=people.owner, phone=phone))
        for phone in ("+49301", "+49302", "+49303", "")
    )
    Lead.objects.filter(pk=late.pk).update(answer_by=timezone.now() - timedelta(days=1))
    later = timezone.localdate() + timedelta(days=3)
    Lead.objects.filter(pk=planned.pk).update(
        next_step="Anruf", next_step_on=later, answered_at=timezone.now()
    )

    assert [callee.lead for callee in inbox_callees(people.owner)] == [late, fresh]


def test_calls_of_lost_deals_and_other_kinds_are_not_due(people):
    deal = DealFactory(owner=people.owner)
    FollowUpFactory(owner=people.owner, deal=deal, company=deal.company)
    FollowUpFactory(owner=people.owner, kind=FollowUp.Kind.MAIL)
    assert [callee.deal for callee in due_callees(people.owner)] == [deal]

    lost(deal)

    assert list(due_callees(people.owner)) == []


def test_a_saved_view_is_called(people):
    company = CompanyFactory(name="Eifel Bau")
    CompanyFactory(name="Harz Holz")
    view = SavedView.objects.create(
        owner=people.owner, page=ViewPage.COMPANIES, name="Eifel", query="q=Eifel"
    )

    assert [callee.company for callee in view_callees(view, people.owner)] == [company]


def test_the_clock_is_that_of_the_number():
    noon = datetime.fromisoformat("2028-07-03T12:00+02:00")

    (berlin,), (london,) = clocks("+493012345678", noon), clocks("+442079460000", noon)

    assert (berlin.at.hour, london.at.hour, london.place) == (12, 11, "London")
    assert clocks("+18005550100", noon) == []
    assert clocks("unsinn", noon) == []


def test_a_list_is_worked_through_in_the_browser(client, people):
    first, second = CompanyFactory.create_batch(2)
    ChannelFactory(company=first, kind="phone", value="+493012345678")
    note_presumed_consent(first, "Hat nach der Preisliste gefragt", actor=people.owner)
    log_in(client, people, "owner")
    answer = client.post(
        reverse("calling:rows_call", args=["companies"]),
        {"rows": f"{first.pk},{second.pk}", "name": "Messe", "form_key": uuid4()},
        follow=True,
    )
    (desk, _status), entry = answer.redirect_chain[-1], CallEntry.objects.get(company=first)
    assert b"tel:+493012345678" in answer.content

    wrong = client.post(reverse("calling:entry_call", args=[entry.pk]), {"form_key": uuid4()})
    sent = {"form_key": uuid4(), "result": "not_reached", "direction": "out"}
    answer = client.post(reverse("calling:entry_call", args=[entry.pk]), sent, follow=True)

    assert wrong.status_code == 422
    assert second.name in answer.content.decode()
    assert second.name in client.get(desk).content.decode()
    assert Activity.objects.get().company == first


def test_the_page_of_lists_costs_the_same_for_two_and_twenty(client, people, count_queries):
    log_in(client, people, "owner")
    counted = []
    for count in (2, 18):
        for _list in range(count):
            listed(people.owner, *CompanyFactory.create_batch(2))
        with count_queries() as queries:
            client.get(reverse("calling:call_lists"))
        counted.append(len(queries))

    assert counted[0] == counted[1]


@pytest.mark.parametrize("source", ["", "view-", "view-99999999999999999999", "view-0", "firmen", "\x00"])
def test_sources_that_are_none(client, people, source):
    log_in(client, people, "owner")

    answer = client.post(reverse("calling:list_start"), {"source": source, "form_key": uuid4()})

    assert answer.status_code in (400, 404)
