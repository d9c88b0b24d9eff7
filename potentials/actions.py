"""Every write to potentials: estimating, setting aside, and opening a deal of what is open."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Product, ProductGroup
from contacts.models import Company
from core import events
from core.form_keys import wait_for_twin
from pipeline.actions import DealFacts, open_deal
from pipeline.models import Deal, DealKind, DealQuerySet
from potentials.bought import recount_bought
from potentials.errors import NothingOpen, PotentialChangedMeanwhile, PotentialExists, PotentialWorkedOn
from potentials.models import Potential, PotentialDeal, PotentialEstimate


@dataclass(frozen=True)
class Estimate:
    """What somebody believes a customer needs in a year, and why; `stated_share` from 0 to 1."""

    demand: Decimal
    estimated_on: date
    currency: str = "EUR"
    quantity: Decimal | None = None
    unit: str = ""
    stated_share: Decimal | None = None
    source: str = ""
    note: str = ""


# What the history keeps of each estimate; the note belongs to the potential.
KEPT = tuple(field.name for field in fields(Estimate) if field.name != "note")


@transaction.atomic
def add_potential(
    company: Company,
    group: ProductGroup,
    estimate: Estimate,
    *,
    year: int | None = None,
    actor: User | None,
    form_key: UUID | None = None,
) -> Potential:
    """Note what a company needs of a product group; PotentialExists when there is an estimate already.

    The same `form_key` again answers the potential it entered.
    """
    if form_key is not None:
        wait_for_twin(form_key)
        if already := Potential.objects.filter(form_key=form_key).first():
            return already
    company = Company.objects.select_for_update().get(pk=company.pk)
    if Potential.objects.filter(company=company, group=group, year=year, archived_at=None).exists():
        raise PotentialExists(_("There is an estimate for this product group and year already."))
    potential = Potential(company=company, group=group, year=year, form_key=form_key)
    _say(potential, estimate, actor=actor)
    events.record("potential.added", potential, actor=actor)
    return potential


@transaction.atomic
def estimate_again(potential: Potential, estimate: Estimate, *, seen_version: int, actor: User) -> Potential:
    """Replace an estimate by a newer one; the former stays in the history.

    PotentialChangedMeanwhile when `seen_version` is not the present one.
    """
    potential = _lock(potential)
    if potential.version != seen_version:
        raise PotentialChangedMeanwhile(_("Someone else has estimated this again in the meantime."))
    potential.version += 1
    _say(potential, estimate, actor=actor)
    events.record("potential.estimated", potential, actor=actor)
    return potential


@transaction.atomic
def archive_potential(potential: Potential, *, actor: User) -> Potential:
    """Set a potential aside: it counts no more. A second time changes nothing."""
    potential = _lock(potential)
    if potential.archived_at is None:
        potential.archived_at = timezone.now()
        potential.save(update_fields=["archived_at"])
        events.record("potential.archived", potential, actor=actor)
    return potential


@transaction.atomic
def unarchive_potential(potential: Potential, *, actor: User) -> Potential:
    """Let a potential count again; PotentialExists when another one took its place."""
    potential = _lock(potential)
    if potential.archived_at is None:
        return potential
    same = Potential.objects.filter(company=potential.company, group=potential.group, year=potential.year)
    if same.filter(archived_at=None).exists():
        raise PotentialExists(_("There is an estimate for this product group and year already."))
    potential.archived_at = None
    potential.save(update_fields=["archived_at"])
    recount_bought([potential.company_id])
    events.record("potential.unarchived", potential, actor=actor)
    return potential


@transaction.atomic
def open_deal_of(potential: Potential, *, actor: User) -> Deal:
    """Open a deal in Akquise worth what is open; the one that is open already is answered instead.

    Locks the potential, so that two clicks open one deal. PotentialWorkedOn when the open deal belongs to
    a colleague whose deals the actor may not see.
    """
    potential = _lock(potential)
    if open_deal_already := _open_deals(potential).first():
        return _seen_by(actor, open_deal_already)
    if potential.archived_at is not None or potential.open_value <= 0:
        raise NothingOpen(_("Nothing of this potential is open any more."))
    deal = open_deal(_facts(potential, actor), actor=actor)
    PotentialDeal.objects.create(potential=potential, deal=deal)
    events.record("potential.deal_opened", potential, actor=actor, deal=deal.pk)
    return deal


def _lock(potential: Potential) -> Potential:
    locked = Potential.objects.select_for_update(of=("self",)).select_related("company", "group")
    return locked.get(pk=potential.pk)


def _say(potential: Potential, estimate: Estimate, *, actor: User | None) -> None:
    for field in fields(estimate):
        setattr(potential, field.name, getattr(estimate, field.name))
    potential.estimated_by = actor
    potential.save()
    said = {name: getattr(estimate, name) for name in KEPT}
    PotentialEstimate.objects.create(potential=potential, by=actor, **said)
    recount_bought([potential.company_id])
    potential.refresh_from_db(fields=["bought", "open_value"])


def _open_deals(potential: Potential) -> DealQuerySet:
    return Deal.objects.current().open().filter(potential_link__potential=potential).order_by("pk")


def _seen_by(actor: User, deal: Deal) -> Deal:
    if not Deal.objects.visible_to(actor).filter(pk=deal.pk).exists():
        raise PotentialWorkedOn(_("A colleague is working on this potential already."))
    return deal


def _facts(potential: Potential, actor: User) -> DealFacts:
    products = list(Product.objects.filter(group=potential.group, is_active=True)[:2])
    has_bought = bool(potential.bought or potential.stated_share)
    return DealFacts(
        title=str(potential.group),
        owner=actor,
        company=potential.company,
        kind=DealKind.EXISTING if has_bought else DealKind.NEW,
        value=potential.open_value,
        currency=potential.currency,
        product=products[0] if len(products) == 1 else None,
    )
