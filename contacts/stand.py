"""The "Stand" of each field: when it was last confirmed, by whom, and where the value came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import connection, models
from django.utils import timezone

from accounts.models import User
from contacts.models import Address, Channel, Company, FieldStand, Person
from extra_fields.models import KEY_PREFIX
from extra_fields.values import Extra

Origin = FieldStand.Origin
Subject = Company | Person | Channel | Address

# A number or an address is confirmed as a whole.
WHOLE = "value"
LONGEST_SOURCE = 200

_RECORD = """
INSERT INTO contacts_fieldstand ({subject}_id, field, confirmed_at, origin, by_id, source)
SELECT DISTINCT pk, field, %s::timestamptz, %s, %s::bigint, %s
  FROM unnest(%s::bigint[], %s::text[]) AS told (pk, field)
 ORDER BY pk, field
ON CONFLICT ({subject}_id, field) WHERE {subject}_id IS NOT NULL
DO UPDATE SET confirmed_at = EXCLUDED.confirmed_at, origin = EXCLUDED.origin,
              by_id = EXCLUDED.by_id, source = EXCLUDED.source
{condition}
"""
_ONLY_OLDER = "WHERE contacts_fieldstand.confirmed_at < EXCLUDED.confirmed_at"


@dataclass(frozen=True)
class Told:
    """Where values come from that an action is given; without a moment they are confirmed now.

    `source` names it for the reader: a file, a form, or one of the codes of contacts.stands (`signature`).
    """

    origin: str = Origin.TYPED
    source: str = ""
    at: datetime | None = None


TYPED = Told()


def record_stand(
    row: Subject,
    names: Iterable[str],
    *,
    origin: str,
    by: User | None,
    at: datetime | None = None,
    source: str = "",
    only_if_newer: bool = False,
) -> None:
    """Note that these fields of a row were stated or confirmed, at `at` (now when left out).

    Fields are named as their columns (`name`, `industry`, `extra:floor`), those of a channel or an address
    by WHOLE. With `only_if_newer` a later confirmation that stands already is kept: for values that were
    found unchanged in an older file. Takes part in the caller's transaction.
    """
    said = ((row.pk, name) for name in names)
    record_stands(type(row), said, origin=origin, by=by, at=at, source=source, only_if_newer=only_if_newer)


def record_stands(
    kind: type[Subject],
    said: Iterable[tuple[int, str]],
    *,
    origin: str,
    by: User | None,
    at: datetime | None = None,
    source: str = "",
    only_if_newer: bool = False,
) -> None:
    """As `record_stand`, for many rows of one kind in one statement: (key, field) each."""
    pairs = list(said)
    if not pairs:
        return
    condition = _ONLY_OLDER if only_if_newer else ""
    statement = _RECORD.format(subject=kind._meta.model_name, condition=condition)
    moment, teller = at or timezone.now(), by.pk if by else None
    keys, names = [pk for pk, _name in pairs], [name for _pk, name in pairs]
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [moment, Origin(origin).value, teller, source[:LONGEST_SOURCE], keys, names]
        )


def record_told(row: Subject, names: Iterable[str], told: Told, *, by: User | None) -> None:
    """Note what an action was told."""
    record_stand(row, names, origin=told.origin, by=by, at=told.at, source=told.source)


def stands_of(row: Subject) -> Mapping[str, FieldStand]:
    """The stand of each field of a row that has one, by the name of the field."""
    return {stand.field: stand for stand in row.stands.select_related("by")}


def confirmed_at(row: Company | Person, name: str, stands: Mapping[str, FieldStand]) -> datetime:
    """When a field was last confirmed; one without a stand is as old as its row."""
    stand = stands.get(name)
    return stand.confirmed_at if stand else row.created_at


def said_by(facts: object) -> list[str]:
    """The fields of a new row that say something."""
    names, extra = _named(facts)
    told = [code for code, value in extra.items() if value is not None]
    return [*(name for name in names if getattr(facts, name) not in (None, "")), *_keys(told)]


def changed_by(row: models.Model, facts: object) -> list[str]:
    """The fields in which facts differ from what a row says."""
    names, extra = _named(facts)
    before = getattr(row, "extra", {})
    told = [code for code, value in extra.items() if before.get(code) != value]
    return [*(name for name in names if getattr(row, name) != getattr(facts, name)), *_keys(told)]


def _named(facts: object) -> tuple[list[str], Extra]:
    """The fields of facts, and what is said in extra fields apart."""
    names = [entry.name for entry in fields(facts) if entry.name != "extra"]  # type: ignore[arg-type]
    return names, getattr(facts, "extra", None) or {}


def _keys(codes: Iterable[str]) -> list[str]:
    return [KEY_PREFIX + code for code in codes]
