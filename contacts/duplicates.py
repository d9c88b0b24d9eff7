"""Who is in the customer database already: shown while somebody types, asked before it is saved.

The same comparison as in the nightly search (contacts.matching), of what was typed with the rows that share a
key, a number, the name or a part of it with that.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Func, Q, TextField, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise

from contacts.duplicate_reasons import STRONG, labels_of
from contacts.matchables import Subject, reached, records_of
from contacts.matching import Match, Record, block_keys, compare
from contacts.models import Channel, Company, ContactQuerySet, MatchKey, Person
from core.keys import every_word

MOST_TWINS = 5
# Rows that are looked at more closely, of each way to find them.
MOST_LOOKED_AT = 30
# What is worth a glance while typing, and what is worth a question before saving.
WORTH_A_GLANCE, WORTH_A_QUESTION = 2, 20
SHORTEST_NAME, SHORTEST_BEGINNING = 3, 5
# Match keys are small letters and digits; this sign sorts behind them all.
AFTER_LETTERS = "{"

Values = Collection[tuple[str, str]]


@dataclass(frozen=True)
class Twin:
    """A row that may be the same, and why."""

    row: Company | Person
    match: Match

    @property
    def reasons(self) -> list[str | Promise]:
        """Why, in words."""
        return labels_of(self.match.reasons)


@dataclass(frozen=True)
class Draft:
    """What somebody is typing: a record, its whole name, and its channels as they would be kept."""

    kind: Subject
    name: str
    record: Record
    values: tuple[str, ...]


def draft_of(kind: Subject, channels: Values, **said: object) -> Draft:
    """A draft from what is said so far; `said` are the fields of a Record, `channels` (kind, value) each."""
    record = Record(**said, **reached(channels))  # type: ignore[arg-type]
    name = record.name or f"{record.given} {record.family}".strip()
    return Draft(kind, name, record, tuple(value for _kind, value in channels))


def twins_of(draft: Draft, *, while_typing: bool = False) -> list[Twin]:
    """The rows most like a draft, at most five, the likeliest first; also archived ones."""
    if not draft.name:
        return []
    least = WORTH_A_GLANCE if while_typing else WORTH_A_QUESTION
    rows = {row.pk: row for row in _candidates(draft, by_part=while_typing)}
    told = []
    for pk, record in records_of(rows.values()).items():
        match = compare(draft.record, record)
        is_begun = while_typing and _begins(draft.record, record)
        if is_worth(match, least) or is_begun:
            told.append(Twin(rows[pk], match))
    return sorted(told, key=lambda twin: (-twin.match.score, twin.row.pk))[:MOST_TWINS]


def is_worth(match: Match, least: int, *, telling: Collection[str] = STRONG) -> bool:
    """Whether a match scores so much, or has one of the reasons that tell, however little else is known."""
    return match.score >= least or not {*telling}.isdisjoint(match.reasons)


def _begins(typed: Record, known: Record) -> bool:
    """Whether what is typed is the beginning of a name; of a person's from the second name on."""
    if typed.is_person:
        begun, whole = typed.given_words + typed.family_words, known.given_words + known.family_words
        return len(begun) > 1 and "".join(whole).startswith("".join(begun))
    beginning = "".join(typed.core)
    return len(beginning) >= SHORTEST_BEGINNING and "".join(known.core).startswith(beginning)


def twins_of_company(name: str, channels: Values) -> list[Twin]:
    """Companies that may be meant by a name and (kind, value) of channels."""
    return twins_of(draft_of(Company, channels, name=name))


def _candidates(draft: Draft, *, by_part: bool) -> Iterable[Company | Person]:
    rows: ContactQuerySet = Company.objects.unmerged()
    if draft.kind is Person:
        rows = Person.objects.unmerged().filter(restricted_at=None, erased_at=None)
    same = Func(Value(draft.name), function="public.match_key", output_field=TextField())
    found = set(_sharing_keys(draft))
    found |= set(_reached_alike(draft))
    named = rows.alias(typed_key=same).filter(Q(match_key=F("typed_key")) & ~Q(match_key=""))
    found |= set(named.order_by("pk").values_list("pk", flat=True)[:MOST_LOOKED_AT])
    if by_part and len(draft.name) >= SHORTEST_NAME:
        parts = rows.filter(every_word("sort_key", draft.name))
        found |= set(parts.order_by("sort_key", "pk").values_list("pk", flat=True)[:MOST_LOOKED_AT])
        begun = rows.alias(typed_key=same).filter(
            match_key__gte=F("typed_key"), match_key__lt=Concat(F("typed_key"), Value(AFTER_LETTERS))
        )
        found |= set(begun.order_by("match_key", "pk").values_list("pk", flat=True)[:MOST_LOOKED_AT])
    return list(rows.filter(pk__in=found))


def _sharing_keys(draft: Draft) -> list[int]:
    """Rows that share block keys with the draft, those with the most first."""
    column = f"{draft.kind._meta.model_name}_id"
    shared = MatchKey.objects.filter(key__in=block_keys(draft.record), **{f"{column}__isnull": False})
    counted = shared.values(column).annotate(times=Count("pk")).order_by("-times", column)
    return [row[column] for row in counted[:MOST_LOOKED_AT]]


def _reached_alike(draft: Draft) -> list[int]:
    column = f"{draft.kind._meta.model_name}_id"
    channels = Channel.objects.filter(value__in=draft.values, **{f"{column}__isnull": False})
    return list(channels.order_by("pk").values_list(column, flat=True)[:MOST_LOOKED_AT])
