"""Who is in the customer database already, asked of the rows of a file: hundreds at once.

The same comparison as while somebody types (contacts.duplicates) and as by night, with rows found by the same
indexes: block keys, telephone and e-mail, VAT id, name. Archived rows count: who was archived shall not come
back as someone new.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from django.db import connection

from contacts.duplicate_reasons import TELLING
from contacts.duplicates import MOST_LOOKED_AT, MOST_TWINS, WORTH_A_QUESTION, Draft, Twin, is_worth
from contacts.matchables import MOST_PER_KEY, Subject, records_of
from contacts.matching import block_keys, compare, telling_keys
from contacts.models import Company, ContactQuerySet, Person

# One telling key, or two of the others: a single common beginning of a name leads nowhere.
_ENOUGH = 2
_SHARING = """
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(lines)s::int[], %(keys)s::bigint[], %(weights)s::int[]) AS asked (line, key, weight)
), telling AS MATERIALIZED (
  SELECT key FROM (SELECT DISTINCT key FROM asked) AS one
   WHERE (SELECT count(*) FROM (SELECT 1 FROM contacts_matchkey known
                                 WHERE known.key = one.key AND known.{subject}_id IS NOT NULL
                                 LIMIT %(most)s + 1) AS few) BETWEEN 1 AND %(most)s
)
SELECT asked.line, known.{subject}_id
  FROM asked JOIN telling USING (key)
  JOIN contacts_matchkey known ON known.key = asked.key AND known.{subject}_id <= %(newest)s
 GROUP BY 1, 2 HAVING sum(asked.weight) >= %(enough)s
 ORDER BY 1, sum(asked.weight) DESC, 2
"""
_NAMED = """
WITH asked AS MATERIALIZED (
  SELECT line, public.match_key(name) AS match_key FROM unnest(%s::int[], %s::text[]) AS asked (line, name)
)
SELECT asked.line, known.id FROM asked CROSS JOIN LATERAL (
  SELECT id FROM contacts_{subject} ours
   WHERE ours.match_key = asked.match_key AND asked.match_key <> '' AND ours.id <= %s
   ORDER BY id LIMIT %s
) AS known
"""
_REACHED = """
SELECT asked.line, known.id
  FROM unnest(%s::int[], %s::text[]) AS asked (line, value) CROSS JOIN LATERAL (
  SELECT ours.{subject}_id AS id FROM contacts_channel ours
   WHERE ours.kind IN ('phone', 'mobile', 'email') AND ours.value = asked.value AND ours.{subject}_id <= %s
   ORDER BY ours.id LIMIT %s
) AS known
"""
_NUMBERED = """
SELECT asked.line, ours.id
  FROM unnest(%s::int[], %s::text[]) AS asked (line, value)
  JOIN contacts_company ours ON ours.vat_id = asked.value AND ours.vat_id <> '' AND ours.id <= %s
"""

Pairs = Iterable[tuple[int, int]]


def twins_of_many(kind: Subject, drafts: Mapping[int, Draft], *, newest: int) -> dict[int, list[Twin]]:
    """The rows most like each draft, the likeliest first, at most five; of drafts without twins nothing.

    Only rows up to the key `newest` are asked: those that were here before the file.
    """
    if not drafts or newest <= 0:
        return {}
    candidates = _candidates(kind, drafts, newest)
    wanted = {pk for found in candidates.values() for pk in found}
    rows = _rows(kind).in_bulk(wanted)
    records = records_of(rows.values())
    twins: dict[int, list[Twin]] = {}
    for line, found in candidates.items():
        judged = ((pk, compare(drafts[line].record, records[pk])) for pk in found if pk in records)
        told = [
            Twin(rows[pk], match)
            for pk, match in judged
            if is_worth(match, WORTH_A_QUESTION, telling=TELLING)
        ]
        if told:
            twins[line] = sorted(told, key=lambda twin: (-twin.match.score, twin.row.pk))[:MOST_TWINS]
    return twins


def _rows(kind: Subject) -> ContactQuerySet:
    """Restricted persons among them: the caller is to know that they are here, and may not be worked with."""
    rows: ContactQuerySet = kind.objects.unmerged()
    return rows.filter(erased_at=None) if kind is Person else rows


def _candidates(kind: Subject, drafts: Mapping[int, Draft], newest: int) -> dict[int, list[int]]:
    """So many rows for each draft at most, those first that share most."""
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for line, pk in chain(
        _numbered(kind, drafts, newest),
        _named(kind, drafts, newest),
        _reached(kind, drafts, newest),
        _sharing(kind, drafts, newest),
    ):
        if len(found[line]) < MOST_LOOKED_AT:
            found[line][pk] = None
    return {line: list(keys) for line, keys in found.items()}


def _sharing(kind: Subject, drafts: Mapping[int, Draft], newest: int) -> Pairs:
    lines: list[int] = []
    keys: list[int] = []
    weights: list[int] = []
    for line, draft in drafts.items():
        telling = telling_keys(draft.record)
        for key in block_keys(draft.record):
            lines.append(line)
            keys.append(key)
            weights.append(_ENOUGH if key in telling else 1)
    given = {"lines": lines, "keys": keys, "weights": weights}
    with connection.cursor() as cursor:
        statement = _SHARING.format(subject=kind._meta.model_name)
        cursor.execute(statement, given | {"most": MOST_PER_KEY, "newest": newest, "enough": _ENOUGH})
        return cursor.fetchall()


def _named(kind: Subject, drafts: Mapping[int, Draft], newest: int) -> Pairs:
    names = [(line, draft.name) for line, draft in drafts.items()]
    return _asked(_NAMED, kind, names, newest, MOST_LOOKED_AT)


def _reached(kind: Subject, drafts: Mapping[int, Draft], newest: int) -> Pairs:
    values = [(line, value) for line, draft in drafts.items() for value in draft.values]
    return _asked(_REACHED, kind, values, newest, MOST_LOOKED_AT)


def _numbered(kind: Subject, drafts: Mapping[int, Draft], newest: int) -> Pairs:
    if kind is not Company:
        return []
    numbers = [(line, draft.record.vat_id) for line, draft in drafts.items() if draft.record.vat_id]
    return _asked(_NUMBERED, kind, numbers, newest)


def _asked(statement: str, kind: Subject, asked: Sequence[tuple[int, str]], *bounds: int) -> Pairs:
    if not asked:
        return []
    lines, texts = [line for line, _text in asked], [text for _line, text in asked]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(subject=kind._meta.model_name), [lines, texts, *bounds])
        return cursor.fetchall()
