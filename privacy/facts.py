"""What a row says, as the person it is about may read it: labels and words, nobody else named."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from contacts.models import Person

# Keys and counters of ours; they say nothing of anybody.
TECHNICAL = {"id", "version", "form_key", "pgh_id", "pgh_context", "pgh_obj"}


def facts(row: models.Model, selves: Collection[int]) -> Iterator[tuple[str, str]]:
    """Label and words of each column that says something; `selves` are the keys of the reader."""
    for column in row._meta.concrete_fields:
        if column.name in TECHNICAL or column.generated:
            continue
        words = spoken(row, column, selves)
        if words:
            yield label(column), words


def label(column: models.Field) -> str:
    """What a column is called."""
    names = {"pgh_created_at": _("changed at"), "pgh_label": _("kind of change")}
    text = names.get(column.name) or str(column.verbose_name)
    return text[:1].upper() + text[1:]


def spoken(row: models.Model, column: models.Field, selves: Collection[int]) -> str:
    """The value of a column in words; empty where there is none."""
    value = getattr(row, column.attname)
    if value in (None, "", {}, []):
        return ""
    if column.is_relation:
        return _relation(row, column, value, selves)
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {said}" for name, said in value.items())
    return ", ".join(str(inner) for inner in value) if isinstance(value, list) else str(value)


def _relation(row: models.Model, column: models.Field, key: object, selves: Collection[int]) -> str:
    """Colleagues and other customers are not named (Art. 15 (4) GDPR); companies and deals are."""
    if column.related_model is User or column.related_model == settings.AUTH_USER_MODEL:
        return _("an employee of ours")
    if column.related_model is Person:
        return "" if key in selves else _("another person")
    # The audit keeps keys of rows that may be gone.
    target = getattr(row, column.name, None) if not hasattr(row, "pgh_tracked_model") else None
    return str(target) if target is not None else ""
