"""Who gets a lead, and why; who is away or has enough; what happens when nobody answers."""

import pytest
from django.utils import timezone

from accounts.models import Cover, Team
from leads.conditions import in_region
from leads.models import AssignmentRule, Lead, LeadCapacity, LeadSetting
from leads.placing import place_lead, reassign_late
from tests.factories import CompanyFactory, LeadFactory, SourceFactory

pytestmark = pytest.mark.django_db
Way = AssignmentRule.Way


def rule(name: str, *, position: int = 10, **said: object) -> AssignmentRule:
    return AssignmentRule.objects.create(name=name, position=position, **said)


def away(user, stand_in) -> Cover:
    today = timezone.localdate()
    return Cover.objects.create(owner=user, stand_in=stand_in, starts_on=today, ends_on=today)


def why(lead: Lead) -> str:
    return lead.assignments.latest("pk").why


def test_the_first_rule_that_fits_decides_and_says_so(people):
    fair = SourceFactory(name="Messe")
    rule("Messe", position=1, source=fair, way=Way.REP, rep=people.stranger)
    rule("Rest", position=2, way=Way.REP, rep=people.owner)

    from_fair, other = place_lead(LeadFactory(source=fair)), place_lead(LeadFactory())

    assert (from_fair.owner, other.owner) == (people.stranger, people.owner)
    assert why(from_fair) == "Regel „Messe“"


@pytest.mark.parametrize(
    ("code", "region", "fits"),
    [
        ("10115", "10-14", True),
        ("14999", "10-14", True),
        ("15000", "10-14", False),
        ("22085", "20, 220", True),
        ("22185", "20, 220", False),
        ("", "10-14", False),
        ("A1", "10-14", False),
    ],
)
def test_regions_are_beginnings_and_ranges_of_postal_codes(code, region, fits):
    assert in_region(code, region) is fits


def test_a_known_company_goes_to_who_is_in_charge_of_it(people):
    company = CompanyFactory(owner=people.colleague, name="Sägewerk Buchholz GmbH")
    rule("Bestand", position=1, way=Way.OWNER)
    rule("Rest", position=2, way=Way.REP, rep=people.owner)

    theirs, new = place_lead(LeadFactory(company=company)), place_lead(LeadFactory())

    assert (theirs.owner, new.owner) == (people.colleague, people.owner)
    assert "Sägewerk Buchholz GmbH" in why(theirs)


def test_in_turn_everybody_of_the_team_gets_one(people):
    rule("Reihum", way=Way.TURN, team=people.owner.team)

    owners = [place_lead(LeadFactory()).owner for _lead in range(4)]

    assert owners[:3] == [people.owner, people.colleague, people.manager]
    assert owners[3] == people.owner


def test_who_has_the_fewest_open_leads_gets_it(people):
    rule("Last", way=Way.LOAD, team=people.owner.team)
    for _lead in range(2):
        LeadFactory(owner=people.owner)
    LeadFactory(owner=people.manager)

    assert place_lead(LeadFactory()).owner == people.colleague


def test_who_is_away_or_has_enough_is_passed_over(people):
    rule("Reihum", way=Way.TURN, team=people.owner.team)
    away(people.owner, people.stranger)
    LeadCapacity.objects.create(user=people.colleague, most_open=1)
    LeadFactory(owner=people.colleague)

    assert place_lead(LeadFactory()).owner == people.manager


def test_who_is_away_is_stood_in_for_and_told_so(people):
    rule("Lena", way=Way.REP, rep=people.owner)
    away(people.owner, people.colleague)

    lead = place_lead(LeadFactory())

    assert lead.owner == people.colleague
    assert str(people.owner) in why(lead)


def test_where_nobody_is_free_the_team_has_it(people):
    south = people.stranger.team
    rule("Süd", way=Way.TURN, team=south)
    LeadCapacity.objects.create(user=people.stranger, is_receiving=False)
    LeadCapacity.objects.create(user=people.other_manager, most_open=0)

    lead = place_lead(LeadFactory())

    assert (lead.owner, lead.team) == (None, south)
    assert lead in Lead.objects.editable_by(people.stranger)


def test_without_a_rule_it_waits_for_a_manager(people):
    lead = place_lead(LeadFactory())

    assert (lead.owner, lead.team) == (None, Team.objects.unassigned())
    assert lead in Lead.objects.editable_by(people.manager)


def test_placing_twice_changes_nothing(people):
    rule("Reihum", way=Way.TURN, team=people.owner.team)

    lead = place_lead(place_lead(LeadFactory()))

    assert lead.assignments.count() == 2


def test_nobody_answers_so_the_next_one_gets_it_and_then_the_manager(people, monkeypatch):
    rule("Reihum", way=Way.TURN, team=people.owner.team)
    LeadSetting.objects.create(pk=1, reassign_minutes=60, most_reassigned=1)
    lead = place_lead(LeadFactory())
    monkeypatch.setattr("leads.placing.worked_minutes", lambda *args: 61)

    owners = []
    for _tick in range(3):
        reassign_late()
        lead.refresh_from_db()
        owners.append(lead.owner)

    assert owners == [people.colleague, people.manager, people.manager]
    assert "Vertriebsleiter" in why(lead) or "Vertriebsleitung" in why(lead)
    assert lead.assignments.count() == 4


def test_what_a_person_gave_stays_where_it_is(people, monkeypatch):
    from leads.actions import assign_lead

    rule("Reihum", way=Way.TURN, team=people.owner.team)
    lead = place_lead(LeadFactory())
    assign_lead(lead, people.colleague, why="Kennt den Kunden", actor=people.manager)
    monkeypatch.setattr("leads.placing.worked_minutes", lambda *args: 10_000)

    assert reassign_late() == 0


def test_in_time_nothing_is_given_away(people):
    rule("Reihum", way=Way.TURN, team=people.owner.team)
    place_lead(LeadFactory())

    assert reassign_late() == 0
