"""Leads come in from a list: once, with their source, and who wants no mail is on the list of objections."""

import pytest

from contacts.suppression import is_suppressed
from leads.models import Lead
from tests.imports.bringing import counts, taken_in

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
