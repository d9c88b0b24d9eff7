"""Noting for many at once why they can be presumed to want calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from contacts.lawful import may_reach_each
from contacts.models import Company, Employment, LegalEntry, Means, Person
from core import events

Contact = TypeVar("Contact", Company, Person)


@dataclass(frozen=True)
class Presumed:
    """For how many it was noted; for how many not, and why."""

    noted: int
    known: int
    """They may be called already."""
    objected: int
    private: int
    """Persons without a company: of them consent is never presumed."""


@transaction.atomic
def presume_consent(rows: Sequence[Contact], reason: str, *, actor: User) -> Presumed:
    """Note the reason on each that may not be called yet and did not say no. Locks in the order of keys."""
    kind = type(rows[0])
    found = kind.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    locked = list(found.select_for_update(of=("self",), no_key=True).prefetch_related("channels"))
    verdicts = may_reach_each(locked, Means.PHONE)
    said_no = {key for key, verdict in verdicts.items() if verdict.is_blocked}
    known = {key for key, verdict in verdicts.items() if verdict.allowed}
    private = _private(locked) - said_no - known

    to_note = [row for row in locked if row.pk not in said_no | known | private]
    column = str(kind._meta.model_name)
    LegalEntry.objects.bulk_create(
        LegalEntry(
            **{column: row},
            kind=LegalEntry.Kind.PRESUMED,
            means=Means.PHONE,
            reason=reason,
            recorded_by=actor,
        )
        for row in to_note
    )
    for row in to_note:
        basis = LegalEntry.Kind.PRESUMED
        events.record("contact.permission_noted", row, actor=actor, means=Means.PHONE, basis=basis)
    return Presumed(len(to_note), len(known), len(said_no), len(private))


def _private(rows: Sequence[Contact]) -> set[int]:
    """The persons among them who work for no company."""
    people = {row.pk for row in rows if isinstance(row, Person)}
    return people - set(
        Employment.objects.present().filter(person__in=people).values_list("person", flat=True)
    )
