"""What writes to companies and persons share: a form enters one row, nobody overwrites unseen; archiving."""

from dataclasses import fields
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.errors import ContactEditedMeanwhile, ContactMergedMeanwhile
from contacts.models import Company, Employment, Person
from core import events
from core.form_keys import wait_for_twin
from extra_fields.values import merged

Contact = TypeVar("Contact", Company, Person)
Versioned = TypeVar("Versioned", Company, Person, Employment)


@transaction.atomic
def archive(contact: Contact, *, actor: User) -> Contact:
    """Take a company or person out of lists and choices; nothing is deleted. Twice is a no-op."""
    contact = lock(contact)
    if contact.archived_at is None:
        contact.archived_at = timezone.now()
        contact.save(update_fields=["archived_at"])
        events.record("contact.archived", contact, actor=actor)
    return contact


@transaction.atomic
def unarchive(contact: Contact, *, actor: User) -> Contact:
    """Bring an archived company or person back. Twice is a no-op."""
    contact = lock(contact)
    if contact.archived_at is not None:
        contact.archived_at = None
        contact.save(update_fields=["archived_at"])
        events.record("contact.unarchived", contact, actor=actor)
    return contact


def entered_by(form_key: UUID | None, kind: type[Contact]) -> Contact | None:
    """What the form with this key has entered already; waits for whoever is answering it right now."""
    if form_key is None:
        return None
    wait_for_twin(form_key)
    entered: Contact | None = kind.objects.filter(form_key=form_key).first()
    return entered


def lock(row: Versioned, seen_version: int | None = None) -> Versioned:
    """The row as it is now, locked; ContactEditedMeanwhile when it is no longer the version that was seen.

    A row that was taken into another one says nothing by itself any more: ContactMergedMeanwhile.
    """
    fresh: Versioned = type(row).objects.select_for_update().get(pk=row.pk)
    if getattr(fresh, "merged_into_id", None):
        raise ContactMergedMeanwhile(
            _("This entry was merged with another one in the meantime. Nothing was saved yet.")
        )
    if seen_version is not None and fresh.version != seen_version:
        raise ContactEditedMeanwhile(
            _("Someone else has changed this entry in the meantime. Nothing was saved yet.")
        )
    return fresh


def values(facts: object, row: Company | Person | None = None) -> dict[str, object]:
    """Facts by the names of their columns; what is said in extra fields goes on top of what `row` says."""
    said = {entry.name: getattr(facts, entry.name) for entry in fields(facts)}  # type: ignore[arg-type]
    if "extra" in said:
        said["extra"] = merged(row.extra if row else {}, said["extra"])
    return said
