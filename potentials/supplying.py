"""Every write to sources of supply: noting from whom a company buys a product group, and setting it aside."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from catalog.models import ProductGroup
from contacts.models import Company
from core import events
from core.form_keys import wait_for_twin
from potentials.errors import SharesAboveWhole, SupplyChangedMeanwhile, SupplyNoted
from potentials.models import Supply


@dataclass(frozen=True)
class SupplyFacts:
    """From whom, which part (0 to 1; None where nobody knows), and how we know."""

    source: str
    noted_on: date
    supplier: str = ""
    share: Decimal | None = None
    ground: str = ""


@transaction.atomic
def note_supply(
    company: Company,
    group: ProductGroup,
    facts: SupplyFacts,
    *,
    actor: User,
    form_key: UUID | None = None,
) -> Supply:
    """Note a source of supply; the same `form_key` again answers the one it noted.

    Raises SupplyNoted when this one is noted already, SharesAboveWhole when the parts come to more than all.
    """
    if form_key is not None:
        wait_for_twin(form_key)
        if already := Supply.objects.filter(form_key=form_key).first():
            return already
    _lock(company)
    supply = Supply(company=company, group=group, form_key=form_key)
    _write(supply, facts, actor)
    events.record("supply.noted", supply, actor=actor)
    return supply


@transaction.atomic
def edit_supply(supply: Supply, facts: SupplyFacts, *, seen_version: int, actor: User) -> Supply:
    """Note it anew; SupplyChangedMeanwhile when `seen_version` is not the present one."""
    _lock(supply.company)
    supply = Supply.objects.select_for_update(of=("self",)).get(pk=supply.pk)
    if supply.version != seen_version:
        raise SupplyChangedMeanwhile
    supply.version += 1
    _write(supply, facts, actor)
    events.record("supply.edited", supply, actor=actor)
    return supply


@transaction.atomic
def archive_supply(supply: Supply, *, actor: User) -> Supply:
    """Set it aside: they buy there no more. A second time changes nothing."""
    supply = Supply.objects.select_for_update(of=("self",)).get(pk=supply.pk)
    if supply.archived_at is None:
        supply.archived_at = timezone.now()
        supply.save(update_fields=["archived_at"])
        events.record("supply.archived", supply, actor=actor)
    return supply


@transaction.atomic
def unarchive_supply(supply: Supply, *, actor: User) -> Supply:
    """Let it count again. Raises SupplyNoted, SharesAboveWhole."""
    _lock(supply.company)
    supply = Supply.objects.select_for_update(of=("self",)).get(pk=supply.pk)
    if supply.archived_at is not None:
        supply.archived_at = None
        _refuse(supply)
        supply.save(update_fields=["archived_at"])
        events.record("supply.unarchived", supply, actor=actor)
    return supply


def _write(supply: Supply, facts: SupplyFacts, actor: User) -> None:
    for field in fields(facts):
        setattr(supply, field.name, getattr(facts, field.name))
    if supply.source == Supply.Source.US:
        supply.supplier = ""
    supply.noted_by = actor
    _refuse(supply)
    supply.save()


def _refuse(supply: Supply) -> None:
    """The parts of one demand are at most all of it; the company is locked, so nobody adds one meanwhile."""
    others = Supply.objects.filter(company=supply.company_id, group=supply.group_id, archived_at=None)
    others = others.exclude(pk=supply.pk)
    if others.filter(source=supply.source, supplier__iexact=supply.supplier).exists():
        raise SupplyNoted
    noted = others.aggregate(total_share=Sum("share"))["total_share"] or Decimal(0)
    if noted + (supply.share or 0) > 1:
        raise SharesAboveWhole(noted)


def _lock(company: Company) -> None:
    Company.objects.select_for_update(of=("self",)).get(pk=company.pk)
