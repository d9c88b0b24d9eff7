"""Taking a person's name and numbers out of texts that belong to others, too."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from activities.models import Activity, FollowUp
from contacts.models import Company, Employment, Person
from contacts.phones import readable
from pipeline.models import CriterionMet, Deal, DealPerson, StageChange
from privacy.holdings import Holdings, Model, histories
from privacy.rules import CENSORED, Fate, fate_of, words_of
from reporting.models import DealJudgement

SHORTEST_NAME = 3


@dataclass(frozen=True)
class Traces:
    """What gives a person away in a text: their names, numbers and addresses."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]

    def taken_out(self, text: str) -> str:
        """The text without them."""
        for name in self.names:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", CENSORED, text)
        for number in self.numbers:
            text = re.sub(re.escape(number), CENSORED, text, flags=re.IGNORECASE)
        return text

    def may_be_in(self, model: Model) -> Q:
        """The condition that a row may hold one of them."""
        condition = Q()
        for column in words_of(model):
            if isinstance(column, models.CharField | models.TextField):
                for trace in (*self.names, *self.numbers):
                    condition |= Q(**{f"{column.name}__icontains": trace})
        return condition


def traces_of(entries: Sequence[Person]) -> Traces:
    """The longest first, so that a name is not torn out of a longer one; a namesake at work keeps theirs."""
    names: set[str] = set()
    numbers: set[str] = set()
    for first, last in names_of(entries):
        names |= {f"{first} {last}".strip(), f"{last}, {first}".strip(", ")}
    for person in entries:
        names |= {person.full_name} if _has_namesake(person) else {person.full_name, person.last_name}
        numbers |= {spelt for channel in person.channels.all() for spelt in spellings(channel.value)}
    names = {name for name in names if len(name) >= SHORTEST_NAME}
    return Traces(tuple(sorted(names, key=len, reverse=True)), tuple(sorted(numbers, key=len, reverse=True)))


def names_of(entries: Sequence[Person]) -> set[tuple[str, str]]:
    """First and last name, as they are and as they were before a marriage, a correction or a merge."""
    past = histories()[Person]._base_manager.filter(pgh_obj_id__in=[entry.pk for entry in entries])
    present = {(entry.first_name, entry.last_name) for entry in entries}
    return present | set(past.values_list("first_name", "last_name"))


def spellings(value: str) -> set[str]:
    """An address as it is; a telephone number as people write it, too: `030 1234567`, `0301234567`."""
    if not value.startswith("+"):
        return {value} if value else set()
    written = readable(value)
    return {value, value.replace("+", "00", 1), written, written.replace(" ", "")}


def clean_the_past(rows: list[models.Model], traces: Traces) -> None:
    """Take the traces out of what the audit keeps of rows whose texts were cleaned."""
    watched = histories()
    for row in rows:
        history = watched.get(type(row))
        for past in history._base_manager.filter(pgh_obj_id=row.pk) if history else []:
            if changed := _changed(past, traces):
                history._base_manager.filter(pk=past.pk).update(**changed)  # type: ignore[union-attr]


def texts_to_clean(held: Holdings, traces: Traces) -> Iterator[tuple[models.Model, dict[str, object]]]:
    """Rows that belong to their companies and deals as well, with what their texts become."""
    yield from cleaned_rows((*_of_others(held, traces), *_of_both(held)), traces)


def cleaned_rows(
    rows: Iterable[models.Model], traces: Traces
) -> Iterator[tuple[models.Model, dict[str, object]]]:
    """Each row once, with what its texts become; those that stay as they are left out."""
    seen: set[tuple[Model, object]] = set()
    for row in rows:
        changed = _changed(row, traces)
        if changed and (type(row), row.pk) not in seen:
            seen.add((type(row), row.pk))
            yield row, changed


def _of_others(held: Holdings, traces: Traces) -> Iterator[models.Model]:
    for model, where in _shared(held.selves):
        yield from model._base_manager.filter(where).filter(traces.may_be_in(model)).iterator(chunk_size=500)


def _of_both(held: Holdings) -> Iterator[models.Model]:
    for rows in held.rows.values():
        yield from (row for row in rows.values() if fate_of(row, held) == Fate.CLEANED)


def _changed(row: models.Model, traces: Traces) -> dict[str, object]:
    said = {column.name: getattr(row, column.attname) for column in words_of(type(row))}
    cleaned = {name: _cleaned(value, traces) for name, value in said.items()}
    return {name: value for name, value in cleaned.items() if value != said[name]}


def _cleaned(value: object, traces: Traces) -> object:
    if isinstance(value, str):
        return traces.taken_out(value)
    if isinstance(value, dict):
        return {traces.taken_out(name): _cleaned(inner, traces) for name, inner in value.items()}
    return [_cleaned(inner, traces) for inner in value] if isinstance(value, list) else value


def _shared(selves: frozenset[int]) -> Iterator[tuple[Model, Q]]:
    companies = list(Employment.objects.filter(person__in=selves).values_list("company", flat=True))
    deals = list(
        Deal.objects.filter(
            Q(person__in=selves)
            | Q(company__in=companies)
            | Q(pk__in=DealPerson.objects.filter(person__in=selves).values("deal"))
        ).values_list("pk", flat=True)
    )
    yield Company, Q(pk__in=companies)
    yield Deal, Q(pk__in=deals)
    for part in (StageChange, CriterionMet, DealJudgement):
        yield part, Q(deal__in=deals)
    for entry in (Activity, FollowUp):
        yield entry, Q(person__in=selves) | Q(company__in=companies) | Q(deal__in=deals)


def _has_namesake(person: Person) -> bool:
    companies = Employment.objects.filter(person=person).values("company")
    others = Employment.objects.filter(company__in=companies, person__last_name=person.last_name)
    return others.exclude(person=person).exists()
