"""Who works where."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.actions.contact import entered_by, lock
from contacts.actions.persons import PersonFacts, add_person
from contacts.actions.reach import Reach
from contacts.errors import AlreadyEmployed, EmploymentEnded, EndsBeforeStart, ReportsInCircle
from contacts.models import Company, Employment, Person
from contacts.stand import TYPED, Told
from core import events


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
    tags: Sequence[str] | None = None,
    told: Told = TYPED,
) -> Person:
    """Enter a person who works for this company; the same `form_key` again answers the person it entered."""
    already = entered_by(form_key, Person)
    if already is not None:
        return already
    person = add_person(facts, reach, actor=actor, form_key=form_key, tags=tags, told=told)
    employ(person, company, position=position, role=role, actor=actor)
    return person


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
    person = lock(person)
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
    employment = lock(employment, seen_version)
    employment.position, employment.role = position, role
    _save_next_version(employment, "position", "role")
    events.record("employment.edited", employment, actor=actor)
    return employment


@transaction.atomic
def report_to(employment: Employment, superior: Employment | None, *, actor: User) -> Employment:
    """Note who somebody's superior is; ReportsInCircle when that is somebody below them.

    Locks the company, so that two who do this at once close no circle.
    """
    Company.objects.select_for_update().get(pk=employment.company_id)
    employment = lock(employment)
    if employment.reports_to_id == (superior.pk if superior else None):
        return employment
    if superior is not None and superior.pk in {employment.pk, *below(employment)}:
        raise ReportsInCircle(_("Nobody can be their own superior, not even through others."))
    employment.reports_to = superior
    employment.save(update_fields=["reports_to"])
    events.record("employment.edited", employment, actor=actor)
    return employment


def below(employment: Employment) -> set[int]:
    """The keys of all who report to this employment, directly or through others, in the same company."""
    pairs = Employment.objects.filter(company=employment.company_id).exclude(reports_to=None)
    reports: dict[int, list[int]] = {}
    for key, superior in pairs.values_list("pk", "reports_to"):
        reports.setdefault(superior or 0, []).append(key)
    found, waiting = set[int](), list(reports.get(employment.pk, ()))
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += reports.get(key, ())
    return found


@transaction.atomic
def end_employment(employment: Employment, on: date, *, actor: User) -> Employment:
    """Note the last day of an employment; the row stays as history. It ends once, whoever says so first."""
    employment = lock(employment)
    if employment.until is not None:
        raise EmploymentEnded(_("This employment has ended already."))
    if employment.since and on < employment.since:
        raise EndsBeforeStart(_("The end must not lie before the start."))
    employment.until = on
    _save_next_version(employment, "until")
    events.record("employment.ended", employment, actor=actor)
    return employment


def _save_next_version(employment: Employment, *fields: str) -> None:
    employment.version += 1
    employment.save(update_fields=[*fields, "version"])
