"""The column that holds the values of extra fields, its index, and the fields behind names of columns."""

from collections.abc import Callable, Iterable

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.table_files import Cell
from extra_fields.models import KEY_PREFIX, ExtraField
from extra_fields.values import Extra, cell, shown
from lists.columns import Column
from lists.files import Out

NUMBER = ExtraField.Kind.NUMBER


def extra_column() -> models.JSONField:
    """The values of a row by the code of their field (`extra_fields.values`)."""
    return models.JSONField(_("extra fields"), default=dict, db_default={}, blank=True, editable=False)


def extra_index(name: str) -> GinIndex:
    """Finds the rows that say something in a field, and those that say just this."""
    return GinIndex(fields=["extra"], name=name)


def field_of_key(subject: str, key: str) -> ExtraField | None:
    """The field of a column called `extra:code`; None when there is none."""
    if not key.startswith(KEY_PREFIX):
        return None
    return ExtraField.objects.of(subject).filter(code=key.removeprefix(KEY_PREFIX)).first()


def fields_by_key(subject: str) -> dict[str, ExtraField]:
    """The fields in use of a subject, by the names of their columns."""
    return {field.key: field for field in ExtraField.objects.of(subject).in_use()}


def list_columns(subject: str) -> list[Column]:
    """The fields in use as columns of a list."""
    return [
        Column(field.form_name, field.label, _said_in(field), css="num" if field.kind == NUMBER else "")
        for field in ExtraField.objects.of(subject).in_use()
    ]


def extra_outs(subject: str, columns: Iterable[Column]) -> list[Out]:
    """The fields among the columns of a list as columns of a file, called by their keys: `extra:code`."""
    wanted = {column.name for column in columns}
    fields = [field for field in ExtraField.objects.of(subject).in_use() if field.form_name in wanted]
    return [Out(field.key, ("extra",), _cell_of(field)) for field in fields]


def _said_in(field: ExtraField) -> Callable[[models.Model], str]:
    return lambda row: shown(field, row.extra.get(field.code))  # type: ignore[attr-defined]


def _cell_of(field: ExtraField) -> Callable[[Extra], Cell]:
    return lambda extra: cell(field, extra.get(field.code))
