"""Leads come in from a list: once, with their source, and who wants no mail is on the list of objections."""

import pytest
from django.urls import reverse

from contacts.suppression import is_suppressed
from imports import actions
from leads.models import AssignmentRule, Lead, LeadCapacity
from tests.conftest import log_in
from tests.imports.bringing import brought, counts, done, taken_in

pytestmark = pytest.mark.django_db
FILE = """Lead ID;Nachname;Firma;E-Mail;Quelle;Keine Mail;Ort;Rechtsgrundlage
1;Neu;Neu GmbH;nora@neu.example;Messe Bau;nein;Kiel;Einwilligung am Stand
2;Alt;Alt AG;alois@alt.example;messe bau;ja;Select;
2;Alt;Alt AG;alois@alt.example;messe bau;ja;Ulm;
3;;;;Messe Bau;;;
"""


def test_a_list_of_a_fair_comes_in_once(people):
    run = taken_in(people.manager, ("interessenten.csv", FILE))
    again = taken_in(people.manager, ("interessenten.csv", FILE))

    assert counts(run) == {"created": 3, "unchanged": 1}
    assert counts(again) == {"unchanged": 4}
    leads = {lead.external_id: lead for lead in Lead.objects.all()}
    assert {lead.source.name for lead in leads.values()} == {"Messe Bau"}
    assert (leads["1"].last_name, leads["1"].city, leads["2"].city) == ("Neu", "Kiel", "")
    assert leads["3"].last_name == "Lead 3"
    assert leads["1"].touches.get().details["legal_basis"] == "Einwilligung am Stand"
    assert (is_suppressed("email", "alois@alt.example"), is_suppressed("email", "nora@neu.example")) == (
        True,
        False,
    )
    assert any("Rechtsgrundlage" in text["de"] for text, _count in run.files.get().counts["notes"])


def test_the_legal_basis_of_a_list_stands_at_each_address_that_says_nothing_itself(people):
    basis = "Adressen von Schober, Einwilligung vom 3.2.2026"

    run = taken_in(people.manager, ("interessenten.csv", FILE), legal_basis=basis)

    told = {lead.external_id: lead.touches.get() for lead in Lead.objects.all()}
    assert told["1"].details["legal_basis"] == "Einwilligung am Stand"
    assert told["2"].details["legal_basis"] == basis
    assert basis in told["2"].content
    assert "legal_basis" not in told["3"].details
    assert not any("Rechtsgrundlage" in text["de"] for text, _count in run.files.get().counts["notes"])


def test_leads_of_nobody_are_given_out_by_the_rules_and_taken_back_by_undoing(people):
    AssignmentRule.objects.create(name="Reihum", way="turn", team=people.owner.team)
    LeadCapacity.objects.create(user=people.manager, is_receiving=False)
    LeadCapacity.objects.create(user=people.owner, most_open=1)

    run = taken_in(people.manager, ("interessenten.csv", FILE), gives_out=True)

    owners = [lead.owner for lead in Lead.objects.order_by("external_id")]
    assert sorted(map(str, owners)) == sorted(map(str, [people.owner, people.colleague, people.colleague]))
    given = Lead.objects.get(external_id="1").assignments.latest("pk")
    assert (given.actor, "Reihum" in given.why) == (None, True)
    assert not Lead.objects.exclude(answer_by=None).exists()
    done(actions.undo(run, actor=people.manager))
    assert not Lead.objects.current().exists()


def test_basis_and_rules_are_asked_of_leads_only(client, people):
    log_in(client, people, "manager")
    leads = brought(people.manager, ("interessenten.csv", FILE))
    companies = brought(people.manager, ("firmen.csv", "Firma;Ort\nEifel Bau;Bonn\n"))

    assert b'name="legal_basis"' in client.get(leads.get_absolute_url()).content
    assert b'name="legal_basis"' not in client.get(companies.get_absolute_url()).content
    sent = {"system": "", "doubts": "leave", "as_of": "2026-01-05", "legal_basis": "Messe", "gives_out": "on"}
    client.post(reverse("imports:import_settle", args=[leads.pk]), sent)
    leads.refresh_from_db()
    assert (leads.legal_basis, leads.gives_out) == ("Messe", True)
