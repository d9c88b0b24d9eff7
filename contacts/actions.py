"""Every write to the customer database: companies, persons, their channels and addresses, who works where."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TypeVar
from uuid import UUID

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
from core.form_keys import wait_for_twin

DEEPEST_CONCERN = 50

Contact = TypeVar("Contact", Company, Person)
Versioned = TypeVar("Versioned", Company, Person, Employment)


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
    """One way to reach a contact; `pk` is the row it was, None for a new one. Without a value it is to go."""

    kind: str
    value: str
    label: str = ""
    pk: int | None = None

    @property
    def is_emptied(self) -> bool:
        """Whether nothing is left of it."""
        return not self.value


@dataclass(frozen=True)
class AddressFacts:
    """One address of a contact; `pk` is the row it was, None for a new one. Without a place it is to go."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "DE"
    pk: int | None = None

    @property
    def is_emptied(self) -> bool:
        """Whether nothing is left of it."""
        return not (self.street or self.postal_code or self.city)


@dataclass(frozen=True)
class Reach:
    """Channels and addresses of a contact as a form showed them.

    Rows that are not named stay: someone else added them while the form was open.
    """

    channels: Sequence[ChannelFacts] = field(default_factory=tuple)
    addresses: Sequence[AddressFacts] = field(default_factory=tuple)


@transaction.atomic
def add_company(
    facts: CompanyFacts, reach: Reach | None = None, *, actor: User, form_key: UUID | None = None
) -> Company:
    """Enter a company; whether it is known already is asked by the form (contacts.duplicates).

    The same `form_key` again answers the company it entered.
    """
    already = _entered_by(form_key, Company)
    if already is not None:
        return already
    company = Company.objects.create(**_values(facts), form_key=form_key)
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
def add_person(
    facts: PersonFacts, reach: Reach | None = None, *, actor: User, form_key: UUID | None = None
) -> Person:
    """Enter a person; whether they are known already is asked by the form (contacts.duplicates).

    The same `form_key` again answers the person it entered.
    """
    already = _entered_by(form_key, Person)
    if already is not None:
        return already
    person = Person.objects.create(**_values(facts), form_key=form_key)
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
    form_key: UUID | None = None,
) -> Person:
    """Enter a person who works for this company; the same `form_key` again answers the person it entered."""
    already = _entered_by(form_key, Person)
    if already is not None:
        return already
    person = add_person(facts, reach, actor=actor, form_key=form_key)
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
def edit_employment(
    employment: Employment, *, position: str, role: str, seen_version: int, actor: User
) -> Employment:
    """Correct position and role; ContactEditedMeanwhile when `seen_version` is not the present one."""
    employment = _lock(employment, seen_version)
    employment.position, employment.role = position, role
    _save_next_version(employment, "position", "role")
    events.record("employment.edited", employment, actor=actor)
    return employment


@transaction.atomic
def end_employment(employment: Employment, on: date, *, actor: User) -> Employment:
    """Note the last day of an employment; the row stays as history. It ends once, whoever says so first."""
    employment = _lock(employment)
    if employment.until is not None:
        raise EmploymentEnded(_("This employment has ended already."))
    if employment.since and on < employment.since:
        raise EndsBeforeStart(_("The end must not lie before the start."))
    employment.until = on
    _save_next_version(employment, "until")
    events.record("employment.ended", employment, actor=actor)
    return employment


def _entered_by(form_key: UUID | None, kind: type[Contact]) -> Contact | None:
    if form_key is None:
        return None
    wait_for_twin(form_key)
    entered: Contact | None = kind.objects.filter(form_key=form_key).first()
    return entered


def _lock(row: Versioned, seen_version: int | None = None) -> Versioned:
    fresh: Versioned = type(row).objects.select_for_update().get(pk=row.pk)
    if seen_version is not None and fresh.version != seen_version:
        raise ContactEditedMeanwhile(
            _("Someone else has changed this entry in the meantime. Nothing was saved yet.")
        )
    return fresh


def _save_next_version(employment: Employment, *fields: str) -> None:
    employment.version += 1
    employment.save(update_fields=[*fields, "version"])


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
    """Write the rows of a contact as wanted; a key of someone else's row counts as new."""
    known: dict[int, Channel | Address] = {row.pk: row for row in rows.all()}  # type: ignore[attr-defined]
    for facts in wanted:
        values = {name: value for name, value in _values(facts).items() if name != "pk"}
        row = known.get(facts.pk) if facts.pk else None
        if facts.is_emptied:
            if row is not None:
                row.delete()
        elif row is None:
            rows.create(**values)  # type: ignore[attr-defined]
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()


def _values(facts: object) -> dict[str, object]:
    return {entry.name: getattr(facts, entry.name) for entry in fields(facts)}  # type: ignore[arg-type]
