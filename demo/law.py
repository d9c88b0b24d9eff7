"""Whom the demo company may call and write to: noted reasons, consents, an objection and a request."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from contacts.actions import record_objection
from contacts.models import Company, Employment, LegalEntry, Means, Person
from privacy.actions import note_request
from privacy.models import PrivacyRequest

NOTED, CONSENTED, MAILED = 0.75, 0.6, 0.4
BATCH = 1000
REASONS = (
    "Anfrage von dort: hat auf der Messe nach der Preisliste gefragt",
    "Laufende Geschäftsbeziehung: Wartung im letzten Jahr",
    "Unser Angebot betrifft ihr Kerngeschäft: betreibt mehrere Hallen",
    "Von einem ihrer Geschäftspartner empfohlen: Hinweis des Steuerberaters",
)
CALLS = "Ja, ich möchte zu Angeboten angerufen werden. Das kann ich jederzeit widerrufen."
MAILS = "Ja, senden Sie mir Neuigkeiten per E-Mail. Das kann ich jederzeit widerrufen."


def note_permissions(companies: Sequence[Company], persons: Sequence[Person], admin: User, seed: int) -> None:
    """Note what allows calls and mails to most customers; one of them objects, one asks for access."""
    rng = Random(seed + 11)  # noqa: S311 - plausible, not secret
    employed = set(Employment.objects.present().values_list("person", flat=True))
    private = [person for person in persons if person.pk not in employed]
    firms = [_reason(firm, rng) for firm in companies if rng.random() < NOTED]
    calls = [_consent(person, Means.PHONE, CALLS, rng) for person in private if rng.random() < CONSENTED]
    mails = [_consent(person, Means.EMAIL, MAILS, rng) for person in persons if rng.random() < MAILED]
    LegalEntry.objects.bulk_create([*firms, *calls, *mails], batch_size=BATCH)
    for person in persons[:1]:
        record_objection(person, Means.PHONE, actor=admin, source="Am Telefon gesagt")
    for person in persons[1:2]:
        note_request(person, PrivacyRequest.Kind.ACCESS, actor=admin, note="Kam per Brief")


def _reason(firm: Company, rng: Random) -> LegalEntry:
    said = {"kind": LegalEntry.Kind.PRESUMED, "means": Means.PHONE, "reason": rng.choice(REASONS)}
    return LegalEntry(company=firm, recorded_by=firm.owner, at=_earlier(rng), **said)


def _consent(person: Person, means: Means, wording: str, rng: Random) -> LegalEntry:
    return LegalEntry(
        person=person,
        kind=LegalEntry.Kind.CONSENT,
        means=means,
        wording=wording,
        way=LegalEntry.Way.PAPER,
        source="Besucherbogen, Messe Hannover",
        at=_earlier(rng),
        recorded_by=person.owner,
    )


def _earlier(rng: Random) -> datetime:
    return timezone.now() - timedelta(days=rng.randint(20, 400))
