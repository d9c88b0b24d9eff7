"""What allows us to reach a contact, what ends it, what it was used for: lines are only ever added."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.errors import ObjectionStands, PermissionEnded
from contacts.lawful import Contact, Verdict, letter_address, may_reach
from contacts.models import Address, Company, LegalEntry, LegalUse, Means, Suppression
from contacts.models.law import MEANS_OF_CHANNEL
from contacts.suppression import lift, suppress
from core import events

Kind = LegalEntry.Kind


@dataclass(frozen=True)
class Consent:
    """What somebody consented to, and what proves it; without `value` it holds for all of a means."""

    means: str
    wording: str
    way: str
    source: str
    at: datetime
    value: str = ""
    proof: str = ""


@transaction.atomic
def record_consent(contact: Contact, consent: Consent, *, actor: User | None) -> LegalEntry:
    """Note an express consent; one that can be proved takes the number or address off the blocked list."""
    _lock(contact)
    entry = _add(
        contact,
        Kind.CONSENT,
        consent.means,
        actor,
        value=consent.value,
        wording=consent.wording,
        way=consent.way,
        source=consent.source,
        proof=consent.proof,
        at=consent.at,
    )
    if entry.is_proven:
        for value in _values(contact, consent.means, consent.value):
            lift(consent.means, value)
    events.record("contact.permission_noted", contact, actor=actor, means=consent.means, basis=entry.kind)
    return entry


@transaction.atomic
def note_presumed_consent(contact: Contact, reason: str, *, actor: User | None) -> LegalEntry:
    """Note why a company can be presumed to want calls, before the first one; ObjectionStands after a no."""
    _refuse_after_no(contact, Means.PHONE)
    entry = _add(contact, Kind.PRESUMED, Means.PHONE, actor, reason=reason)
    events.record("contact.permission_noted", contact, actor=actor, means=entry.means, basis=entry.kind)
    return entry


@transaction.atomic
def note_existing_customer(
    contact: Contact, bought: str, *, at: datetime, actor: User | None, value: str = ""
) -> LegalEntry:
    """Note that all conditions of § 7 (3) UWG are met: who says so vouches for them."""
    _refuse_after_no(contact, Means.EMAIL)
    entry = _add(
        contact,
        Kind.CUSTOMER,
        Means.EMAIL,
        actor,
        value=value,
        reason=bought,
        at=at,
        obtained_in_sale=True,
        told_of_objection=True,
    )
    events.record("contact.permission_noted", contact, actor=actor, means=entry.means, basis=entry.kind)
    return entry


@transaction.atomic
def withdraw(entry: LegalEntry, *, actor: User | None, source: str = "") -> LegalEntry:
    """End a permission, as easily as it was given; PermissionEnded when it ended already."""
    contact = _lock(entry.person or entry.company)
    if not entry.is_permission or entry.withdrawals.exists():
        raise PermissionEnded(_("This permission has ended already."))
    line = _add(contact, Kind.WITHDRAWAL, entry.means, actor, value=entry.value, source=source, ends=entry)
    events.record("contact.permission_withdrawn", contact, actor=actor, means=entry.means, entry=entry.pk)
    return line


@transaction.atomic
def record_objection(
    contact: Contact,
    means: str,
    *,
    actor: User | None,
    value: str = "",
    source: str = "",
    is_total: bool = False,
    at: datetime | None = None,
) -> LegalEntry:
    """Note that a contact objects to a number, an address, or (without `value`) to a means as a whole.

    What is blocked stays so through deletion, import and merging: by its keyed hash. Twice does no harm.
    """
    _lock(contact)
    at = at or timezone.now()
    entry = _add(contact, Kind.OBJECTION, means, actor, value=value, source=source, is_total=is_total, at=at)
    blocked = [
        suppress(means, place, origin=Suppression.Origin.OBJECTION, is_total=is_total, since=at)
        for place in _values(contact, means, value)
    ]
    keys = ",".join(str(row.pk) for row in blocked)
    events.record("contact.objected", contact, actor=actor, means=means, entry=entry.pk, blocked=keys)
    return entry


def note_use(
    contact: Contact, means: str, *, actor: User | None, at: datetime | None = None, value: str | None = None
) -> Verdict:
    """Remember that a permission was made use of, which keeps its proof for five more years (§ 7a UWG).

    Refuses nothing: that somebody called is true whether or not they were allowed to.
    """
    verdict = may_reach(contact, means, channel=value)
    if verdict.basis is not None and verdict.basis.is_permission:
        LegalUse.objects.create(entry=verdict.basis, at=at or timezone.now(), used_by=actor)
    return verdict


def _add(contact: Contact, kind: str, means: str, actor: User | None, **said: object) -> LegalEntry:
    column = "company" if isinstance(contact, Company) else "person"
    line: LegalEntry = LegalEntry.objects.create(
        **{column: contact}, kind=kind, means=means, recorded_by=actor, **said
    )
    return line


def _refuse_after_no(contact: Contact, means: str) -> None:
    _lock(contact)
    if may_reach(contact, means).is_blocked:
        raise ObjectionStands(_("They objected. Only their express consent changes that."))


def _lock(contact: Contact | None) -> Contact:
    """The contact, locked: lines of one contact are written one after the other."""
    if contact is None:
        raise PermissionEnded(_("This permission has ended already."))
    locked: Contact = type(contact).objects.select_for_update(no_key=True).get(pk=contact.pk)
    return locked


def _values(contact: Contact, means: str, value: str) -> list[str]:
    """The one that was named, or all of this means."""
    if value:
        return [value]
    if means == Means.LETTER:
        addresses: list[Address] = list(contact.addresses.all())
        return [letter_address(contact, str(address)) for address in addresses]
    kinds = [kind for kind, by in MEANS_OF_CHANNEL.items() if by == means]
    return list(contact.channels.filter(kind__in=kinds).values_list("value", flat=True))
