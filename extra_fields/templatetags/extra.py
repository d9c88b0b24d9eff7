"""What a row says in its extra fields."""

from dataclasses import dataclass

from django.db import models
from django.template import Library

from extra_fields.models import KEY_PREFIX, ExtraField
from extra_fields.values import shown

register = Library()


@dataclass(frozen=True)
class Fact:
    """One field of a row: its label, what it says in words, its name in forms (none when archived)."""

    label: str
    text: str
    form_name: str
    key: str


@register.simple_tag
def extra_facts(row: models.Model) -> list[Fact]:
    """The fields in use, said or not, then what archived ones still say."""
    subject, extra = row._meta.model_name or "", row.extra  # type: ignore[attr-defined]
    facts = [
        Fact(
            field.label,
            shown(field, extra.get(field.code)),
            "" if field.is_archived else field.form_name,
            KEY_PREFIX + field.code,
        )
        for field in sorted(ExtraField.objects.of(subject), key=lambda field: field.is_archived)
    ]
    return [fact for fact in facts if fact.form_name or fact.text]
