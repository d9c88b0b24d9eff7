"""What a company is to us, where that follows from what was done elsewhere."""

from django.db import transaction

from accounts.models import User
from contacts.actions.contact import lock
from contacts.models import Company
from contacts.stand import TYPED, record_told
from core import events


@transaction.atomic
def mark_as(company: Company, kind: Company.Kind, *, actor: User | None) -> Company:
    """Let a company be of this kind, too; a second time changes nothing."""
    company = lock(company)
    if kind not in company.kinds:
        company.kinds = [*company.kinds, str(kind)]
        company.version += 1
        company.save(update_fields=["kinds", "version"])
        record_told(company, ["kinds"], TYPED, by=actor)
        events.record("company.edited", company, actor=actor)
    return company
