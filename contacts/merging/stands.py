"""The Stand of fields whose value came from the row that was merged: as old as it was there."""

from collections.abc import Iterable
from typing import TypedDict

from accounts.models import User
from contacts.merging.fields import Choice
from contacts.merging.links import Contact
from contacts.models import FieldStand
from contacts.stand import Origin, record_stand


class Former(TypedDict):
    """What stood beside a field of the survivor before the merge; without a moment nothing did."""

    field: str
    confirmed_at: str | None
    origin: str
    by: int | None
    source: str


def take_stands(survivor: Contact, merged: Contact, taken: Iterable[Choice], *, actor: User) -> list[Former]:
    """Note for each field taken over how fresh it was on the merged row; answer what stood there before."""
    former = []
    for choice in taken:
        former.append(_former(survivor, choice.name))
        record_stand(
            survivor,
            [choice.name],
            origin=Origin.MERGE,
            by=actor,
            at=choice.taken_at,
            source=str(merged),
        )
    return former


def put_back(survivor: Contact, former: Iterable[Former]) -> None:
    """Restore what stood beside these fields."""
    for stand in former:
        rows = survivor.stands.filter(field=stand["field"])
        if stand["confirmed_at"] is None:
            rows.delete()
        else:
            rows.update(
                confirmed_at=stand["confirmed_at"],
                origin=stand["origin"],
                by=stand["by"],
                source=stand["source"],
            )


def _former(row: Contact, name: str) -> Former:
    stand = FieldStand.objects.filter(**{row._meta.model_name or "": row, "field": name}).first()
    if stand is None:
        return Former(field=name, confirmed_at=None, origin="", by=None, source="")
    return Former(
        field=name,
        confirmed_at=stand.confirmed_at.isoformat(),
        origin=stand.origin,
        by=stand.by_id,
        source=stand.source,
    )
