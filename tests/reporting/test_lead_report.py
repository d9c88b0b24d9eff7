"""What came of leads, counted by hand: conversions, costs, attribution; the command prints the same."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from intake.actions import Given, process_submission, receive_submission
from leads.actions import TouchFacts, add_touch, change_state
from leads.models import Campaign, DisqualifyReason, Lead, LeadState, SourceCost, TouchChannel
from pipeline.conversion import Conversion, convert_lead
from reporting.attribution import attribution
from reporting.figures import EVERYONE, Scope
from reporting.lead_figures import lead_report, leads_to_deals
from reporting.periods import local_day, rolling_year
from tests.conftest import log_in
from tests.factories import LeadFactory, PersonFactory, SourceFactory, won
from tests.intake.forms import build_form

pytestmark = pytest.mark.django_db
SAID = (("last_name", "Neu"), ("email", "nora@neu.example"))


@pytest.fixture
def story(people):
    """Of four leads of the fair one is won, one disqualified, two open; one lead is of nobody knows where."""
    fair = SourceFactory(name="Messe")
    leads = [LeadFactory(owner=people.owner, source=fair) for _lead in range(4)]
    LeadFactory(owner=people.owner)
    wanted = Conversion(title="Hobel", owner=people.owner, person=PersonFactory())
    won(convert_lead(leads[0], wanted, actor=people.owner).deal)
    reason = DisqualifyReason.objects.get(code="no_need")
    change_state(leads[1], LeadState.DISQUALIFIED, seen_in=LeadState.NEW, reason=reason, actor=people.owner)
    today = timezone.localdate()
    SourceCost.objects.create(
        source=fair, starts_on=today, ends_on=today + timedelta(days=1), amount=Decimal(200)
    )
    return leads


def report(by: str):
    now = timezone.now()
    return lead_report(Lead.objects.all(), rolling_year(local_day(now)), by, now)


def test_each_source_has_its_counts_its_rate_and_its_costs(story):
    fair, unknown = report("source").groups

    assert (fair.name, fair.received, fair.converted, fair.won, fair.disqualified, fair.open) == (
        *("Messe", 4, 1, 1, 1, 2),
    )
    assert (unknown.name, unknown.received, unknown.cost) == ("", 1, None)
    # Half of what the two days cost lies in the period.
    assert (fair.cost, fair.cost_per(fair.received)) == (Decimal(100), Decimal(25))
    assert fair.deal_figures.still_open == 2


def test_the_plan_counts_leads_as_their_page_does(story, people):
    now = timezone.now()
    wanted = [EVERYONE, Scope(rep_id=people.owner.pk), Scope(rep_id=people.stranger.pk)]

    found = leads_to_deals(wanted, rolling_year(local_day(now)), now)

    figures = report("source").total.deal_figures
    for scope in wanted[:2]:
        seen = found[scope]
        assert (seen.entered, seen.moved_on, seen.lost) == (5, 1, 1)
        assert seen.last.moved_on == figures.rate
    assert found[wanted[2]].entered == 0


def test_every_way_of_counting_adds_up_to_the_leads_with_touches(story):
    newsletter = SourceFactory(name="Newsletter")
    touch = TouchFacts(channel=TouchChannel.EMAIL, source=newsletter, at=story[0].received_at)
    add_touch(touch, actor=None, lead=story[0])

    told = {credit.name: credit for credit in attribution(Lead.objects.all())}

    assert [told["Messe"].first, told["Messe"].last, told["Messe"].linear] == [4, 3, 3.5]
    assert [told["Newsletter"].first, told["Newsletter"].last, told["Newsletter"].linear] == [0, 1, 0.5]
    assert sum(credit.linear for credit in told.values()) == 5
    assert (told["Messe"].won_first, told["Newsletter"].won_last) == (1, 1)


def test_what_comes_after_the_conversion_takes_no_credit(story):
    late = SourceFactory(name="Website")
    add_touch(TouchFacts(channel=TouchChannel.WEB_VISIT, source=late), actor=None, lead=story[0])

    told = {credit.name: credit for credit in attribution(Lead.objects.all())}

    assert "Website" not in told
    assert (told["Messe"].last, told["Messe"].won_last) == (4, 1)


def test_campaigns_have_credit_as_sources_have(story):
    mailing = Campaign.objects.create(name="Mailing")
    touch = TouchFacts(channel=TouchChannel.EMAIL, campaign=mailing)
    add_touch(touch, actor=None, lead=story[2])

    told = {credit.name: credit for credit in attribution(Lead.objects.all(), "campaign")}

    assert (told["Mailing"].first, told["Mailing"].last, told["Mailing"].linear) == (0, 1, 0.5)
    assert sum(credit.linear for credit in told.values()) == 5


def test_what_cost_something_and_brought_nobody_is_a_line(story):
    today = timezone.localdate()
    paper = SourceFactory(name="Anzeige")
    SourceCost.objects.create(source=paper, starts_on=today, ends_on=today, amount=Decimal(50))

    groups = {group.name: group for group in report("source").groups}

    assert (groups["Anzeige"].received, groups["Anzeige"].cost) == (0, Decimal(50))
    assert sum(group.cost or 0 for group in groups.values()) == report("source").total.cost


def test_a_lead_counts_once_though_its_sender_sent_two_forms(people):
    answers = [{"name": name, "kind": name, "label": name, "value": value} for name, value in SAID]
    for once in ("1", "2"):
        process_submission(receive_submission(build_form(name=once), Given(once=once, answers=answers))[0])

    assert Lead.objects.count() == 1
    assert [(group.name, group.received) for group in report("form").groups] == [("1", 1)]


def test_the_command_prints_what_the_page_shows(client, people, story):
    log_in(client, people, "admin")
    out = StringIO()

    call_command("lead_report", "--by", "source", "--format", "json", stdout=out)
    page = client.get(reverse("reporting:leads")).context["page"]

    printed = [(line["name"], line["leads"], line["converted"]) for line in json.loads(out.getvalue())]
    assert printed == [(line.group.name, line.group.received, line.group.converted) for line in page.lines]


def test_every_number_opens_the_leads_it_counts(client, people, story):
    log_in(client, people, "admin")
    page = client.get(reverse("reporting:leads")).context["page"]

    for line in (*page.lines, page.total):
        for name in ("received", "open", "disqualified", "converted", "won"):
            table = client.get(line.urls[name]).context["table"]
            assert table.count == getattr(line.group, name), (line.name, name)
