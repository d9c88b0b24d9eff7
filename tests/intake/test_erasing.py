"""Whoever is erased is erased from what they sent, too."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intake.actions import Given, process_submission, receive_submission
from intake.actions.receiving import Consented
from leads.actions import link_lead
from leads.models import Lead
from privacy.actions import erase_person
from privacy.dossier import read_dossier
from privacy.holdings import read_holdings
from tests.factories import PersonFactory, UserFactory
from tests.intake.forms import build_form
from tests.privacy.world import everything, places_of

pytestmark = pytest.mark.django_db
MARK = "Qanarivogel"


def test_what_a_person_sent_is_in_their_report_and_goes_with_them():
    address = f"{MARK}@kunde.example".lower()
    answers = [
        {"name": "last_name", "kind": "last_name", "label": "Name", "value": "Unbekannt"},
        {"name": "email", "kind": "email", "label": "E-Mail", "value": address},
    ]
    submission, _is_new = receive_submission(
        build_form(),
        Given(
            once="1",
            answers=answers,
            origin={"page": f"/{MARK}"},
            consents=[
                Consented(means="email", value=address, wording=f"Ja, {MARK}", needs_confirmation=True)
            ],
            files=[SimpleUploadedFile(f"{MARK}.pdf", b"%PDF-1.7")],
        ),
    )
    process_submission(submission)
    person, admin = PersonFactory(), UserFactory(role="admin")
    link_lead(Lead.objects.get(), person=person, company=None, actor=admin)

    assert f"/{MARK}" in everything(read_dossier(read_holdings(person)).as_json())
    erase_person(person, actor=admin)

    assert {place for place in places_of(MARK) if place.startswith("intake_")} == set()
