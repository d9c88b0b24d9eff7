"""What is entered on a row in the very moment it is merged, or from a page that was open since before.

It hangs on the merged row, which nobody looks at: a tick of the clock brings it to the survivor.
"""

import logging

from django.db import transaction

from contacts.merging.links import Kind, Link, links_to, point
from contacts.merging.survivors import survivor_of
from contacts.models import Company, MergeRecord, Person
from contacts.purchases import mirror_purchases

logger = logging.getLogger(__name__)

MOST_ROWS = 1000


def gather_stragglers() -> int:
    """Move what came to merged rows after their merge to their survivors; answer how many rows moved."""
    kinds: tuple[Kind, ...] = (Company, Person)
    return sum(
        _gather(kind, link)
        for kind in kinds
        if kind.objects.exclude(merged_into=None).exists()
        for link in links_to(kind)
    )


@transaction.atomic
def _gather(kind: Kind, link: Link) -> int:
    strayed = link.rows.filter(**{f"{link.field}__merged_into__isnull": False}).order_by("pk")
    moved = 0
    for key, merged_id in list(strayed.values_list("pk", f"{link.field}_id")[:MOST_ROWS]):
        merged = kind.objects.get(pk=merged_id)
        if key in _stayed(merged, link.label):
            continue
        survivor = survivor_of(merged)
        at_survivor, kept_back = point(link, [key], survivor.pk)
        moved += len(at_survivor)
        if kept_back:
            _let_stay(merged, link.label, key)
        mirror_purchases(merged, survivor)
    if moved:
        logger.info("%s rows of %s went on to the survivors of merges", moved, link.label)
    return moved


def _stayed(merged: Company | Person, label: str) -> list[int]:
    record = _standing(merged)
    return record.stayed.get(label, []) if record else []


def _let_stay(merged: Company | Person, label: str, key: int) -> None:
    """The survivor has the same: remembered, so that it is not tried for ever."""
    record = _standing(merged)
    if record is not None:
        record.stayed.setdefault(label, []).append(key)
        record.save(update_fields=["stayed"])


def _standing(merged: Company | Person) -> MergeRecord | None:
    return MergeRecord.objects.standing().filter(**{f"merged_{merged._meta.model_name}": merged}).first()
