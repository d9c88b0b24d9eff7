"""A web form as a manager builds it, and what a visitor sends with it."""

from datetime import timedelta
from typing import Any

import time_machine
from django.core import signing
from django.utils import timezone

from contacts.models import Means
from intake.actions import ConsentFacts, FieldFacts, FormFacts, add_form
from intake.models import LeadForm
from intake.public_form import SALT
from tests.factories import SourceFactory, UserFactory

SITE = "www.kunde.example"
FIELDS = (
    FieldFacts(kind="company"),
    FieldFacts(kind="last_name", is_required=True),
    FieldFacts(kind="email", is_required=True),
    FieldFacts(kind="phone"),
    FieldFacts(kind="message"),
    FieldFacts(kind="choice", label_de="Wie viele Fenster?", choices="bis 10; mehr"),
)
CONSENTS = (
    ConsentFacts(
        means=Means.EMAIL,
        wording_de="Ja, schreiben Sie mir.",
        wording_en="Yes, write.",
        needs_confirmation=True,
    ),
    ConsentFacts(means=Means.PHONE, wording_de="Ja, rufen Sie mich an."),
)
ANSWERS = {"last_name": "Neu", "email": "nora@neu.example", "message": "Was kostet ein Wintergarten?"}


def build_form(**facts: Any) -> LeadForm:
    """A form with the usual questions, allowed on SITE."""
    usual = {
        "name": "Anfrage",
        "title_de": "Ihre Anfrage",
        "hosts": [SITE],
        "fields": FIELDS,
        "consents": CONSENTS,
    }
    return add_form(
        FormFacts(**{**usual, "source": facts.pop("source", None) or SourceFactory(), **facts}),
        actor=UserFactory(),
    )


def opened(form: LeadForm, *, seconds_ago: int = 20) -> str:
    """What our page says of when it was opened."""
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds_ago), tick=False):
        return signing.dumps(form.pk, salt=SALT)
