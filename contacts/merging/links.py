"""Everything attached to a company or a person, found by the foreign keys of all models."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache

import pghistory.models
import pgtrigger
from django.apps import apps
from django.db import IntegrityError, models, transaction

from contacts.models import Company, DuplicatePair, FieldStand, MatchKey, MergeRecord, Person

Contact = Company | Person
Kind = type[Company] | type[Person]

# What merging keeps by itself.
_OWN = (DuplicatePair, FieldStand, MatchKey, MergeRecord)


@dataclass(frozen=True)
class Link:
    """A foreign key that points at a company or a person."""

    model: type[models.Model]
    field: str

    @property
    def label(self) -> str:
        """`activities.activity.company`, as a MergeRecord names it."""
        return f"{self.model._meta.label_lower}.{self.field}"

    @property
    def rows(self) -> models.QuerySet:
        """All rows of the model, also those that its own manager hides."""
        return self.model._base_manager.all()

    def of(self, pk: int) -> models.QuerySet:
        """The rows that point there."""
        return self.rows.filter(**{f"{self.field}_id": pk})


@cache
def links_to(kind: Kind) -> tuple[Link, ...]:
    """Every foreign key that points at this kind of row, those of the topmost apps first.

    The past of rows (pghistory) stays theirs, and where a merged row leads is no attachment.
    """
    found = [
        Link(model, field.name)
        for model in reversed(apps.get_models(include_auto_created=True))
        if not issubclass(model, (pghistory.models.Event, *_OWN)) and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if field.related_model is kind and field.name != "merged_into"
    ]
    return tuple(found)


def link_named(label: str) -> Link | None:
    """The link a MergeRecord names; None when its model or field is gone since."""
    known = {link.label: link for kind in (Company, Person) for link in links_to(kind)}
    return known.get(label)


def lock_attached(kind: Kind, keys: Collection[int]) -> None:
    """Lock what is attached before the rows themselves: as those do who win a deal or log a call.

    Topmost apps first, each in the order of keys.
    """
    for link in links_to(kind):
        attached = link.rows.filter(**{f"{link.field}_id__in": list(keys)}).exclude(
            pk__in=_themselves(link, keys)
        )
        list(attached.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def point(link: Link, keys: Collection[int], to: int) -> tuple[list[int], list[int]]:
    """Let these rows point at another row; answer which do now, and which a unique constraint kept back.

    Rows that are frozen otherwise may be moved: a merge changes where they hang, never what they say.
    """
    wanted = sorted(keys)
    if not wanted:
        return [], []
    with unfrozen(link.model):
        if _pointed(link, wanted, to):
            return wanted, []
        moved = [pk for pk in wanted if _pointed(link, [pk], to)]
    return moved, [pk for pk in wanted if pk not in moved]


def _pointed(link: Link, keys: list[int], to: int) -> bool:
    try:
        with transaction.atomic():
            link.rows.filter(pk__in=keys).update(**{f"{link.field}_id": to})
    except IntegrityError:
        return False
    return True


def _themselves(link: Link, keys: Collection[int]) -> list[int]:
    """A company that is the parent of the other one is locked with the pair."""
    return list(keys) if link.model in (Company, Person) else []


@contextmanager
def unfrozen(model: type[models.Model]) -> Iterator[None]:
    """Let the triggers rest that refuse any change of a row of history."""
    frozen = [
        trigger
        for trigger in getattr(model._meta, "triggers", [])
        if isinstance(trigger, pgtrigger.ReadOnly)
        or (isinstance(trigger, pgtrigger.Protect) and "UPDATE" in str(trigger.operation))
    ]
    with ExitStack() as stack:
        if frozen:
            stack.enter_context(pgtrigger.ignore(*(f"{model._meta.label}:{one.name}" for one in frozen)))
        yield
