"""Keeping deals: opening and editing them, who owns and helps, their next step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Product
from contacts.models import BuyingRole, Company, Employment, Person
from contacts.purchases import mirror_purchases
from core import events
from core.form_keys import wait_for_twin
from extra_fields.values import Stored, merged
from leads.models import Source
from pipeline.actions.criteria import name_person
from pipeline.actions.history import facts_row, lock, record_facts, record_opening
from pipeline.errors import CustomerMissing, DealEditedMeanwhile
from pipeline.models import Deal, DealChange, DealKind, DealMember, Origin, Stage

# What a change of goes into DealChange, because figures of a past day need it.
TRACKED = ("owner", "value", "currency", "expected_close_on")


@dataclass(frozen=True)
class DealFacts:
    """What a user says of a deal when opening or editing it; company and person may be new, not saved yet."""

    title: str
    owner: User
    company: Company | None = None
    person: Person | None = None
    kind: str = DealKind.NEW
    value: Decimal = Decimal(0)
    currency: str = "EUR"
    product: Product | None = None
    source: Source | None = None
    expected_close_on: date | None = None
    note: str = ""
    # By code; None takes a value away, what is not named stays.
    extra: Mapping[str, Stored | None] | None = None


@transaction.atomic
def open_deal(
    facts: DealFacts,
    *,
    actor: User | None,
    stage: Stage = Stage.AKQUISE,
    at: datetime | None = None,
    origin: Origin = Origin.TYPED,
    form_key: UUID | None = None,
) -> Deal:
    """Open a deal in a stage, with the first rows of its history.

    The same `form_key` again answers the deal it opened.

    The customer's person joins the buying centre when the company knows their role.
    """
    already = _opened_by(form_key)
    if already is not None:
        return already
    moment = at or timezone.now()
    _enter_new_customers(facts, actor=actor)
    deal = Deal.objects.create(
        **_values(facts, {}), stage=stage, stage_since=moment, opened_at=moment, form_key=form_key
    )
    record_opening(deal, actor=actor, origin=origin)
    events.record("deal.opened", deal, actor=actor, stage=int(stage))
    if facts.person is not None:
        role = _known_role(facts.person, facts.company)
        if role:
            name_person(deal, facts.person, BuyingRole(role), actor=actor)
    return deal


@transaction.atomic
def edit_deal(deal: Deal, facts: DealFacts, *, seen_version: int, actor: User | None) -> Deal:
    """Change what a deal says; owner, value, currency and expected closing leave a history row.

    `seen_version` is the version the form was opened with; DealEditedMeanwhile when someone saved since.
    CustomerMissing when a won deal would be left without a customer.
    """
    deal = lock(deal)
    if deal.version != seen_version:
        raise DealEditedMeanwhile(
            _("Someone else has changed this deal in the meantime. Nothing was saved yet.")
        )
    if deal.is_won and facts.company is None and facts.person is None:
        raise CustomerMissing
    _enter_new_customers(facts, actor=actor)
    values = _values(facts, deal.extra)
    changed = {name for name, value in values.items() if getattr(deal, name) != value}
    if not changed:
        return deal

    before = (deal.company, deal.person)
    for name in changed:
        setattr(deal, name, values[name])
    deal.version += 1
    deal.save()
    if deal.is_won and changed.intersection(("company", "person")):
        mirror_purchases(*before, deal.company, deal.person)
    if changed.intersection(TRACKED):
        record_facts(deal, actor=actor, at=timezone.now())
    events.record("deal.edited", deal, actor=actor, fields=",".join(sorted(changed)))
    return deal


@transaction.atomic
def set_recurring(deal: Deal, *, monthly: Decimal | None, yearly: Decimal | None, actor: User | None) -> Deal:
    """Note what a deal brings again and again, net, apart from its value; the same once more is a no-op."""
    deal = lock(deal)
    said = {"monthly_value": monthly, "yearly_value": yearly}
    changed = [name for name, value in said.items() if getattr(deal, name) != value]
    if changed:
        for name in changed:
            setattr(deal, name, said[name])
        deal.version += 1
        deal.save()
        events.record("deal.edited", deal, actor=actor, fields=",".join(changed))
    return deal


@transaction.atomic
def hand_over_deals(deals: Iterable[Deal], to: User, *, actor: User | None) -> int:
    """Give deals to another owner; answer how many. What the former owner entered stays credited to them."""
    moment = timezone.now()
    locked = list(
        Deal.objects.select_for_update(of=("self",))
        .filter(pk__in=[deal.pk for deal in deals])
        .exclude(owner=to)
        .order_by("pk")
    )
    last_seq = dict(
        DealChange.objects.filter(deal__in=locked).values_list("deal").annotate(last_seq=Max("seq"))
    )
    for deal in locked:
        deal.owner = to
        deal.version += 1
    Deal.objects.bulk_update(locked, ["owner", "version"], batch_size=500)
    DealChange.objects.bulk_create(
        (facts_row(deal, seq=last_seq[deal.pk] + 1, actor=actor, at=moment) for deal in locked),
        batch_size=500,
    )
    if locked:
        events.record("deals.handed_over", to, actor=actor, count=len(locked))
    return len(locked)


def set_next_step(deal: Deal, text: str, on: date | None) -> None:
    """Mirror the earliest open follow-up; `text` is empty when there is none. Called by activities only."""
    Deal.objects.filter(pk=deal.pk).update(next_step=text[:200], next_step_on=on)


@transaction.atomic
def add_member(deal: Deal, user: User, *, actor: User) -> DealMember:
    """Let a colleague work on the deal, too."""
    member, is_new = DealMember.objects.get_or_create(deal=deal, user=user)
    if is_new:
        events.record("deal.member_added", deal, actor=actor, user=user.pk)
    return member


@transaction.atomic
def remove_member(member: DealMember, *, actor: User) -> None:
    """End a colleague's work on the deal."""
    events.record("deal.member_removed", member.deal, actor=actor, user=member.user_id)
    member.delete()


def facts_of(deal: Deal) -> DealFacts:
    """What a deal says now, as a user would have to say it."""
    return DealFacts(**{field.name: getattr(deal, field.name) for field in fields(DealFacts)})


def _opened_by(form_key: UUID | None) -> Deal | None:
    if form_key is None:
        return None
    wait_for_twin(form_key)
    return Deal.objects.filter(form_key=form_key).first()


def _enter_new_customers(facts: DealFacts, *, actor: User | None) -> None:
    """Whom nobody knew before comes into the customer database, the person as working for the company."""
    is_new_person = facts.person is not None and facts.person.pk is None
    for customer in (facts.company, facts.person):
        if customer is not None and customer.pk is None:
            customer.owner = facts.owner
            customer.save()
            events.record(f"{customer._meta.model_name}.added", customer, actor=actor)
    if facts.person is not None and facts.company is not None and is_new_person:
        employment = Employment.objects.create(person=facts.person, company=facts.company)
        events.record("employment.added", employment, actor=actor)


def _values(facts: DealFacts, extra: Mapping[str, Stored]) -> dict[str, object]:
    """Facts by the names of their columns; what is said in extra fields goes on top of `extra`."""
    said = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return {**said, "extra": merged(extra, facts.extra)}


def _known_role(person: Person, company: Company | None) -> str:
    employment = person.employments.filter(company=company, until=None).first() if company else None
    return employment.role if employment else BuyingRole.DECISION_MAKER if company is None else ""
