"""Two rows beside each other before they become one: what each says, since when, and what hangs on it."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contacts.merging.fields import BOTH, EXTRA, KEPT, TAKEN, Choice, choices_of
from contacts.merging.links import Contact, links_to
from contacts.models import Address, Channel
from core.templatetags.dates import short_date
from extra_fields.models import ExtraField
from extra_fields.values import shown


@dataclass(frozen=True)
class Option:
    """One of the values to choose from."""

    code: str
    text: str
    is_suggested: bool


@dataclass(frozen=True)
class Line:
    """One field in which the two rows differ."""

    choice: Choice
    kept: Option
    taken: Option
    both: Option | None

    @property
    def input_name(self) -> str:
        """The name of its form field."""
        return f"field-{self.choice.name}"


@dataclass(frozen=True)
class Attached:
    """How many rows of one kind hang on each side."""

    label: str
    kept: int
    taken: int


@dataclass(frozen=True)
class SideBySide:
    """Everything the page of a merge shows."""

    kept: Contact
    taken: Contact
    lines: list[Line]
    attached: list[Attached]


def side_by_side(kept: Contact, taken: Contact, chosen: dict[str, str] | None = None) -> SideBySide:
    """Lay two rows side by side; `chosen` is what was picked before the page came back."""
    differing = [choice for choice in choices_of(kept, taken) if choice.differs]
    lines = [
        _line(choice, kept, taken, (chosen or {}).get(choice.name, choice.suggested)) for choice in differing
    ]
    return SideBySide(kept, taken, lines, _attached(kept, taken))


def _line(choice: Choice, kept: Contact, taken: Contact, picked: str) -> Line:
    both = Option(BOTH, _("both"), picked == BOTH) if choice.allows_both else None
    return Line(
        choice=choice,
        kept=Option(KEPT, _shown(kept, choice.name), picked == KEPT),
        taken=Option(TAKEN, _shown(taken, choice.name), picked == TAKEN),
        both=both,
    )


def _shown(row: Contact, name: str) -> str:
    """A value as people read it; empty when there is none."""
    if name.startswith(EXTRA):
        return _shown_extra(row, name.removeprefix(EXTRA))
    field = type(row)._meta.get_field(name)
    value = getattr(row, name)
    if isinstance(field, ArrayField):
        labels = dict(field.base_field.flatchoices)
        return ", ".join(str(labels.get(one, one)) for one in value)
    if isinstance(field, models.Field) and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value) or "")
    return short_date(value) if isinstance(value, date) else str(value or "")


def _shown_extra(row: Contact, code: str) -> str:
    stored = row.extra.get(code)
    field = ExtraField.objects.filter(subject=row._meta.model_name, code=code).first()
    if stored is None or field is None:
        return str(stored or "")
    return shown(field, stored)


def _attached(kept: Contact, taken: Contact) -> list[Attached]:
    """What moves, by kind; numbers and addresses stand on the page themselves."""
    found = []
    for link in links_to(type(kept)):
        if link.model in (Channel, Address):
            continue
        mine, theirs = link.of(kept.pk).count(), link.of(taken.pk).count()
        if mine or theirs:
            name = _("subsidiaries") if link.model is type(kept) else link.model._meta.verbose_name_plural
            found.append(Attached(str(capfirst(name)), mine, theirs))
    return sorted(found, key=lambda attached: attached.label)
