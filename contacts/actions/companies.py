"""Companies: entering them, changing what they say."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.actions.contact import entered_by, lock, values
from contacts.actions.reach import Reach, change, keep_reach
from contacts.actions.tags import keep_tags
from contacts.errors import CompanyAboveItself, CustomerNumberTaken
from contacts.legal_forms import legal_form
from contacts.models import Company
from contacts.stand import TYPED, Told, record_told, said_by
from core import events
from extra_fields.values import Stored


@dataclass(frozen=True)
class CompanyFacts:
    """What a user says of a company; a legal form that is not given is read from the name."""

    name: str
    legal_form: str = ""
    kinds: list[str] = field(default_factory=lambda: [str(Company.Kind.PROSPECT)])
    customer_number: str = ""
    parent: Company | None = None
    industry: str = ""
    employees: int | None = None
    stated_size: str = ""
    register_court: str = ""
    register_number: str = ""
    vat_id: str = ""
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
    tags: Sequence[str] | None = None,
    told: Told = TYPED,
) -> Company:
    """Enter a company; whether it is known already is asked by the form (contacts.duplicates).

    The same `form_key` again answers the company it entered.
    """
    already = entered_by(form_key, Company)
    if already is not None:
        return already
    facts = _with_legal_form(facts)
    with _number_free():
        company = Company.objects.create(**values(facts), form_key=form_key)
    record_told(company, said_by(facts), told, by=actor)
    keep_reach(company, reach, told, actor=actor)
    keep_tags(company, tags, told, actor=actor)
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
    tags: Sequence[str] | None = None,
    told: Told = TYPED,
) -> Company:
    """Change what a company says; without `reach` or `tags` those stay.

    Raises ContactEditedMeanwhile when `seen_version` is not the present one, CompanyAboveItself for a circle.
    """
    company = lock(company, seen_version)
    if facts.parent is not None and facts.parent.is_part_of(company):
        raise CompanyAboveItself(_("A company cannot be its own parent company, not even through others."))
    with _number_free():
        change(company, _with_legal_form(facts), reach, told, actor=actor)
    keep_tags(company, tags, told, actor=actor)
    events.record("company.edited", company, actor=actor)
    return company


def _with_legal_form(facts: CompanyFacts) -> CompanyFacts:
    return facts if facts.legal_form else replace(facts, legal_form=legal_form(facts.name))


@contextmanager
def _number_free() -> Iterator[None]:
    """Say it in words when somebody else has just given the same customer number."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        if "company_customer_number_once" not in str(problem):
            raise
        raise CustomerNumberTaken(_("Another company has this customer number already.")) from problem
