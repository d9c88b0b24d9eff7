"""What came of leads, counted by hand: conversions, costs, attribution; the command prints the same."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from leads.actions import TouchFacts, add_touch, change_state
from leads.models import DisqualifyReason, Lead, LeadState, SourceCost, TouchChannel
from pipeline.conversion import Conversion, convert_lead
from reporting.attribution import attribution
from reporting.lead_figures import lead_report
from reporting.periods import local_day, rolling_year
from tests.conftest import log_in
from tests.factories import LeadFactory, PersonFactory, SourceFactory, won

pytestmark = pytest.mark.django_db


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


def test_every_way_of_counting_adds_up_to_the_leads_with_touches(story):
    newsletter = SourceFactory(name="Newsletter")
    add_touch(TouchFacts(channel=TouchChannel.EMAIL, source=newsletter), actor=None, lead=story[0])

    told = {credit.name: credit for credit in attribution(Lead.objects.all())}

    assert [told["Messe"].first, told["Messe"].last, told["Messe"].linear] == [4, 3, 3.5]
    assert [told["Newsletter"].first, told["Newsletter"].last, told["Newsletter"].linear] == [0, 1, 0.5]
    assert sum(credit.linear for credit in told.values()) == 5
    assert (told["Messe"].won_first, told["Newsletter"].won_last) == (1, 1)


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
