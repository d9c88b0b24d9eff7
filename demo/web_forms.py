"""The web forms of the demo company, and what visitors sent with them."""

from datetime import datetime, timedelta

from accounts.models import User
from contacts.models import Means
from demo.company import DOMAIN
from intake.actions import (
    ConsentFacts,
    FieldFacts,
    FormFacts,
    Given,
    add_form,
    process_submission,
    receive_submission,
)
from intake.models import LeadForm
from leads.models import Source

CALL_BACK = (
    (
        "Beatrix Ohlsen",
        "b.ohlsen@ohlsen-gartenbau.example",
        "Ohlsen Gartenbau",
        "Solardach auf dem Gewächshaus?",
    ),
    ("Tarek Amrani", "amrani@amrani-druck.example", "Amrani Druck", "Wir brauchen vier Ladepunkte am Hof."),
    ("Svea Lindqvist", "svea.lindqvist@privat.example", "", "Was kostet eine Wärmepumpe im Altbau?"),
)


def write_web_forms(manager: User, end: datetime) -> None:
    """A form on the web site of the company, with a trapped machine among those who sent it."""
    source = Source.objects.filter(name__icontains="web").first() or Source.objects.create(name="Website")
    form = add_form(_facts(source), actor=manager)
    for number, (name, email, company, message) in enumerate(CALL_BACK):
        at = end - timedelta(hours=3 + 20 * number)
        submission, _is_new = receive_submission(form, _given(form, name, email, company, message, at))
        process_submission(submission)
    spam = _given(form, "Best Offer", "win@spam.example", "", "Cheap backlinks!", end - timedelta(hours=5))
    receive_submission(form, spam)


def _facts(source: Source) -> FormFacts:
    return FormFacts(
        name="Anfrage auf der Website",
        title_de="Ihre Anfrage",
        title_en="Your inquiry",
        intro_de="Schreiben Sie uns kurz, worum es geht. Wir melden uns am nächsten Werktag.",
        intro_en="Tell us in a few words what it is about. We answer on the next working day.",
        source=source,
        hosts=[f"www.{DOMAIN}"],
        privacy_url=f"https://www.{DOMAIN}/datenschutz",
        fields=[
            FieldFacts(kind="company"),
            FieldFacts(kind="last_name", label_de="Name", label_en="Name", is_required=True),
            FieldFacts(kind="email", is_required=True),
            FieldFacts(kind="phone"),
            FieldFacts(kind="message", label_de="Worum geht es?", label_en="What is it about?"),
        ],
        consents=[
            ConsentFacts(
                means=Means.EMAIL,
                wording_de="Ja, schicken Sie mir Neuigkeiten per E-Mail. Das kann ich jederzeit widerrufen.",
                wording_en="Yes, send me news by e-mail. I may withdraw this at any time.",
                needs_confirmation=True,
            )
        ],
    )


def _given(form: LeadForm, name: str, email: str, company: str, message: str, at: datetime) -> Given:
    said = {"last_name": name, "email": email, "company": company, "message": message}
    labels = {field.kind: field.label for field in form.fields.all()}
    answers = [
        {"name": kind, "kind": kind, "label": str(labels[kind]), "value": value}
        for kind, value in said.items()
        if value
    ]
    return Given(
        once=email,
        answers=answers,
        origin={"page": f"https://www.{DOMAIN}/kontakt", "utm_medium": "organic"},
        at=at,
        is_trapped="spam" in email,
    )
