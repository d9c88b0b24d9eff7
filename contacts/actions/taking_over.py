"""Taking over what a pasted text proposes, field by field, with its source in the stand."""

from collections.abc import Sequence
from dataclasses import fields, replace

from django.db import transaction

from accounts.models import User
from contacts.actions.companies import CompanyFacts, edit_company
from contacts.actions.employments import edit_employment, employ
from contacts.actions.persons import PersonFacts, edit_person
from contacts.actions.reach import AddressFacts, ChannelFacts, Reach
from contacts.models import Address, Channel, Company, Employment, Person
from contacts.proposals import COMPANY_FIELDS, PERSON_FIELDS, Proposal
from contacts.recognising import address_parts
from contacts.stand import WHOLE, Origin, Told, record_stand


@transaction.atomic
def take_over(
    row: Company | Person, chosen: Sequence[Proposal], *, source: str, seen_version: int, actor: User
) -> None:
    """Write the chosen proposals into a company or person; those that agree with it are confirmed.

    Raises ContactEditedMeanwhile when `seen_version` is not the present one.
    """
    told = Told(Origin.TYPED, source)
    named = COMPANY_FIELDS if isinstance(row, Company) else PERSON_FIELDS
    columns = {one.field: one.value for one in chosen if one.field in named and not one.is_same}
    reach = _reach(chosen)
    if isinstance(row, Company):
        company = replace(_company_facts(row), **columns, **_form_by_name(columns))  # type: ignore[arg-type]
        edit_company(row, company, reach, seen_version=seen_version, actor=actor, told=told)
    else:
        edit_person(
            row,
            replace(_person_facts(row), **columns),  # type: ignore[arg-type]
            reach,
            seen_version=seen_version,
            actor=actor,
            told=told,
        )
        _take_job(row, chosen, actor=actor)
    for one in chosen:
        _confirm(row, one, named=set(named), told=told, actor=actor)


def _company_facts(company: Company) -> CompanyFacts:
    return CompanyFacts(**_as_it_stands(company, CompanyFacts))  # type: ignore[arg-type]


def _person_facts(person: Person) -> PersonFacts:
    return PersonFacts(**_as_it_stands(person, PersonFacts))  # type: ignore[arg-type]


def _as_it_stands(row: Company | Person, facts: type[CompanyFacts] | type[PersonFacts]) -> dict[str, object]:
    return {entry.name: getattr(row, entry.name) for entry in fields(facts) if entry.name != "extra"}


def _form_by_name(columns: dict[str, str]) -> dict[str, str]:
    """A new name brings its own legal form."""
    return {"legal_form": ""} if "name" in columns else {}


def _reach(chosen: Sequence[Proposal]) -> Reach:
    channels, addresses = [], []
    for one in chosen:
        if one.is_same:
            continue
        if one.field == "address":
            street, code, city, country = address_parts(one.value)
            kept = one.target if isinstance(one.target, Address) else None
            use = kept.use if kept else Address.Use.MAIN
            addresses.append(AddressFacts(street, code, city, country, use, pk=kept.pk if kept else None))
        elif one.field in Channel.Kind.values:
            channels.append(ChannelFacts(one.field, one.value))
    return Reach(channels, addresses)


def _take_job(person: Person, chosen: Sequence[Proposal], *, actor: User) -> None:
    for one in chosen:
        if isinstance(one.target, Company):
            employ(person, one.target, actor=actor)
        elif isinstance(one.target, Employment) and not one.is_same:
            job = one.target
            edit_employment(job, position=one.value, role=job.role, seen_version=job.version, actor=actor)


def _confirm(row: Company | Person, one: Proposal, *, named: set[str], told: Told, actor: User) -> None:
    if not one.is_same:
        return
    if one.field in named:
        record_stand(row, [one.field], origin=told.origin, source=told.source, by=actor)
    elif isinstance(one.target, Channel | Address):
        record_stand(one.target, [WHOLE], origin=told.origin, source=told.source, by=actor)
