"""Making two rows out of one again: exactly what the merge moved goes back."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.errors import CannotUndoMerge
from contacts.merging.deadlocks import again_after_deadlock
from contacts.merging.fields import labels_of_fields, put, same
from contacts.merging.links import Contact, link_named, lock_attached, point
from contacts.merging.merge import lock_pair
from contacts.merging.stands import put_back
from contacts.models import DuplicatePair, MergeRecord, Person
from contacts.purchases import mirror_purchases
from core import events


@dataclass
class Undone:
    """What became of an undo: the row that is back, and what could not go back as it was changed since."""

    restored: Contact
    edited_fields: list[str] = field(default_factory=list)
    elsewhere: int = 0

    def edited_labels(self) -> list[str]:
        """The names of the fields that were edited since, as the user knows them."""
        labels = labels_of_fields(self.restored)
        return [labels.get(name, name) for name in self.edited_fields]


@again_after_deadlock
@transaction.atomic
def undo_merge(record: MergeRecord, *, actor: User) -> Undone:
    """Bring the merged row back with everything that came from it.

    What was added to the survivor since stays there. A field that somebody edited since stays as it is, a
    row that was moved or deleted since stays where it is; both are told. CannotUndoMerge when it is undone
    already, when the survivor was merged on or took in another row since, or when a person was erased since.
    """
    lock_attached(type(record.survivor), [record.survivor.pk, record.merged.pk])
    survivor, merged = lock_pair(record.survivor, record.merged)
    record = MergeRecord.objects.select_for_update().get(pk=record.pk)
    _refuse(record, survivor, merged)

    undone = Undone(merged)
    undone.elsewhere = _move_back(record, survivor, merged)
    undone.edited_fields = _unsay(record, survivor)
    put_back(survivor, (stand for stand in record.stands if stand["field"] not in undone.edited_fields))
    _restore(record, merged, undone.edited_fields)
    mirror_purchases(survivor, merged)
    _reopen_pair(record, survivor, merged)
    record.undone_by, record.undone_at = actor, timezone.now()
    record.save(update_fields=["undone_by", "undone_at"])
    events.record("contact.merge_undone", merged, actor=actor, other=survivor.pk, merge=record.pk)
    return undone


def _refuse(record: MergeRecord, survivor: Contact, merged: Contact) -> None:
    if record.undone_at is not None:
        raise CannotUndoMerge(_("This merge was undone already."))
    if survivor.merged_into_id is not None:
        raise CannotUndoMerge(_("Since then this entry was merged on. Please undo the later merge first."))
    if later := _later(record):
        raise CannotUndoMerge(
            _("Since then %(name)s was merged into this entry, too. Please undo that merge first.")
            % {"name": later.merged}
        )
    for row in (survivor, merged):
        if isinstance(row, Person) and row.erased_at:
            raise CannotUndoMerge(_("The data of this person was erased; the merge cannot be undone."))


def _later(record: MergeRecord) -> MergeRecord | None:
    """The latest merge into the same row since, which looked at what this one left: it is undone first.

    One with an erased person cannot be undone any more, so nobody waits for it.
    """
    name = record.survivor._meta.model_name
    later = MergeRecord.objects.standing().filter(pk__gt=record.pk, **{f"survivor_{name}": record.survivor})
    return later.filter(merged_person__erased_at=None).order_by("-pk").first()


def _move_back(record: MergeRecord, survivor: Contact, merged: Contact) -> int:
    """Let the rows that were moved point back; answer how many are elsewhere by now."""
    elsewhere = 0
    for label, keys in record.moved.items():
        link = link_named(label)
        if link is None:
            elsewhere += len(keys)
            continue
        here = set(link.of(survivor.pk).filter(pk__in=keys).values_list("pk", flat=True))
        moved, _kept_back = point(link, here, merged.pk)
        elsewhere += len(keys) - len(moved)
    return elsewhere


def _unsay(record: MergeRecord, survivor: Contact) -> list[str]:
    """Let the survivor say again what it said; answer the fields that were edited since."""
    edited = [name for name, (_before, after) in record.fields.items() if not same(survivor, name, after)]
    for name, (before, _after) in record.fields.items():
        if name not in edited:
            put(survivor, name, before)
    survivor.version += 1
    survivor.save()
    return edited


def _restore(record: MergeRecord, merged: Contact, edited: Iterable[str]) -> None:
    for name, value in record.released.items():
        if name not in edited:
            put(merged, name, value)
    merged.merged_into, merged.archived_at = None, record.was_archived_at
    merged.version += 1
    merged.save()


def _reopen_pair(record: MergeRecord, survivor: Contact, merged: Contact) -> None:
    name = survivor._meta.model_name
    low, high = sorted((survivor.pk, merged.pk))
    pair = DuplicatePair.objects.filter(**{f"low_{name}": low, f"high_{name}": high}).first()
    if pair is not None and pair.state == DuplicatePair.State.MERGED:
        pair.state = record.pair_state or DuplicatePair.State.OPEN
        pair.save(update_fields=["state"])
