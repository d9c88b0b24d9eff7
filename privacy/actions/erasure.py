"""Erasing a person (Art. 17 GDPR): nothing of them is left but counts, and what the law wants kept."""

from collections import Counter

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.lawful import letter_address
from contacts.models import Channel, Means, Person, Suppression
from contacts.models.law import MEANS_OF_CHANNEL
from contacts.suppression import suppress
from core import events
from core.models import Event
from privacy.cleaning import clean_the_past
from privacy.errors import AlreadyErased, PlanChanged
from privacy.holdings import Holdings, Model
from privacy.models import Erasure
from privacy.plan import Plan, plan_erasure
from privacy.rules import CENSORED, DAYS, Fate, emptied, words_of


@transaction.atomic
def erase_person(person: Person, *, actor: User | None, seen: int | None = None) -> Erasure:
    """Take everything of a person out of the database, for good.

    `seen` is how many rows the preview showed; PlanChanged when there are others now. Numbers and addresses
    that nobody else has go on the blocked list, so that no import brings the person back into a mailing.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at is not None:
        raise AlreadyErased(_("This person was erased already."))
    plan = plan_erasure(person)
    if seen is not None and seen != rows_of(plan):
        raise PlanChanged(_("Something about this person was added meanwhile. Look at the preview again."))

    for record in plan.kept:
        record.save()
    blocked = ",".join(str(row.pk) for row in _block_places(person))
    files = _files(plan)
    _clean_texts(plan)
    _empty_rows(plan)
    _delete_rows(plan)
    _blank_person(person)
    _forget_the_past(plan)
    erasure = Erasure.objects.create(person=person, at=timezone.now(), by=actor, counts=plan.counts())
    events.record("person.erased", person, actor=actor, blocked=blocked)
    transaction.on_commit(lambda: _delete_files(files))
    # Entries that were merged into this one are the same person.
    for merged in person.absorbed.filter(erased_at=None).order_by("pk"):
        erase_person(merged, actor=actor)
    return erasure


def rows_of(plan: Plan) -> int:
    """How many rows an erasure touches: what the preview is compared by."""
    return sum(count for name, count in plan.counts().items() if name != "kept")


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
    for row, changed in plan.texts:
        type(row)._base_manager.filter(pk=row.pk).update(**changed)


def _empty_rows(plan: Plan) -> None:
    for model, rows in plan.fates[Fate.EMPTIED].items():
        if model is not Person:
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
        blank: dict[str, object] = {
            column.name: {} if isinstance(column, models.JSONField) else "" for column in words_of(history)
        }
        blank |= {column.name: None for column in history._meta.concrete_fields if column.name in DAYS}
        if blank:
            rows.exclude(pgh_obj_id__in=kept).order_by().update(**blank)
    clean_the_past([row for row, _changed in plan.texts], plan.traces)
    _forget_payloads(plan.held)


def _all(tables: dict[Model, list[models.Model]]) -> list[models.Model]:
    return [row for rows in tables.values() for row in rows]


def _forget_payloads(held: Holdings) -> None:
    """Events carry no personal data by rule; whatever words one carried nevertheless go, too."""
    for event in Event.objects.filter(subject_kind="person", subject_id=held.person.pk):
        bare = {name: value for name, value in event.payload.items() if not isinstance(value, str)}
        if bare != event.payload:
            Event.objects.filter(pk=event.pk).update(payload=bare)


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _files(plan: Plan) -> list[str]:
    """The files that go with the rows."""
    gone = [plan.fates[Fate.DELETED], plan.fates[Fate.EMPTIED]]
    names = [
        getattr(row, column.attname).name
        for tables in gone
        for model, rows in tables.items()
        for column in model._meta.concrete_fields
        if isinstance(column, models.FileField)
        for row in rows
    ]
    return [name for name, _count in Counter(names).items() if name]
