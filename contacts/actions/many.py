"""Doing the same with many companies or persons at once, and taking it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from contacts.actions.tags import tags_named
from contacts.models import Company, Person, Tagging
from contacts.stand import Origin, record_stands
from core import events

Contact = TypeVar("Contact", Company, Person)


@transaction.atomic
def give_contacts(rows: Sequence[Contact], owner: User, *, actor: User) -> int:
    """Make a user the one in charge; answer how many were not theirs before. Locks in the order of keys."""
    others = [row for row in _locked(rows) if row.owner_id != owner.pk]
    _change(others, actor=actor, owner=owner)
    _confirm(others, "owner", actor=actor)
    return len(others)


@transaction.atomic
def tag_contacts(rows: Sequence[Contact], name: str, *, actor: User) -> int:
    """Put a tag on each, a new one where it is not known yet; answer how many did not carry it before."""
    tag = tags_named([name])[0]
    column = str(rows[0]._meta.model_name)
    locked = _locked(rows)
    tagged = set(
        Tagging.objects.filter(tag=tag, **{f"{column}__in": locked}).values_list(f"{column}_id", flat=True)
    )
    others = [row for row in locked if row.pk not in tagged]
    Tagging.objects.bulk_create([Tagging(tag=tag, **{column: row}) for row in others], ignore_conflicts=True)
    _change(others, actor=actor)
    _confirm(others, "tags", actor=actor)
    return len(others)


@transaction.atomic
def archive_contacts(rows: Sequence[Contact], *, actor: User) -> tuple[int, datetime]:
    """Archive each; answer how many were not archived before, and the moment that names them from now on."""
    moment = timezone.now()
    present = [row for row in _locked(rows) if row.archived_at is None]
    type(rows[0]).objects.filter(pk__in=[row.pk for row in present]).update(archived_at=moment)
    for row in present:
        events.record("contact.archived", row, actor=actor)
    return len(present), moment


@transaction.atomic
def unarchive_contacts(kind: type[Company] | type[Person], moment: datetime, *, actor: User) -> int:
    """Bring back what was archived together at this moment; answer how many."""
    rows = kind.objects.editable_by(actor).filter(archived_at=moment, merged_into=None)
    archived = list(rows.select_for_update(of=("self",)).order_by("pk"))
    kind.objects.filter(pk__in=[row.pk for row in archived]).update(archived_at=None)
    for row in archived:
        events.record("contact.unarchived", row, actor=actor)
    return len(archived)


def _locked(rows: Sequence[Contact]) -> list[Contact]:
    """The rows as they are now, locked in the order of their keys."""
    found = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows])
    return list(found.select_for_update(of=("self",)).order_by("pk"))


def _change(rows: Sequence[Contact], *, actor: User, **values: object) -> None:
    """Write values to rows that are locked; whoever has one of their forms open is told."""
    if not rows:
        return
    kind = type(rows[0])
    kind.objects.filter(pk__in=[row.pk for row in rows]).update(
        version=F("version") + 1, updated_at=timezone.now(), **values
    )
    for row in rows:
        events.record(f"{kind._meta.model_name}.edited", row, actor=actor)


def _confirm(rows: Sequence[Contact], field: str, *, actor: User) -> None:
    if rows:
        said = ((row.pk, field) for row in rows)
        record_stands(type(rows[0]), said, origin=Origin.TYPED, by=actor)
