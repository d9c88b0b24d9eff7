"""A lead becomes a deal: its touches stay, a double click makes one, and for a day it can be undone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import (
    About,
    CallFacts,
    Meeting,
    NextStep,
    agree_appointment,
    follow_back,
    follow_to_deal,
    log_call,
    plan_follow_up,
)
from activities.models import Activity
from activities.subjects import COMPANY, DEAL, PERSON, get_subject
from activities.timeline import read_timeline
from contacts.models import Company, Person
from core.jobs import start
from leads.actions import assign_lead
from leads.errors import LeadClosed
from leads.models import DisqualifyReason, Lead, LeadState, Touch
from pipeline.actions import move_deal
from pipeline.conversion import Conversion, convert_lead, suggested_stage, undo_conversion
from pipeline.conversion_job import convert_many, read_report
from pipeline.errors import ConversionOver, CustomerMissing
from pipeline.models import Deal, LeadConversion, Stage
from tests.conftest import log_in
from tests.factories import ChannelFactory, CompanyFactory, DealFactory, LeadFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(people):
    return LeadFactory(
        owner=people.owner,
        first_name="Petra",
        last_name="Weiß",
        company_name="Sägewerk Buchholz GmbH",
        email="petra@buchholz.example",
        phone="030 1234567",
        interest="Hobelmaschine",
        postal_code="10115",
        city="Berlin",
    )


def wanted(lead: Lead, **said: object) -> Conversion:
    usual = {
        "title": "Hobelmaschine",
        "owner": lead.owner,
        "company": Company(name=lead.company_name),
        "person": Person(first_name=lead.first_name, last_name=lead.last_name),
    }
    return Conversion(**{**usual, **said})


def test_company_person_and_deal_are_entered_and_the_touch_stays_with_all_of_them(lead, people):
    made = convert_lead(lead, wanted(lead, is_decision_maker=True), actor=people.owner)

    lead.refresh_from_db()
    deal, touch = made.deal, Touch.objects.get()
    assert (lead.state, deal.lead, deal.stage) == (LeadState.CONVERTED, lead, Stage.AKQUISE)
    assert (touch.lead, touch.company, touch.person) == (lead, made.company, made.person)
    assert {channel.value for channel in made.person.channels.all()} == {
        "petra@buchholz.example",
        "+49301234567",
    }
    assert made.company.addresses.get().city == "Berlin"
    assert deal.criteria_met.filter(criterion__code="decision_maker_known").exists()
    for kind, row in ((DEAL, deal), (COMPANY, made.company), (PERSON, made.person)):
        page = read_timeline(get_subject(people.owner, kind, row.pk), people.owner)
        assert touch in [entry.row for entry in page.entries], kind


def test_a_double_click_makes_one_deal(lead, people):
    first = convert_lead(lead, wanted(lead), actor=people.owner)
    again = convert_lead(lead, wanted(lead), actor=people.manager)

    assert first == again
    assert (Deal.objects.count(), Company.objects.count(), Person.objects.count()) == (1, 1, 1)


def test_known_customers_are_linked_and_an_open_deal_is_joined(lead, people):
    company, person = CompanyFactory(), PersonFactory()
    deal = DealFactory(owner=people.owner, company=company)

    made = convert_lead(lead, wanted(lead, company=company, person=person, deal=deal), actor=people.owner)

    deal.refresh_from_db()
    assert (made.deal, deal.lead, made.made_deal) == (deal, lead, False)
    assert Company.objects.count() == 1


def test_without_customer_or_once_disqualified_nothing_becomes_of_it(lead, people):
    with pytest.raises(CustomerMissing):
        convert_lead(lead, wanted(lead, company=None, person=None), actor=people.owner)
    from leads.actions import change_state

    reason = DisqualifyReason.objects.get(code="no_need")
    change_state(lead, LeadState.DISQUALIFIED, seen_in=LeadState.NEW, reason=reason, actor=people.owner)
    with pytest.raises(LeadClosed):
        convert_lead(lead, wanted(lead), actor=people.owner)


def test_undone_the_lead_is_as_it_was_and_what_was_entered_is_gone(lead, people):
    call = log_call(About(lead=lead), CallFacts(Activity.Result.DECISION_MAKER), actor=people.owner)
    step = plan_follow_up(About(lead=lead), NextStep(timezone.localdate()), actor=people.owner)
    made = convert_lead(lead, wanted(lead), actor=people.owner)
    follow_to_deal(made, actor=people.owner)
    made.deal.refresh_from_db()
    on_the_deal = made.deal.next_step_on

    undo_conversion(made, actor=people.owner)
    made.refresh_from_db()
    follow_back(made, actor=people.owner)

    for row in (lead, made.company, made.person, call, step):
        row.refresh_from_db()
    assert (lead.state, lead.company, lead.person) == (LeadState.WORKING, None, None)
    assert (on_the_deal, lead.next_step_on) == (step.due_on, step.due_on)
    assert not Deal.objects.current().exists()
    assert made.company.archived_at
    assert made.person.archived_at
    assert (call.lead, call.deal, step.lead, step.deal) == (lead, None, lead, None)
    states = [row.to_state for row in lead.state_changes.effective().order_by("seq")]
    assert states == ["new", "working"]
    assert convert_lead(lead, wanted(lead), actor=people.owner) != made


def test_a_day_later_or_once_the_deal_moved_it_stays(lead, people):
    made = convert_lead(lead, wanted(lead), actor=people.owner)
    move_deal(made.deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    with pytest.raises(ConversionOver):
        undo_conversion(made, actor=people.owner)

    other = LeadFactory(owner=people.owner)
    later = convert_lead(other, wanted(other, person=PersonFactory(), company=None), actor=people.owner)
    later.at = timezone.now() - timedelta(days=2)
    from pipeline.conversion import is_undoable

    assert not is_undoable(later, later.deal)


def test_facts_say_how_far_it_is(lead, people):
    before = suggested_stage(lead)
    log_call(About(lead=lead), CallFacts(Activity.Result.DECISION_MAKER), actor=people.owner)
    reached = suggested_stage(lead)
    agree_appointment(About(lead=lead), Meeting(begins=timezone.now()), actor=people.owner)

    assert (before, reached, suggested_stage(lead)) == (Stage.AKQUISE, Stage.KONTAKT, Stage.ANGEBOT)


def test_an_appointment_agreed_with_the_lead_meets_the_criterion_of_the_deal(lead, people):
    agree_appointment(About(lead=lead), Meeting(begins=timezone.now()), actor=people.owner)
    made = convert_lead(lead, wanted(lead), actor=people.owner)

    follow_to_deal(made, actor=people.owner)

    assert made.deal.criteria_met.filter(criterion__code="appointment_agreed").exists()


def test_the_dialog_is_filled_in_and_asks_once_about_who_may_be_known(client, people, lead):
    log_in(client, people, "owner")
    company = CompanyFactory(name="Holzhandel Meier GmbH")
    ChannelFactory(company=company, value="+49301234567")
    url = reverse("pipeline:lead_convert", args=[lead.pk])
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name not in ("company", "person")}
    data |= {"company_text": lead.company_name, "person_text": "Petra Weiß", "value": "1.000,00"}

    asked = client.post(url, data)
    again = client.post(url, {**data, "asked": asked.context["form"]["asked"].value()})

    assert (form["title"].value(), asked.status_code, again.status_code) == ("Hobelmaschine", 422, 302)
    assert [twin.row for twin in asked.context["known"]] == [company]
    assert Deal.objects.get().company_id != company.pk


def test_many_are_converted_and_who_may_be_known_is_left_and_listed(people, lead):
    CompanyFactory(name="Sägewerk Buchholz KG")
    other = LeadFactory(owner=people.owner, last_name="Neumann", company_name="Zimmerei Neumann")
    job = start("leads.convert", actor=people.owner, leads=[lead.pk, other.pk], stage=1)

    class Silent:
        def report(self, *args: object, **said: object) -> None: ...

    job.result = convert_many(job, Silent())
    again = convert_many(job, Silent())

    assert list(job.result["made"]) == [str(other.pk)]
    assert job.result["left"] == {str(lead.pk): "known"}
    assert again["made"] == job.result["made"]
    assert [line.lead for line in read_report(job, people.owner)] == [lead, other]


def test_who_owns_the_lead_owns_the_deal_unless_said_otherwise(lead, people):
    assign_lead(lead, people.colleague, why="", actor=people.manager)
    lead.refresh_from_db()

    assert convert_lead(lead, wanted(lead), actor=people.manager).deal.owner == people.colleague
    assert LeadConversion.objects.count() == 1
