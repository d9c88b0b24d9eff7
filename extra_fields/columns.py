"""The column that holds the values of extra fields, its index, and the fields behind names of columns."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from extra_fields.models import KEY_PREFIX, ExtraField


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
