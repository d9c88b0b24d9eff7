"""What an import leaves on the timelines: who was brought in, and what of whom was completed or changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.marks import register_mark
from activities.models import TimelineMark
from contacts.models import Channel, Company, Person
from imports.models import Import
from pipeline.models import Deal

CREATED, UPDATED = "import.created", "import.updated"
CODES = (CREATED, UPDATED)
MARKED: tuple[type[models.Model], ...] = (Company, Person, Deal)
# What belongs to a company or a person, and the word for it that stands in the mark.
_PARTS = {
    "contacts.channel": "part.kind",
    "contacts.address": "'address'",
    "contacts.tagging": "'tags'",
    "contacts.employment": "'employment'",
}
_WORDS = {
    "address": gettext_lazy("address"),
    "tags": gettext_lazy("tags"),
    "employment": gettext_lazy("company and position"),
    "extra": gettext_lazy("extra fields"),
    **dict(Channel.Kind.choices),
}
# A card is called after the person in it; what stays on a timeline shall not name anybody.
_WRITE_CREATED = """
INSERT INTO activities_timelinemark ({subject}_id, code, payload, url, at, actor_id)
SELECT told.row, %(created)s, jsonb_build_object('import', told.run_id, 'file',
         CASE WHEN lower(file.name) LIKE '%%.vcf' THEN 'vCard' ELSE file.name END), '', %(at)s, %(actor)s
  FROM imports_importrow told JOIN imports_importfile file ON file.id = told.file_id
 WHERE told.run_id = %(run)s AND told.model = %(model)s AND told.is_new
"""
_WRITE_UPDATED = """
INSERT INTO activities_timelinemark ({subject}_id, code, payload, url, at, actor_id)
SELECT told.row, %(updated)s, jsonb_build_object('import', %(run)s, 'fields', told.fields, 'file',
         CASE WHEN lower(file.name) LIKE '%%.vcf' THEN 'vCard' ELSE file.name END), '', %(at)s, %(actor)s
  FROM (SELECT said.row, max(said.file_id) AS file_id, string_agg(DISTINCT said.field, ',') AS fields
          FROM ({said}) AS said
         WHERE NOT EXISTS (SELECT 1 FROM imports_importrow new WHERE new.run_id = %(run)s
                              AND new.model = %(model)s AND new.row = said.row AND new.is_new)
         GROUP BY said.row) AS told
  JOIN imports_importfile file ON file.id = told.file_id
"""
_SAID_BY_ROWS = """
SELECT row, file_id, jsonb_object_keys(before) AS field FROM imports_importrow
 WHERE run_id = %(run)s AND model = %(model)s AND NOT is_new
"""
_SAID_BY_PARTS = """
SELECT part.{subject}_id, told.file_id, {word}
  FROM imports_importrow told JOIN {table} part ON part.id = told.row
 WHERE told.run_id = %(run)s AND told.model = '{label}' AND told.is_new AND part.{subject}_id IS NOT NULL
"""


@dataclass(frozen=True)
class _Subject:
    """A table whose rows have a timeline."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        """The name of the foreign key of a mark."""
        return str(self.model._meta.model_name)

    def said(self) -> str:
        """The statement that answers row, file and field of all that was changed of known rows."""
        parts = [_SAID_BY_ROWS]
        for label, word in _PARTS.items() if self.model is not Deal else ():
            # Whom a person works for is told on the person; a company would hear of each of its people.
            if label != "contacts.employment" or self.model is Person:
                table = connection.ops.quote_name(apps.get_model(label)._meta.db_table)
                parts.append(_SAID_BY_PARTS.format(subject=self.name, word=word, table=table, label=label))
        return " UNION ALL ".join(parts)


def register() -> None:
    """Make the sentences of imports known to the timeline."""
    register_mark(CREATED, gettext_lazy("Brought in from “%(file)s”"), symbol="upload")
    register_mark(
        UPDATED,
        gettext_lazy("Completed or changed from “%(file)s”: %(fields)s"),
        symbol="upload",
        told=in_words,
    )


def in_words(payload: dict[str, object]) -> dict[str, object]:
    """The payload with its fields in the words of the reader."""
    names = str(payload.get("fields", "")).split(",")
    words = dict.fromkeys(field_in_words(name) for name in sorted(names) if name)
    return {**payload, "fields": ", ".join(words)}


def write_marks(brought: Import, *, at: datetime) -> None:
    """Mark everybody an import brought or changed, in two statements a table, however many rows that are."""
    for model in MARKED:
        subject = _Subject(model)
        given: dict[str, str | int | datetime] = {
            "run": brought.pk,
            "model": model._meta.label_lower,
            "at": at,
            "actor": brought.actor_id,
        }
        given |= {"created": CREATED, "updated": UPDATED}
        with connection.cursor() as cursor:
            cursor.execute(_WRITE_CREATED.format(subject=subject.name), given)
            cursor.execute(_WRITE_UPDATED.format(subject=subject.name, said=subject.said()), given)


def take_marks_back(brought: Import, model: type[models.Model], keys: Collection[int]) -> None:
    """Take the marks of an import off these rows."""
    if model in MARKED and keys:
        about = {f"{model._meta.model_name}__in": keys}
        TimelineMark.objects.filter(**about, code__in=CODES, payload__import=brought.pk).delete()


def field_in_words(name: str) -> str:
    """A field as the reader calls it."""
    if name in _WORDS:
        return str(_WORDS[name])
    for model in MARKED:
        for field in model._meta.concrete_fields:
            if field.attname == name:
                return str(field.verbose_name)
    return _("further details")
