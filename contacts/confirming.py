"""Confirming with one click that a field is still right."""

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from contacts.facts import company_facts, person_facts
from contacts.models import Address, Channel, Company, FieldStand, Person
from contacts.stand import WHOLE, Origin, Subject, record_stand, stands_of
from extra_fields.models import KEY_PREFIX

KINDS: dict[str, type[Subject]] = {
    "company": Company,
    "person": Person,
    "channel": Channel,
    "address": Address,
}


def subject_for(user: User, kind: str, pk: int) -> Subject:
    """The row whose fields may be confirmed by this user, or 404."""
    model = KINDS.get(kind)
    if model is None:
        raise Http404
    companies, persons = Company.objects.editable_by(user), Person.objects.editable_by(user)
    if model is Company:
        return get_object_or_404(companies, pk=pk)
    if model is Person:
        return get_object_or_404(persons, pk=pk)
    belongs = Q(company__in=companies) | Q(person__in=persons)
    row: Subject = get_object_or_404(model.objects.filter(belongs), pk=pk)
    return row


def can_be_confirmed(row: Subject, field: str) -> bool:
    """Whether the row says something in this field."""
    if isinstance(row, Channel | Address):
        return field == WHOLE
    if field.startswith(KEY_PREFIX):
        return field.removeprefix(KEY_PREFIX) in row.extra
    if field == "tags":
        return row.taggings.exists()
    facts = company_facts(row) if isinstance(row, Company) else person_facts(row)
    return field in {fact.field for fact in facts}


@transaction.atomic
def confirm_field(row: Subject, field: str, *, actor: User) -> None:
    """Note that the value is still right today; where it came from stays, whoever confirms it."""
    before: FieldStand | None = stands_of(row).get(field)
    record_stand(
        row,
        [field],
        origin=before.origin if before else Origin.TYPED,
        source=before.source if before else "",
        by=actor,
    )
