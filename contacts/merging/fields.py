"""What two rows say, field by field, and what the one that is left shall say."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.text import capfirst

from contacts.merging.links import Contact
from contacts.stand import confirmed_at, stands_of
from extra_fields.models import ExtraField

KEPT, TAKEN, BOTH = "kept", "taken", "both"
EXTRA = "extra:"
# Told by the system, or decided by no field of its own.
_APART = ("extra", "form_key")
_JOINED = ("note",)

Value = object


@dataclass(frozen=True)
class Choice:
    """One field of both rows: what each says and since when, and which of them is suggested."""

    name: str
    label: str
    kept: Value
    taken: Value
    kept_at: datetime
    taken_at: datetime
    allows_both: bool

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return self.kept != self.taken

    @property
    def suggested(self) -> str:
        """What says something, before what says nothing or less; texts side by side; else the newer."""
        if _is_empty(self.taken):
            return KEPT
        if _is_empty(self.kept):
            return TAKEN
        if self.allows_both:
            return BOTH
        if _is_short_for(self.taken, self.kept):
            return KEPT
        if _is_short_for(self.kept, self.taken):
            return TAKEN
        return TAKEN if self.taken_at > self.kept_at else KEPT

    def value(self, choice: str) -> Value:
        """What the field shall say."""
        if choice == BOTH and self.allows_both:
            return _united(self.kept, self.taken)
        return self.taken if choice == TAKEN else self.kept


def choices_of(kept: Contact, taken: Contact) -> list[Choice]:
    """Every field in which the row that stays and the one that goes may differ."""
    labels = labels_of_fields(kept, taken)
    of_kept, of_taken = stands_of(kept), stands_of(taken)
    return [
        Choice(
            name=name,
            label=label,
            kept=(mine := value_of(kept, name)),
            taken=(theirs := value_of(taken, name)),
            kept_at=confirmed_at(kept, name, of_kept),
            taken_at=confirmed_at(taken, name, of_taken),
            allows_both=_can_be_united(kept, name, mine, theirs),
        )
        for name, label in labels.items()
    ]


def labels_of_fields(*rows: Contact) -> dict[str, str]:
    """The names of all fields as the user knows them; of extra fields those that a row says."""
    kind = type(rows[0])
    labels = {field.name: str(capfirst(field.verbose_name)) for field in _fields(kind)}
    defined = _labels_of_extra_fields(kind._meta.model_name or "")
    codes = sorted({code for row in rows for code in row.extra})
    return labels | {f"{EXTRA}{code}": defined.get(code, code) for code in codes}


def value_of(row: Contact, name: str) -> Value:
    """What a row says in a field, as it can be kept and compared: keys for rows, names for files."""
    if name.startswith(EXTRA):
        return row.extra.get(name.removeprefix(EXTRA))
    value = _field(row, name).value_from_object(row)
    return (value.name or "") if isinstance(value, FieldFile) else value


def put(row: Contact, name: str, value: Value) -> None:
    """Let a row say this; not saved yet. Values may have been kept as JSON meanwhile."""
    if not name.startswith(EXTRA):
        field = _field(row, name)
        setattr(row, field.attname, value if isinstance(field, models.FileField) else field.to_python(value))
        return
    code = name.removeprefix(EXTRA)
    row.extra = {key: one for key, one in row.extra.items() if key != code}
    if value is not None:
        row.extra[code] = value


def same(row: Contact, name: str, value: Value) -> bool:
    """Whether a row says this (as it was kept in JSON)."""
    if name.startswith(EXTRA):
        return bool(value_of(row, name) == value)
    field = _field(row, name)
    kept = value if isinstance(field, models.FileField) else field.to_python(value)
    return bool(value_of(row, name) == kept)


@cache
def unique_fields(kind: type[models.Model]) -> frozenset[str]:
    """The fields that no two rows may say the same in."""
    return frozenset(
        constraint.fields[0]
        for constraint in kind._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and len(constraint.fields) == 1
    )


def _field(row: Contact, name: str) -> models.Field:
    field = type(row)._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - relations from elsewhere are never named here
    return field


def _fields(kind: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in kind._meta.local_concrete_fields
        if field.editable and not field.generated and not field.primary_key and field.name not in _APART
    ]


def _can_be_united(row: Contact, name: str, mine: Value, theirs: Value) -> bool:
    if name.startswith(EXTRA) or mine == theirs or _is_empty(mine) or _is_empty(theirs):
        return False
    field = _field(row, name)
    if isinstance(field, ArrayField):
        return True
    return name in _JOINED and len(str(_united(mine, theirs))) <= (getattr(field, "max_length", 0) or 0)


def _united(mine: Value, theirs: Value) -> Value:
    if isinstance(mine, list) and isinstance(theirs, list):
        return [*mine, *(one for one in theirs if one not in mine)]
    return f"{mine}\n\n{theirs}"


def _is_short_for(value: Value, other: Value) -> bool:
    """Whether a text only says the beginning of another one: `K.` of `Katrin`, `Möller` of `Möller GmbH`."""
    if not isinstance(value, str) or not isinstance(other, str):
        return False
    return other.lower().startswith(value.rstrip(". ").lower()) and len(value) < len(other)


def _is_empty(value: Value) -> bool:
    return value is None or value == "" or value == []


def _labels_of_extra_fields(subject: str) -> dict[str, str]:
    return {field.code: str(field) for field in ExtraField.objects.filter(subject=subject)}
