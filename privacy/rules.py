"""What erasure does with each row of a person: a table of exceptions, and a rule for every other table.

The rule: what belongs to the person as a part goes, everything else stays as a row (the counts of the funnel
live from it) and loses its words. Words that are also a company's stay without the person's name and numbers.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from activities.models import Activity
from contacts.models import LegalEntry, Person
from mailbox.models import TakenMail
from offers.models import Acceptance, Offer, OfferLine, OfferVersion
from privacy.correspondence import is_filed_elsewhere
from privacy.holdings import Holdings, Model, is_their_own
from privacy.models import KeptRecord

CENSORED = "(gelöscht)"
PROOF_YEARS = 5


class Fate(StrEnum):
    """What becomes of a row."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    CLEANED = "cleaned"  # name and numbers are replaced in its texts
    KEPT = "kept"


@dataclass(frozen=True)
class Document:
    """A kind of document that the law wants kept, and the date its period counts from."""

    law: str
    date_column: str
    years: int
    # What makes it one: a draft is no letter before it has its number.
    needs: str = "pk"

    def is_one(self, row: models.Model) -> bool:
        """Whether this row is such a document already."""
        return getattr(row, self.needs) is not None

    def kept_until(self, row: models.Model) -> date:
        """The end of the year so many years later."""
        day = getattr(row, self.date_column)
        day = timezone.localdate(day) if isinstance(day, datetime) else day
        return date(day.year + self.years, 12, 31)


# § 147 AO, § 257 HGB: vouchers eight years, business letters six, from the end of the year.
DOCUMENTS = {
    "offers.order": Document(KeptRecord.Law.VOUCHER, "ordered_on", 8),
    "offers.offer": Document(KeptRecord.Law.LETTER, "created_at", 6, needs="number"),
}
# The trace of data protection itself, and who has a say in a purchase (a count).
STAYING = {
    "contacts.legaluse": Fate.KEPT,
    "privacy.erasure": Fate.KEPT,
    "privacy.keptrecord": Fate.KEPT,
    "privacy.retentionproposal": Fate.EMPTIED,
    "privacy.privacyrequest": Fate.EMPTIED,
    "privacy.personreport": Fate.DELETED,
    "pipeline.dealperson": Fate.EMPTIED,
    "contacts.person": Fate.EMPTIED,
    "mailbox.ignoredsender": Fate.DELETED,
    # Whoever comes back with the same browser is a stranger again.
    "intake.visitor": Fate.DELETED,
    "intake.pageview": Fate.DELETED,
    # Deals and orders name the partner they came through, and its commissions are counted.
    "partners.partner": Fate.EMPTIED,
}
# Codes that give nobody away, and that figures and addresses need.
CODES = {"currency", "country", "language", "message_id", "answers", "medium"}
WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField)
# What may only be blanked, by a trigger of its table.
BLANKED = {"leads.touch"}
# Days of a person's life; those of purchases are counts.
DAYS = {"birthday"}


def fate_of(row: models.Model, held: Holdings) -> Fate:
    """What becomes of a row of this person."""
    label = row._meta.label_lower
    if label in DOCUMENTS and DOCUMENTS[label].is_one(row):
        return Fate.KEPT
    if label in STAYING:
        return STAYING[label]
    if isinstance(row, TakenMail):
        return _fate_of_mail(row, held)
    if (type(row), row.pk) in held.parts:
        return _fate_of_part(row, held)
    return Fate.EMPTIED if _is_all_theirs(row, held.person) else Fate.CLEANED


def words_of(model: Model) -> Iterator[models.Field]:
    """The columns that hold words of people: no choices, no keys, nothing computed."""
    for column in model._meta.concrete_fields:
        if column.choices or column.generated or column.name in CODES or column.name.startswith("pgh_"):
            continue
        inner = column.base_field if isinstance(column, ArrayField) else column
        if isinstance(inner, WORDS) and not inner.choices:
            yield column


def emptied(row: models.Model) -> dict[str, object]:
    """What the words of a row become: where there was something, that it was erased."""
    is_blanked = row._meta.label_lower in BLANKED
    return {
        column.name: "" if is_blanked and isinstance(column, models.TextField) else _nothing(column)
        for column in words_of(type(row))
        if getattr(row, column.attname) not in (None, "", {}, [])
    }


def documents(held: Holdings) -> Iterator[KeptRecord]:
    """What has to be kept of a person although they are erased, not saved yet."""
    for model, rows in held.rows.items():
        document = DOCUMENTS.get(model._meta.label_lower)
        if document is not None:
            for row in filter(document.is_one, rows.values()):
                yield _kept_document(row, document, held.person)
    for entry in held.of(LegalEntry):
        if isinstance(entry, LegalEntry) and (until := _proof_until(entry)) >= timezone.localdate():
            yield _kept_proof(entry, until, held.person)


def letter_of(row: models.Model) -> Offer | None:
    """The offer that was sent with these words: a letter never changes, whomever it names."""
    version = row if isinstance(row, OfferVersion) else None
    if isinstance(row, OfferLine | Acceptance):
        version = row.version
    return version.offer if version is not None and version.sent_at is not None else None


def kept_letter(offer: Offer, person: Person) -> KeptRecord:
    """The record of a letter to somebody else that names the person."""
    return _kept_document(offer, DOCUMENTS["offers.offer"], person)


def _fate_of_part(row: models.Model, held: Holdings) -> Fate:
    """A part shares the fate of its whole; those of a deal or a draft stay rows: figures are made of them."""
    for whole in _wholes(row, held):
        fate = fate_of(whole, held)
        if whole._meta.model_name == "deal" or (isinstance(whole, Offer) and fate == Fate.EMPTIED):
            return Fate.EMPTIED
        if fate in (Fate.KEPT, Fate.CLEANED):
            return fate
    return Fate.DELETED


def _wholes(row: models.Model, held: Holdings) -> Iterator[models.Model]:
    for column in row._meta.concrete_fields:
        model = column.related_model
        if model in held.rows and model is not Person and _is_bond(column):
            whole = held.rows[model].get(getattr(row, column.attname))
            if whole is not None:
                yield whole


def _is_bond(column: models.Field) -> bool:
    is_cascade = getattr(column.remote_field, "on_delete", None) is models.CASCADE
    return is_cascade or isinstance(column, models.OneToOneField)


def _fate_of_mail(mail: TakenMail, held: Holdings) -> Fate:
    """A mail goes as far as every entry goes that it was filed as."""
    mine = held.rows.get(Activity, {})
    if is_filed_elsewhere(mail, mine):
        return Fate.CLEANED
    filed = [mine[key] for key in mail.filings.values_list("activity", flat=True)]
    return Fate.EMPTIED if all(fate_of(entry, held) == Fate.EMPTIED for entry in filed) else Fate.CLEANED


def _is_all_theirs(row: models.Model, person: Person) -> bool:
    """What was said with the person is theirs, unless it belongs to the deal of a company, too."""
    if row._meta.model_name == "deal":
        return is_their_own(row, person)
    deal = getattr(row, "deal", None)
    return deal is None or is_their_own(deal, person)


def _nothing(column: models.Field) -> object:
    if isinstance(column, ArrayField):
        return []
    if isinstance(column, models.JSONField):
        return column.get_default() or {}
    if isinstance(column, models.FileField) or column.name == "external_id":
        return ""
    return CENSORED[: column.max_length] if column.max_length else CENSORED


def _kept_document(row: models.Model, document: Document, person: Person) -> KeptRecord:
    title = f"{row._meta.verbose_name} {getattr(row, 'number', '') or row.pk}"
    return KeptRecord(
        person=person,
        law=document.law,
        title=title[:200],
        data={"name": person.full_name, "addresses": [str(address) for address in person.addresses.all()]},
        kept_until=document.kept_until(row),
    )


def _proof_until(entry: LegalEntry) -> date:
    """§ 7a UWG: five years after the consent and after every use of it."""
    if entry.kind != LegalEntry.Kind.CONSENT or entry.means != "phone":
        return date.min
    moments = [entry.at, *entry.uses.values_list("at", flat=True)]
    last = timezone.localdate(max(moments))
    month_end = calendar.monthrange(last.year + PROOF_YEARS, last.month)[1]
    return date(last.year + PROOF_YEARS, last.month, min(last.day, month_end))


def _kept_proof(entry: LegalEntry, until: date, person: Person) -> KeptRecord:
    used = [timezone.localtime(at).isoformat() for at in entry.uses.values_list("at", flat=True)]
    said = {name: getattr(entry, name) for name in ("value", "wording", "source", "way", "proof")}
    return KeptRecord(
        person=person,
        law=KeptRecord.Law.PROOF,
        title=str(entry),
        data={"name": person.full_name, "at": timezone.localtime(entry.at).isoformat(), "used": used, **said},
        kept_until=until,
    )
