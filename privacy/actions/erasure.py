"""Erasing a person (Art. 17 GDPR): nothing of them is left but counts, and what the law wants kept."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.lawful import letter_address
from contacts.merging.links import unfrozen
from contacts.models import Channel, Means, Person, Suppression
from contacts.models.law import MEANS_OF_CHANNEL
from contacts.suppression import suppress
from core import events
from core.models import Event
from imports.models import ImportFile
from privacy.cleaning import clean_the_past
from privacy.errors import AlreadyErased, PlanChanged
from privacy.holdings import Holdings, Model, entries_of
from privacy.models import Erasure
from privacy.plan import Plan, plan_erasure
from privacy.rules import CENSORED, DAYS, Fate, emptied, words_of

# What nobody else may reword.
FROZEN = ("leads.Touch:touch_says_what_it_said",)


@transaction.atomic
def erase_person(person: Person, *, actor: User | None, seen: int | None = None) -> Erasure:
    """Take everything of a person out of the database, for good.

    `seen` is how many rows the preview showed; PlanChanged when there are others now. Numbers and addresses
    that nobody else has go on the blocked list, so that no import brings the person back into a mailing.
    Entries that were merged are the same person: they go together, whichever of them is named.
    """
    entries = _locked(person)
    person = entries[0]
    if person.erased_at is not None:
        raise AlreadyErased(_("This person was erased already."))
    plan = plan_erasure(person)
    if seen is not None and seen != rows_of(plan):
        raise PlanChanged(_("Something about this person was added meanwhile. Look at the preview again."))

    for record in plan.kept:
        record.save()
    blocked = {entry.pk: ",".join(str(row.pk) for row in _block_places(entry)) for entry in entries}
    files = _files(plan)
    with pgtrigger.ignore(*FROZEN):
        _clean_texts(plan)
        _empty_rows(plan)
    _delete_rows(plan)
    for entry in entries:
        _blank_person(entry)
    _forget_the_past(plan)
    transaction.on_commit(lambda: _delete_files(files))
    counts = {person.pk: plan.counts()}
    erasures = [_note(entry, actor, counts.get(entry.pk, {}), blocked[entry.pk]) for entry in entries]
    return erasures[0]


def rows_of(plan: Plan) -> int:
    """How many rows an erasure touches: what the preview is compared by."""
    return sum(count for name, count in plan.counts().items() if name != "kept")


def _locked(person: Person) -> list[Person]:
    """All entries of this person, locked in the order of their keys as a merge does it."""
    keys = [entry.pk for entry in entries_of(person)]
    locked = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [locked[key] for key in keys]


def _note(entry: Person, actor: User | None, counts: dict[str, int], blocked: str) -> Erasure:
    """Write down that it was done; the counts stand with the entry that stood for the person."""
    erasure = Erasure.objects.create(person=entry, at=timezone.now(), by=actor, counts=counts)
    events.record("person.erased", entry, actor=actor, blocked=blocked)
    return erasure


def _block_places(person: Person) -> list[Suppression]:
    """Keep the hashes of numbers and addresses that are this person's alone."""
    blocked = []
    for channel in person.channels.all():
        means = MEANS_OF_CHANNEL.get(channel.kind)
        others = Channel.objects.filter(value=channel.value).exclude(person=person)
        if means is not None and not others.exists():
            blocked.append(suppress(means, channel.value, origin=Suppression.Origin.ERASURE))
    for address in person.addresses.all():
        place = letter_address(person, str(address))
        blocked.append(suppress(Means.LETTER, place, origin=Suppression.Origin.ERASURE))
    return blocked


def _clean_texts(plan: Plan) -> None:
    for row, changed in (*plan.texts, *plan.mentions):
        with unfrozen(type(row)):
            type(row)._base_manager.filter(pk=row.pk).update(**changed)


def _empty_rows(plan: Plan) -> None:
    for model, rows in plan.fates[Fate.EMPTIED].items():
        if model is not Person:
            with unfrozen(model):
                for row in rows:
                    if blank := emptied(row):
                        model._base_manager.filter(pk=row.pk).update(**blank)


def _delete_rows(plan: Plan) -> None:
    for model, rows in plan.fates[Fate.DELETED].items():
        model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()


def _blank_person(person: Person) -> None:
    """Nothing stays but that there was somebody: owner and dates of the counts."""
    person.erased_at = timezone.now()
    person.archived_at = person.archived_at or person.erased_at
    for column in words_of(Person):
        setattr(person, column.attname, {} if isinstance(column, models.JSONField) else "")
    for column in Person._meta.concrete_fields:
        if column.choices and column.name != "language":
            setattr(person, column.attname, "")
        elif column.name in DAYS:
            setattr(person, column.attname, None)
    person.last_name = CENSORED
    person.form_key = None
    person.restricted_at, person.restriction_reason = None, ""
    person.version += 1
    person.save()


def _forget_the_past(plan: Plan) -> None:
    """The audit keeps that something changed, when and by whom, not what it said."""
    staying = [row for tables in (plan.fates[Fate.KEPT], plan.fates[Fate.CLEANED]) for row in _all(tables)]
    for history, rows in plan.held.past():
        tracked = history.pgh_tracked_model  # type: ignore[attr-defined]
        kept = [row.pk for row in staying if isinstance(row, tracked)]
        blank: dict[str, object] = {column.name: _blank(column) for column in words_of(history)}
        blank |= {column.name: None for column in history._meta.concrete_fields if column.name in DAYS}
        if blank:
            rows.exclude(pgh_obj_id__in=kept).order_by().update(**blank)
    clean_the_past([row for row, _changed in plan.texts], plan.traces)
    clean_the_past([row for row, _changed in plan.mentions], plan.signs)
    _forget_payloads(plan.held)


def _blank(column: models.Field) -> object:
    if isinstance(column, ArrayField):
        return []
    return {} if isinstance(column, models.JSONField) else ""


def _all(tables: dict[Model, list[models.Model]]) -> list[models.Model]:
    return [row for rows in tables.values() for row in rows]


def _forget_payloads(held: Holdings) -> None:
    """Events carry no personal data by rule; whatever words one carried nevertheless go, too."""
    for event in Event.objects.filter(subject_kind="person", subject_id__in=held.selves):
        bare = {name: value for name, value in event.payload.items() if not isinstance(value, str)}
        if bare != event.payload:
            Event.objects.filter(pk=event.pk).update(payload=bare)


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _files(plan: Plan) -> list[str]:
    """The files that go with the rows, and those that brought the person in: they hold more than our rows."""
    gone = [plan.fates[Fate.DELETED], plan.fates[Fate.EMPTIED]]
    names = [
        getattr(row, column.attname).name
        for tables in gone
        for model, rows in tables.items()
        for column in model._meta.concrete_fields
        if isinstance(column, models.FileField)
        for row in rows
    ]
    names += [row.file.name for row, _changed in plan.mentions if isinstance(row, ImportFile)]
    return [name for name in dict.fromkeys(names) if name]
