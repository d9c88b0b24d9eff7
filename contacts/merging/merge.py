"""One of two rows goes into the other: what it says where that was chosen, and everything attached to it."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.errors import CannotMerge, ContactEditedMeanwhile, ContactMergedMeanwhile
from contacts.matching import Place
from contacts.merging.deadlocks import again_after_deadlock
from contacts.merging.fields import KEPT, Choice, choices_of, put, unique_fields
from contacts.merging.links import Contact, Link, links_to, lock_attached, point
from contacts.merging.stands import take_stands
from contacts.models import Address, Channel, Company, DuplicatePair, MergeRecord
from contacts.purchases import mirror_purchases
from core import events

PARENT = "parent"

Row = TypeVar("Row", Channel, Address)


@again_after_deadlock
@transaction.atomic
def merge(
    survivor: Contact,
    merged: Contact,
    chosen: Mapping[str, str] | None = None,
    *,
    seen_versions: tuple[int, int],
    actor: User,
) -> MergeRecord:
    """Take `merged` into `survivor`; the merged row rests in the archive and leads on.

    `chosen` says per field `kept`, `taken` or `both`; what is not named is as suggested. What a unique
    constraint or the same value on the survivor keeps back stays on the merged row and is remembered.
    ContactEditedMeanwhile when one of the rows is no longer the version that was seen, ContactMergedMeanwhile
    when one of them was merged meanwhile, CannotMerge for a row with itself and for persons who may not be
    worked with. Locks everything attached, then both rows in the order of their keys.
    """
    kind = type(survivor)
    if survivor.pk == merged.pk:
        raise CannotMerge(_("These are not two entries but one."))
    lock_attached(kind, [survivor.pk, merged.pk])
    survivor, merged = lock_pair(survivor, merged)
    _refuse(survivor, merged, seen_versions)

    choices = {choice.name: choice for choice in choices_of(survivor, merged)}
    wanted = {name: (chosen or {}).get(name, choice.suggested) for name, choice in choices.items()}
    values = {name: choice.value(wanted[name]) for name, choice in choices.items()}
    if isinstance(survivor, Company) and isinstance(merged, Company):
        values[PARENT] = _parent(survivor, merged, values[PARENT])
    record = MergeRecord(was_archived_at=merged.archived_at, by=actor, **ends(survivor, merged))
    record.released = _release(merged, choices, values)
    record.fields = _say(survivor, choices, values)
    taken = [choices[name] for name in record.fields if wanted[name] != KEPT]
    record.stands = take_stands(survivor, merged, taken, actor=actor)
    _move_all(record, survivor, merged)
    _retire(survivor, merged)
    mirror_purchases(survivor, merged)
    record.pair_state = _settle_pairs(survivor, merged, actor)
    record.save()
    events.record("contact.merged", survivor, actor=actor, other=merged.pk, merge=record.pk)
    return record


def lock_pair(one: Contact, other: Contact) -> tuple[Contact, Contact]:
    """Both rows as they are now, locked in the order of their keys."""
    rows = type(one).objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    return locked[one.pk], locked[other.pk]


def ends(survivor: Contact, merged: Contact) -> dict[str, Contact]:
    """The columns of a MergeRecord that say which two rows it is about."""
    name = survivor._meta.model_name
    return {f"survivor_{name}": survivor, f"merged_{name}": merged}


def _refuse(survivor: Contact, merged: Contact, seen_versions: tuple[int, int]) -> None:
    if survivor.merged_into_id or merged.merged_into_id:
        raise ContactMergedMeanwhile(_("One of these entries was merged by somebody else in the meantime."))
    if (survivor.version, merged.version) != seen_versions:
        raise ContactEditedMeanwhile(
            _("Someone else has changed one of these entries in the meantime. Nothing was merged yet.")
        )
    for row in (survivor, merged):
        if getattr(row, "restricted_at", None) or getattr(row, "erased_at", None):
            raise CannotMerge(_("The data of one of these persons must not be worked with."))


def _parent(survivor: Company, merged: Company, wanted: object) -> object:
    """The parent the survivor may have: who stood below the merged company takes its place."""
    if survivor.is_part_of(merged):
        return merged.parent_id
    parent = Company.objects.filter(pk=wanted).first() if isinstance(wanted, int) else None
    if parent is not None and (parent.is_part_of(survivor) or parent.is_part_of(merged)):
        return survivor.parent_id
    return wanted


def _release(merged: Contact, choices: dict[str, Choice], values: dict[str, object]) -> dict[str, object]:
    """What no two rows may say, and the survivor shall: the merged row gives it up first."""
    given_up: dict[str, object] = {
        name: choices[name].taken
        for name in unique_fields(type(merged)) & choices.keys()
        if choices[name].differs and choices[name].taken and values[name] == choices[name].taken
    }
    for name in given_up:
        put(merged, name, "")
    if given_up:
        merged.save(update_fields=[*given_up])
    return given_up


def _say(survivor: Contact, choices: dict[str, Choice], values: dict[str, object]) -> dict[str, list[object]]:
    """Let the survivor say what was chosen; answer what changed: before and after."""
    changed = {
        name: [choices[name].kept, value] for name, value in values.items() if value != choices[name].kept
    }
    for name, (_before, after) in changed.items():
        put(survivor, name, after)
    survivor.version += 1
    survivor.save()
    return changed


def _move_all(record: MergeRecord, survivor: Contact, merged: Contact) -> None:
    for link in links_to(type(survivor)):
        keys: set[int] = set(link.of(merged.pk).values_list("pk", flat=True)) - _itself(link, survivor)
        known = _said_already(link, survivor, merged)
        moved, kept_back = point(link, keys - known, survivor.pk)
        if moved:
            record.moved[link.label] = moved
        if known or kept_back:
            record.stayed[link.label] = sorted({*known, *kept_back})


def _itself(link: Link, survivor: Contact) -> set[int]:
    """The survivor is no attachment of its former parent."""
    return {survivor.pk} if link.model is type(survivor) else set()


def _said_already(link: Link, survivor: Contact, merged: Contact) -> set[int]:
    """Channels and addresses of the merged row that the survivor has, too."""
    if link.model is Channel:
        return _doubled(survivor.channels.all(), merged.channels.all(), _number)
    if link.model is Address:
        return _doubled(survivor.addresses.all(), merged.addresses.all(), _where)
    return set()


def _doubled(mine: Iterable[Row], theirs: Iterable[Row], told: Callable[[Row], object]) -> set[int]:
    known = {told(row) for row in mine}
    return {row.pk for row in theirs if told(row) in known}


def _number(channel: Channel) -> object:
    is_phone = channel.kind in (Channel.Kind.PHONE, Channel.Kind.MOBILE)
    return (Channel.Kind.PHONE if is_phone else channel.kind, channel.value.lower())


def _where(address: Address) -> object:
    return (address.use, address.country, Place.of(address.street, address.postal_code, address.city))


def _retire(survivor: Contact, merged: Contact) -> None:
    merged.merged_into = survivor
    merged.archived_at = merged.archived_at or timezone.now()
    merged.version += 1
    merged.save()


def _settle_pairs(survivor: Contact, merged: Contact, actor: User) -> str:
    """Take the pair and other open ones of the merged row off the list; answer what the pair was before."""
    name = survivor._meta.model_name
    low, high = sorted((survivor.pk, merged.pk))
    pair = DuplicatePair.objects.filter(**{f"low_{name}": low, f"high_{name}": high}).first()
    others = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN)
    for side in ("low", "high"):
        others.filter(**{f"{side}_{name}": merged}).exclude(pk=pair.pk if pair else 0).delete()
    if pair is None:
        return ""
    before = pair.state
    pair.state, pair.by, pair.at = DuplicatePair.State.MERGED, actor, timezone.now()
    pair.save(update_fields=["state", "by", "at"])
    return before
