"""The search for pairs that may be one customer: of everything by night, of single rows after a change.

Rows that share a block key are compared; pairs that score enough go to the work list. What somebody decided
about a pair stays. A search that was interrupted goes on where its last committed batch ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from contacts.matchables import Subject, comparable, keep_keys, records_of, sharers
from contacts.matching import Match, Record, compare
from contacts.models import Company, DuplicatePair, DuplicateSearch, MatchKey, Person
from core.planner import tell_planner

# From here on a pair is shown (docs/duplicates.md: where precision and recall meet).
LEAST_SCORE = 50
BATCH = 1000
# A tick of the night works for so long at most; the next one goes on.
TICK = timedelta(minutes=8)
EVERY = timedelta(hours=20)
KINDS: dict[str, Subject] = {"company": Company, "person": Person}

Pair = tuple[int, int]


def search_on(*, most: timedelta = TICK, begins: bool = True) -> None:
    """Go on with the searches of companies and of persons, or begin them anew once a day."""
    end = monotonic() + most.total_seconds()
    for subject in KINDS:
        if begins:
            _begin_if_due(subject)
        while monotonic() < end and search_batch(subject):
            pass


def search_all(subject: str) -> None:
    """Search through all companies, or all persons, from the beginning to the end."""
    DuplicateSearch.objects.update_or_create(
        subject=subject, defaults={"position": 0, "began_at": timezone.now(), "finished_at": None}
    )
    while search_batch(subject):
        pass


def reopen_searches() -> None:
    """Rows were added, as by an import: searches that had come to their end have some way to go again."""
    DuplicateSearch.objects.filter(finished_at__isnull=False).update(finished_at=None)


@transaction.atomic
def search_batch(subject: str) -> bool:
    """Compare the next rows with all that came before them; answer whether there is more to do.

    Two workers at once take turns: the position is locked until a batch is committed.
    """
    search = DuplicateSearch.objects.select_for_update().filter(pk=subject, finished_at=None).first()
    if search is None:
        return False
    kind = KINDS[subject]
    keys = _next_keys(kind, search.position)
    if keys:
        if not search.position:
            _keep_first_keys(kind, keys)
        _search(kind, keys, only_earlier=True)
        search.position = keys[-1]
    else:
        search.finished_at = timezone.now()
    search.save(update_fields=["position", "finished_at"])
    return bool(keys)


@transaction.atomic
def search_row(kind: Subject, pk: int) -> None:
    """Compare one row with all others, after it was entered or changed."""
    _search(kind, [pk], only_earlier=False)


def pairs_in_database(kind: Subject, least: int) -> Iterator[tuple[Pair, Match]]:
    """Look through all rows and answer the pairs, batch by batch; the work list is left as it is."""
    position = 0
    while keys := _next_keys(kind, position):
        position = keys[-1]
        with transaction.atomic():
            matches, _records = _matches(kind, keys, only_earlier=True, least=least)
        yield from sorted(matches.items())


def _begin_if_due(subject: str) -> None:
    search, is_new = DuplicateSearch.objects.get_or_create(
        subject=subject, defaults={"began_at": timezone.now()}
    )
    if not is_new and search.finished_at and search.began_at < timezone.now() - EVERY:
        DuplicateSearch.objects.filter(pk=subject, finished_at=search.finished_at).update(
            position=0, began_at=timezone.now(), finished_at=None
        )


def _search(kind: Subject, keys: list[int], *, only_earlier: bool) -> None:
    matches, records = _matches(kind, keys, only_earlier=only_earlier, least=LEAST_SCORE)
    _keep(kind, keys, matches, _Judge(kind, records))


def _keep_first_keys(kind: Subject, keys: list[int]) -> None:
    """Store the keys of the first batch and have them counted: of an empty table any join would do."""
    records = records_of(comparable(kind).filter(pk__in=keys))
    keep_keys(kind, records, without=set(keys) - records.keys())
    tell_planner(MatchKey)


def _next_keys(kind: Subject, position: int) -> list[int]:
    rows = kind.objects.filter(pk__gt=position).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _matches(
    kind: Subject, keys: list[int], *, only_earlier: bool, least: int
) -> tuple[dict[Pair, Match], dict[int, Record]]:
    """The pairs of these rows with others that score so much, and the records that were compared."""
    records = records_of(comparable(kind).filter(pk__in=keys))
    keep_keys(kind, records, without=set(keys) - records.keys())
    found = sharers(kind, list(records), only_earlier=only_earlier)
    others = {pk for pair in found for pk in pair} - records.keys()
    records |= records_of(comparable(kind).filter(pk__in=others))
    found = {pair for pair in found if pair[0] in records and pair[1] in records}
    judged = {pair: compare(records[pair[0]], records[pair[1]]) for pair in found}
    return {pair: match for pair, match in judged.items() if match.score >= least}, records


@dataclass
class _Judge:
    """Looks again at a pair that stands on the work list but was not found this time."""

    kind: Subject
    records: dict[int, Record]

    def still_holds(self, pair: Pair) -> bool:
        """Whether both rows are there and still alike; they may have come together by a key of many rows."""
        missing = [pk for pk in pair if pk not in self.records]
        self.records |= records_of(comparable(self.kind).filter(pk__in=missing))
        if not all(pk in self.records for pk in pair):
            return False
        return compare(self.records[pair[0]], self.records[pair[1]]).score >= LEAST_SCORE


def _keep(kind: Subject, keys: list[int], matches: dict[Pair, Match], judge: _Judge) -> None:
    low, high = f"low_{kind._meta.model_name}_id", f"high_{kind._meta.model_name}_id"
    new = [
        DuplicatePair(**{low: pair[0], high: pair[1]}, score=match.score, reasons=match.reasons)
        for pair, match in sorted(matches.items())
    ]
    waiting = DuplicatePair.objects.waiting()
    about = waiting.filter(**{f"{low}__in": keys}) | waiting.filter(**{f"{high}__in": keys})
    for stored in about.order_by("pk"):
        pair = (getattr(stored, low), getattr(stored, high))
        match = matches.get(pair)
        if match is None:
            if stored.state == DuplicatePair.State.OPEN and not judge.still_holds(pair):
                stored.delete()
        elif (stored.score, stored.reasons) != (match.score, match.reasons):
            stored.score, stored.reasons = match.score, match.reasons
            stored.save(update_fields=["score", "reasons"])
    DuplicatePair.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
