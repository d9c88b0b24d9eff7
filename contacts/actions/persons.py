"""Persons: entering them, changing what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import User
from contacts.actions.contact import entered_by, lock, values
from contacts.actions.reach import Reach, change, keep_reach
from contacts.actions.tags import keep_tags
from contacts.models import Person
from contacts.stand import TYPED, Told, record_told, said_by
from core import events
from extra_fields.values import Stored


@dataclass(frozen=True)
class PersonFacts:
    """What a user says of a person."""

    last_name: str
    first_name: str = ""
    salutation: str = ""
    title: str = ""
    language: str = "de"
    birthday: date | None = None
    owner: User | None = None
    note: str = ""
    # By code; None takes a value away, what is not named stays.
    extra: Mapping[str, Stored | None] | None = None


@transaction.atomic
def add_person(
    facts: PersonFacts,
    reach: Reach | None = None,
    *,
    actor: User,
    form_key: UUID | None = None,
    tags: Sequence[str] | None = None,
    told: Told = TYPED,
) -> Person:
    """Enter a person; whether they are known already is asked by the form (contacts.duplicates).

    The same `form_key` again answers the person it entered.
    """
    already = entered_by(form_key, Person)
    if already is not None:
        return already
    person = Person.objects.create(**values(facts), form_key=form_key)
    record_told(person, said_by(facts), told, by=actor)
    keep_reach(person, reach, told, actor=actor)
    keep_tags(person, tags, told, actor=actor)
    events.record("person.added", person, actor=actor)
    return person


@transaction.atomic
def edit_person(
    person: Person,
    facts: PersonFacts,
    reach: Reach | None = None,
    *,
    seen_version: int,
    actor: User,
    tags: Sequence[str] | None = None,
    told: Told = TYPED,
) -> Person:
    """Change what a person says; without `reach` or `tags` those stay.

    Raises ContactEditedMeanwhile when `seen_version` is not the present one.
    """
    person = lock(person, seen_version)
    change(person, facts, reach, told, actor=actor)
    keep_tags(person, tags, told, actor=actor)
    events.record("person.edited", person, actor=actor)
    return person
