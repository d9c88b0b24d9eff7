"""Rows that nothing ties to a person, but whose words name them: texts about others, and what was brought in.

Every table is looked through in one pass, for what can mean nobody else: a full name that no other entry has,
a number or an address that nobody else has.
"""

import re
from collections.abc import Iterator, Sequence

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast

from contacts.models import Person
from privacy.cleaning import Traces, names_of, spellings
from privacy.correspondence import reach_of
from privacy.facts import label
from privacy.holdings import Holdings, Model
from privacy.rules import words_of

# Words of users and of the tools, figures, and what holds keys and hashes alone.
NOT_SEARCHED = {"accounts", "auth", "axes", "contenttypes", "pghistory", "reporting", "sessions"}
# The numbers and places of others, and events, which carry keys: nothing of it is a text.
NO_TEXTS = {"contacts.channel", "contacts.channelevent", "contacts.address", "core.event"}

# So many characters before and after are quoted.
AROUND = 120


def unmistakable(entries: Sequence[Person]) -> Traces:
    """What can mean nobody else."""
    names = {
        name
        for first, last in names_of(entries)
        if first and last and not _has_namesake(first, last, entries)
        for name in (f"{first} {last}", f"{last}, {first}")
    }
    names |= {
        entry.full_name
        for entry in entries
        if entry.first_name and not _has_namesake(entry.first_name, entry.last_name, entries)
    }
    numbers = {spelt for _kind, value in reach_of(entries) for spelt in spellings(value)}
    return Traces(tuple(sorted(names, key=len, reverse=True)), tuple(sorted(numbers, key=len, reverse=True)))


def mentions_of(held: Holdings, traces: Traces) -> Iterator[models.Model]:
    """The rows that name the person and are not held as theirs, table by table."""
    if not traces.names and not traces.numbers:
        return
    pattern = "|".join(re.escape(trace) for trace in (*traces.names, *traces.numbers))
    for model in _searched():
        said = Func(
            Value(" "),
            *(Cast(F(column.name), TextField()) for column in _texts(model)),
            function="CONCAT_WS",
            output_field=TextField(),
        )
        rows = model._base_manager.alias(said=said).filter(said__iregex=pattern)
        yield from rows.exclude(_held(model, held)).order_by("pk").iterator(chunk_size=500)


def quoted(row: models.Model, traces: Traces) -> Iterator[tuple[str, str]]:
    """What a row says of the person: label and the words around each sign, of lists the one entry."""
    for column in _texts(type(row)):
        for text in _leaves(getattr(row, column.attname)):
            for sign in (*traces.names, *traces.numbers):
                at = text.lower().find(sign.lower())
                if at >= 0:
                    around = text[max(at - AROUND, 0) : at + len(sign) + AROUND]
                    yield label(column), around
                    break


def _leaves(value: object) -> Iterator[str]:
    """Every text of a value, a row of cells as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _leaves(inner)
    elif isinstance(value, list):
        if all(isinstance(inner, str) for inner in value):
            yield ", ".join(value)
        else:
            for inner in value:
                yield from _leaves(inner)


def _searched() -> Iterator[Model]:
    for model in apps.get_models(include_auto_created=True):
        label, is_ours = model._meta.label_lower, model._meta.app_label not in NOT_SEARCHED
        if is_ours and model._meta.managed and label not in NO_TEXTS and list(_texts(model)):
            yield model


def _texts(model: Model) -> list[models.Field]:
    """Columns of words; addresses of files are random."""
    plain = (models.CharField, models.TextField, models.JSONField, ArrayField)
    return [column for column in words_of(model) if isinstance(column, plain)]


def _held(model: Model, held: Holdings) -> Q:
    """What is theirs already, in the present and in the past."""
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is None:
        return Q(pk__in=list(held.rows.get(model, {})))
    theirs = Q(pgh_obj_id__in=list(held.rows.get(tracked, {})))
    columns = {column.name: column.related_model for column in model._meta.concrete_fields}
    return theirs | Q(person_id__in=held.selves) if columns.get("person") is Person else theirs


def _has_namesake(first: str, last: str, entries: Sequence[Person]) -> bool:
    alike = Person.objects.filter(first_name=first, last_name=last)
    return alike.exclude(pk__in=[one.pk for one in entries]).exists()
