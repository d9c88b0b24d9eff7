"""Verlauf der Daten: who changed what of a person, and when, from the audit the database keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from accounts.models import User
from contacts.models import Address, Channel, Employment, Person, Tagging
from core.audit import CHANGED
from privacy.facts import TECHNICAL, label, spoken
from privacy.holdings import histories

PAGE = 30
MOST = 300
WATCHED = (Person, Channel, Address, Employment, Tagging)
SILENT = TECHNICAL | {"updated_at", "created_at"}


@dataclass(frozen=True)
class Change:
    """One change of one row: its fields before and after; without any the row was deleted."""

    at: datetime
    who: str
    table: str
    fields: list[tuple[str, str, str]]
    gone: str = ""


@dataclass(frozen=True)
class Trail:
    """A page of changes, the latest first, and whether there are older ones."""

    changes: list[Change]
    next_page: int | None


def read_trail(person: Person, *, page: int = 1) -> Trail:
    """The changes of a person, their numbers, addresses, employments and tags."""
    page = min(max(page, 1), MOST // PAGE)
    past = sorted(_past(person), key=_moment, reverse=True)
    changes = [change for change in _changes(past, person) if change.fields or change.gone]
    last = page * PAGE
    is_more = len(changes) > last and last < MOST
    return Trail(changes[last - PAGE : last], page + 1 if is_more else None)


def _moment(event: models.Model) -> tuple[datetime, int]:
    return event.pgh_created_at, event.pgh_id  # type: ignore[attr-defined]


def _past(person: Person) -> Iterator[models.Model]:
    """The latest of each table; all tables of a person together stay a few hundred rows."""
    for model, history in histories().items():
        if model in WATCHED:
            key = "pgh_obj_id" if model is Person else "person_id"
            rows = history._base_manager.filter(**{key: person.pk}).select_related("pgh_context")
            yield from rows.order_by("-pgh_id")[:MOST]


def _changes(past: list[models.Model], person: Person) -> Iterator[Change]:
    """What a row said before is in its event; what it said then in its next event, or in the row itself."""
    users = _users(past)
    after = _present(past)
    for event in past:
        tracked = event.pgh_tracked_model  # type: ignore[attr-defined]
        key = (tracked, event.pgh_obj_id)  # type: ignore[attr-defined]
        is_change = event.pgh_label == CHANGED  # type: ignore[attr-defined]
        following = after.get(key)
        yield Change(
            at=event.pgh_created_at,  # type: ignore[attr-defined]
            who=users.get(_user_of(event), ""),
            table=str(tracked._meta.verbose_name),
            fields=list(_fields(event, following, person)) if is_change and following is not None else [],
            gone="" if is_change else _said(event, person),
        )
        after[key] = event


def _fields(before: models.Model, after: models.Model, person: Person) -> Iterator[tuple[str, str, str]]:
    selves = {person.pk}
    for column in before._meta.concrete_fields:
        name = column.attname
        if column.name in SILENT or column.name.startswith("pgh_") or column.generated:
            continue
        if getattr(before, name) != getattr(after, name):
            said = [spoken(row, column, selves) or "–" for row in (before, after)]
            yield label(column), said[0], said[1]


def _said(event: models.Model, person: Person) -> str:
    words = [
        spoken(event, column, {person.pk})
        for column in event._meta.concrete_fields
        if column.name not in SILENT and not column.name.startswith("pgh_") and not column.is_relation
    ]
    return ", ".join(word for word in words if word)


def _present(past: list[models.Model]) -> dict[tuple[type[models.Model], object], models.Model]:
    keys: dict[type[models.Model], set[object]] = {}
    for event in past:
        keys.setdefault(event.pgh_tracked_model, set()).add(event.pgh_obj_id)  # type: ignore[attr-defined]
    return {
        (model, row.pk): row
        for model, wanted in keys.items()
        for row in model._base_manager.filter(pk__in=wanted)
    }


def _users(past: list[models.Model]) -> dict[object, str]:
    keys = {_user_of(event) for event in past} - {None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}


def _user_of(event: models.Model) -> object:
    context = event.pgh_context  # type: ignore[attr-defined]
    return context.metadata.get("user") if context else None
