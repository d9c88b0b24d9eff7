"""Companies and persons that a foreign table names: found among ours, or prepared to be created."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from django.db import connection

from contacts.merging.survivors import survivor_of
from contacts.models import Company, Employment, Person
from imports.cells import folded
from imports.directory import split_name

# A name is looked up as it is written (case and accents folded) and by its match key; both are indexed.
_CANDIDATES = """
WITH wanted AS MATERIALIZED (
  SELECT name, public.sort_key(name) AS sort_key, public.match_key(name) AS match_key
    FROM unnest(%s::text[]) AS name
)
SELECT wanted.name, ours.id FROM wanted JOIN {table} ours ON ours.{written} = wanted.{written}
UNION
SELECT wanted.name, ours.id FROM wanted JOIN {table} ours ON ours.match_key = wanted.match_key
 WHERE wanted.match_key <> ''
"""


class Companies:
    """Companies by name: the one of that name, else the only one that differs in legal form or spelling."""

    def __init__(self, names: Iterable[str], ids: Iterable[str] = ()) -> None:
        wanted = set(ids) - {""}
        rows = Company.objects.select_related("merged_into")
        self._by_id = {row.external_id: survivor_of(row) for row in rows.filter(external_id__in=wanted)}
        candidates = _candidates("contacts_company", names, written="sort_key")
        found = rows.in_bulk({pk for _name, pk in candidates})
        self._known: dict[str, list[Company]] = {}
        for name, pk in sorted(
            candidates, key=lambda pair: (found[pair[1]].archived_at is not None, pair[1])
        ):
            self._known.setdefault(folded(name), []).append(found[pk])
        self._prepared: dict[str, Company] = {}
        self.similar: Counter[tuple[str, str]] = Counter()

    @property
    def prepared(self) -> list[Company]:
        """The companies to create."""
        return list(self._prepared.values())

    def find(self, name: str, external_id: str = "") -> Company | None:
        """Our company of that foreign id, else of that name, if there is one already."""
        if external_id in self._by_id:
            return self._by_id[external_id]
        candidates = self._known.get(folded(name), [])
        same = [company for company in candidates if folded(company.name) == folded(name)]
        alike = [company for company in candidates if differs_by_legal_form(company.name, name)]
        chosen = same[:1] or (alike if len(alike) == 1 else [])
        return survivor_of(chosen[0]) if chosen else self._prepared.get(folded(name))

    def get(self, name: str, external_id: str = "") -> Company | None:
        """Our company of that foreign id or name, prepared where there is none of that name."""
        company = self.find(name, external_id)
        if company is None and not name:
            return None
        if company is None:
            company = self._prepared[folded(name)] = Company(name=name)
        elif name and folded(company.name) != folded(name):
            self.similar[name, company.name] += 1
        return company


class Persons:
    """Persons by name within their company; one without company only if there is no other of that name."""

    def __init__(self, names: Iterable[str], ids: Iterable[str] = ()) -> None:
        wanted = set(ids) - {""}
        self._by_id = {row.external_id: row for row in Person.objects.filter(external_id__in=wanted)}
        spoken = {" ".join(split_name(name)).strip() for name in names}
        candidates = _candidates("contacts_person", spoken, written="match_key")
        found = Person.objects.prefetch_related("employments").in_bulk({pk for _name, pk in candidates})
        self._known: dict[str, list[Person]] = {}
        for name, pk in sorted(candidates):
            self._known.setdefault(folded(name), []).append(found[pk])
        self._prepared: dict[tuple[str, int], Person] = {}
        self.employments: list[Employment] = []

    @property
    def prepared(self) -> list[Person]:
        """The persons to create; those with a company are in `employments`, too."""
        return list(self._prepared.values())

    def find(self, text: str, company: Company | None, external_id: str = "") -> Person | None:
        """Our person of that foreign id, else the one of that name who works for the company, or for none."""
        if external_id in self._by_id:
            return self._by_id[external_id]
        name = " ".join(split_name(text)).strip()
        same = [person for person in self._known.get(folded(name), []) if _is_called(person, name)]
        fitting = [person for person in same if _works_for(person, company)]
        return fitting[0] if len(fitting) == 1 else self._prepared.get((folded(name), id(company)))

    def get(self, text: str, company: Company | None, external_id: str = "") -> Person | None:
        """Our person of that foreign id, or name and company, prepared where there is none of that name."""
        person = self.find(text, company, external_id)
        if person is None and not text:
            return None
        if person is None:
            first_name, last_name = split_name(text)
            person = Person(first_name=first_name if last_name else "", last_name=last_name or first_name)
            self._prepared[folded(f"{first_name} {last_name}"), id(company)] = person
            if company is not None:
                self.employments.append(Employment(person=person, company=company))
        return person


def differs_by_legal_form(one: str, other: str) -> bool:
    """Whether two names are the same words up to what one has more at its end (`Kessler`, `Kessler GmbH`).

    Two different legal forms are two companies.
    """
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


def _words(name: str) -> list[str]:
    text = re.sub("ä|ae", "a", re.sub("ö|oe", "o", re.sub("ü|ue", "u", folded(name))))
    plain = unicodedata.normalize("NFKD", re.sub("[&+]", " und ", text)).encode("ascii", "ignore").decode()
    return re.findall("[a-z0-9]+", plain)


def _is_called(person: Person, name: str) -> bool:
    return folded(f"{person.first_name} {person.last_name}") == folded(name)


def _works_for(person: Person, company: Company | None) -> bool:
    employers = {employment.company_id for employment in person.employments.all() if employment.until is None}
    return company.pk in employers if company is not None else not employers


def _candidates(table: str, names: Iterable[str], *, written: str) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES.format(table=table, written=written), [sorted(set(names) - {""})])
        return cursor.fetchall()
