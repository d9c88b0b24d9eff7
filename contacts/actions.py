"""Every write to the customer database: companies, persons, their channels and addresses, who works where."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.errors import (
    AlreadyEmployed,
    CompanyAboveItself,
    ContactEditedMeanwhile,
    EmploymentEnded,
    EndsBeforeStart,
)
from contacts.models import Address, Channel, Company, Employment, Person
from core import events

DEEPEST_CONCERN = 50

Contact = TypeVar("Contact", Company, Person)


@dataclass(frozen=True)
class CompanyFacts:
    """What a user says of a company."""

    name: str
    kind: str = Company.Kind.PROSPECT
    parent: Company | None = None
    industry: str = ""
    employees: int | None = None
    owner: User | None = None
    note: str = ""


@dataclass(frozen=True)
class PersonFacts:
    """What a user says of a person."""

    last_name: str
    first_name: str = ""
    salutation: str = ""
    title: str = ""
    language: str = "de"
    owner: User | None = None
    note: str = ""


@dataclass(frozen=True)
class ChannelFacts:
    """One way to reach a contact; `pk` is the row it was, None for a new one."""

    kind: str
    value: str
    label: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class AddressFacts:
    """One address of a contact; `pk` is the row it was, None for a new one."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "DE"
    pk: int | None = None


@dataclass(frozen=True)
class Reach:
    """All channels and addresses a contact is to have; rows that are not named are removed."""

    channels: Sequence[ChannelFacts] = field(default_factory=tuple)
    addresses: Sequence[AddressFacts] = field(default_factory=tuple)


@transaction.atomic
def add_company(facts: CompanyFacts, reach: Reach | None = None, *, actor: User) -> Company:
    """Enter a company; whether it is known already is asked by the form (contacts.duplicates)."""
    company = Company.objects.create(**_values(facts))
    _keep_reach(company, reach)
    events.record("company.added", company, actor=actor)
    return company


@transaction.atomic
def edit_company(
    company: Company, facts: CompanyFacts, reach: Reach | None = None, *, seen_version: int, actor: User
) -> Company:
    """Change what a company says; without `reach` its channels and addresses stay.

    Raises ContactEditedMeanwhile when `seen_version` is not the present one, CompanyAboveItself for a circle.
    """
    company = _lock(company, seen_version)
    _refuse_circle(company, facts.parent)
    _change(company, facts, reach)
    events.record("company.edited", company, actor=actor)
    return company


@transaction.atomic
def add_person(facts: PersonFacts, reach: Reach | None = None, *, actor: User) -> Person:
    """Enter a person; whether they are known already is asked by the form (contacts.duplicates)."""
    person = Person.objects.create(**_values(facts))
    _keep_reach(person, reach)
    events.record("person.added", person, actor=actor)
    return person


@transaction.atomic
def add_employee(
    company: Company,
    facts: PersonFacts,
    reach: Reach | None = None,
    *,
    actor: User,
    position: str = "",
    role: str = "",
) -> Person:
    """Enter a person who works for this company."""
    person = add_person(facts, reach, actor=actor)
    employ(person, company, position=position, role=role, actor=actor)
    return person


@transaction.atomic
def edit_person(
    person: Person, facts: PersonFacts, reach: Reach | None = None, *, seen_version: int, actor: User
) -> Person:
    """Change what a person says; without `reach` their channels and addresses stay.

    Raises ContactEditedMeanwhile when `seen_version` is not the present one.
    """
    person = _lock(person, seen_version)
    _change(person, facts, reach)
    events.record("person.edited", person, actor=actor)
    return person


@transaction.atomic
def archive(contact: Contact, *, actor: User) -> Contact:
    """Take a company or person out of lists and choices; nothing is deleted. Twice is a no-op."""
    contact = _lock(contact)
    if contact.archived_at is None:
        contact.archived_at = timezone.now()
        contact.save(update_fields=["archived_at"])
        events.record("contact.archived", contact, actor=actor)
    return contact


@transaction.atomic
def unarchive(contact: Contact, *, actor: User) -> Contact:
    """Bring an archived company or person back. Twice is a no-op."""
    contact = _lock(contact)
    if contact.archived_at is not None:
        contact.archived_at = None
        contact.save(update_fields=["archived_at"])
        events.record("contact.unarchived", contact, actor=actor)
    return contact


@transaction.atomic
def employ(
    person: Person,
    company: Company,
    *,
    actor: User,
    position: str = "",
    role: str = "",
    since: date | None = None,
) -> Employment:
    """Note that a person works for a company; AlreadyEmployed when they do already."""
    person = _lock(person)
    if person.employments.filter(company=company, until=None).exists():
        raise AlreadyEmployed(_("This person already works for this company."))
    employment = Employment.objects.create(
        person=person, company=company, position=position, role=role, since=since
    )
    events.record("employment.added", employment, actor=actor)
    return employment


@transaction.atomic
def edit_employment(employment: Employment, *, position: str, role: str, actor: User) -> Employment:
    """Correct position and role."""
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    employment.position, employment.role = position, role
    employment.save(update_fields=["position", "role"])
    events.record("employment.edited", employment, actor=actor)
    return employment


@transaction.atomic
def end_employment(employment: Employment, on: date, *, actor: User) -> Employment:
    """Note the last day of an employment; the row stays as history."""
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    if employment.until is not None:
        raise EmploymentEnded(_("This employment has ended already."))
    if employment.since and on < employment.since:
        raise EndsBeforeStart(_("The end must not lie before the start."))
    employment.until = on
    employment.save(update_fields=["until"])
    events.record("employment.ended", employment, actor=actor)
    return employment


def _lock(contact: Contact, seen_version: int | None = None) -> Contact:
    fresh: Contact = type(contact).objects.select_for_update().get(pk=contact.pk)
    if seen_version is not None and fresh.version != seen_version:
        raise ContactEditedMeanwhile(
            _("Someone else has changed this entry in the meantime. Nothing was saved yet.")
        )
    return fresh


def _refuse_circle(company: Company, parent: Company | None) -> None:
    above = parent
    for _step in range(DEEPEST_CONCERN):
        if above is None:
            return
        if above.pk == company.pk:
            break
        above = above.parent
    raise CompanyAboveItself(_("A company cannot be its own parent company, not even through others."))


def _change(contact: Company | Person, facts: CompanyFacts | PersonFacts, reach: Reach | None) -> None:
    for name, value in _values(facts).items():
        setattr(contact, name, value)
    contact.version += 1
    contact.save()
    _keep_reach(contact, reach)


def _keep_reach(contact: Company | Person, reach: Reach | None) -> None:
    if reach is not None:
        _keep_rows(contact, contact.channels, reach.channels)
        _keep_rows(contact, contact.addresses, reach.addresses)


def _keep_rows(
    contact: Company | Person, rows: object, wanted: Sequence[ChannelFacts] | Sequence[AddressFacts]
) -> None:
    """Make the rows of a contact those wanted; a key of someone else's row counts as new."""
    known: dict[int, Channel | Address] = {row.pk: row for row in rows.all()}  # type: ignore[attr-defined]
    for facts in wanted:
        values = {name: value for name, value in _values(facts).items() if name != "pk"}
        row = known.pop(facts.pk, None) if facts.pk else None
        if row is None:
            rows.create(**values)  # type: ignore[attr-defined]
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
    for row in known.values():
        row.delete()


def _values(facts: object) -> dict[str, object]:
    return {entry.name: getattr(facts, entry.name) for entry in fields(facts)}  # type: ignore[arg-type]
