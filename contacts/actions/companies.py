"""Companies: entering them, changing what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.actions.contact import entered_by, lock, values
from contacts.actions.reach import Reach, change, keep_reach
from contacts.errors import CompanyAboveItself
from contacts.models import Company
from contacts.stand import TYPED, Told, record_told, said_by
from core import events
from extra_fields.values import Stored


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
    # By code; None takes a value away, what is not named stays.
    extra: Mapping[str, Stored | None] | None = None


@transaction.atomic
def add_company(
    facts: CompanyFacts,
    reach: Reach | None = None,
    *,
    actor: User,
    form_key: UUID | None = None,
    told: Told = TYPED,
) -> Company:
    """Enter a company; whether it is known already is asked by the form (contacts.duplicates).

    The same `form_key` again answers the company it entered.
    """
    already = entered_by(form_key, Company)
    if already is not None:
        return already
    company = Company.objects.create(**values(facts), form_key=form_key)
    record_told(company, said_by(facts), told, by=actor)
    keep_reach(company, reach, told, actor=actor)
    events.record("company.added", company, actor=actor)
    return company


@transaction.atomic
def edit_company(
    company: Company,
    facts: CompanyFacts,
    reach: Reach | None = None,
    *,
    seen_version: int,
    actor: User,
    told: Told = TYPED,
) -> Company:
    """Change what a company says; without `reach` its channels and addresses stay.

    Raises ContactEditedMeanwhile when `seen_version` is not the present one, CompanyAboveItself for a circle.
    """
    company = lock(company, seen_version)
    if facts.parent is not None and facts.parent.is_part_of(company):
        raise CompanyAboveItself(_("A company cannot be its own parent company, not even through others."))
    change(company, facts, reach, told, actor=actor)
    events.record("company.edited", company, actor=actor)
    return company
