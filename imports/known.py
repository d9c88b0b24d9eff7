"""Who of the rows of a file is here already: by key surely, by likeness perhaps."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection
from django.utils.translation import gettext as _
from rapidfuzz.fuzz import token_set_ratio

from contacts.models import Channel, Company, Person
from imports.cells import folded
from imports.models import Import, ImportDoubt
from imports.read_rows import ReadRow
from imports.run import Run

Contact = TypeVar("Contact", Company, Person)

MOST_TWINS = 5
# Below this likeness of two names a shared number is more likely a number given twice.
ALIKE_ENOUGH = 40

# Both keys are indexed; archived rows count, for who was archived shall not come back as someone new.
_SAME_NAMES = """
WITH wanted AS MATERIALIZED (
  SELECT name, public.match_key(name) AS match_key FROM unnest(%s::text[]) AS name
)
SELECT wanted.name, ours.id FROM wanted JOIN {table} ours ON ours.match_key = wanted.match_key
 WHERE wanted.match_key <> '' AND ours.id <= %s
"""


@dataclass(frozen=True, slots=True)
class Found(Generic[Contact]):
    """What is to be done with a row: whether it comes in, and as which of ours."""

    row: Contact | None = None
    is_taken_in: bool = True


class Known(Generic[Contact]):
    """The rows of ours that some rows of a file may be; `prints` say by what each line may be found."""

    def __init__(self, model: type[Contact], run: Run, prints: Mapping[int, Mapping[str, str]]) -> None:
        self.model: type[Contact] = model
        self.run, self._prints = run, prints
        self._own = model._meta.model_name or ""
        self._newest = run.newest(model)
        self._by_key: dict[str, dict[str, list[Contact]]] = {}
        self._reasons: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._rows: dict[int, Contact] = {}
        self._seen = run.seen
        self._look_up_keys()
        self._look_for_twins()

    def by_external_ids(self, ids: Iterable[str]) -> dict[str, Contact]:
        """Rows by their external id."""
        wanted = {external for external in ids if external}
        return {row.external_id: row for row in self.model.objects.filter(external_id__in=wanted)}

    def place(self, read: ReadRow, key: str, label: str) -> Found[Contact]:
        """Say what a row is: one of ours, someone new, or a doubt that is settled as the user said."""
        prints = self._prints[read.line]
        value = folded(prints.get(key, ""))
        if value:
            once = f"{value}|{folded(prints.get('company', ''))}" if key == "name" else value
            first = self._seen.setdefault((self.run.file.pk, key, once), read.line)
            if first != read.line:
                self.run.reject(
                    read.line, read.cells, _("The same stands on line %(line)s.") % {"line": first}
                )
                return Found(is_taken_in=False)
        candidates = self._by_key.get(key, {}).get(value, []) if value else []
        if key == "name" and self.model is Person:
            candidates = [row for row in candidates if _works_for(row, prints.get("company", ""))]
        if len(candidates) == 1 and (key == "name" or _are_alike(label, str(candidates[0]))):
            return Found(candidates[0])
        if candidates:
            reason = (
                _("the same key, but another name") if len(candidates) == 1 else _("several have this key")
            )
            return self._doubted(read, label, candidates[0], [reason])
        twins = self._reasons.get(read.line, {})
        if twins:
            best = max(twins, key=lambda pk: (len(twins[pk]), -pk))
            return self._doubted(read, label, self._rows[best], twins[best])
        return Found()

    def _doubted(self, read: ReadRow, label: str, twin: Contact, reasons: Sequence[str]) -> Found[Contact]:
        self.run.doubt(read, label, twin, reasons)
        decision, chosen = self.run.decision(read.line)
        if decision == ImportDoubt.Decision.CREATE:
            return Found()
        if decision == Import.Doubts.SAME:
            return Found(self._rows.get(chosen) or twin)
        reason = _("May be the same as “%(name)s”: %(reasons)s.")
        told = reason % {"name": twin, "reasons": ", ".join(reasons)}
        self.run.reject(read.line, read.cells, told)
        return Found(is_taken_in=False)

    def _look_up_keys(self) -> None:
        key = self.run.file.key
        values = {prints.get(key, "") for prints in self._prints.values()} - {""}
        rows: dict[str, list[Contact]] = defaultdict(list)
        if key == "email":
            for value, row in self._reached(values):
                rows[folded(value)].append(row)
        elif key == "name":
            for name, row in self._named(values):
                if folded(str(row)) == folded(name):
                    rows[folded(name)].append(row)
        elif key:
            found = self.model.objects.filter(**{f"{key}__in": values}, pk__lte=self._newest)
            for row in found:
                rows[folded(getattr(row, key))].append(row)
        self._by_key[key] = rows

    def _look_for_twins(self) -> None:
        """Rows of ours that are alike without having the key: same name, same number, same address."""
        names, emails = self._lines_by("name"), self._lines_by("email")
        self._suspect_all(names, self._named(names), _("same name"))
        self._suspect_all(emails, self._reached(emails), _("same e-mail address"))
        if self.model is Company:
            numbers = self._lines_by("vat_id")
            rows = self.model.objects.filter(**{"vat_id__in": numbers}, pk__lte=self._newest)
            found = [(str(getattr(row, "vat_id", "")), row) for row in rows]
            self._suspect_all(numbers, found, _("same VAT id"))

    def _lines_by(self, name: str) -> dict[str, list[int]]:
        lines: dict[str, list[int]] = defaultdict(list)
        for line, prints in self._prints.items():
            if prints.get(name):
                lines[prints[name]].append(line)
        return lines

    def _suspect_all(
        self, lines: Mapping[str, Sequence[int]], found: Iterable[tuple[str, Contact]], reason: str
    ) -> None:
        for value, row in found:
            for line in lines[value]:
                self._suspect(line, row, reason)

    def _suspect(self, line: int, row: Contact, reason: str) -> None:
        self._rows[row.pk] = row
        if len(self._reasons[line]) < MOST_TWINS or row.pk in self._reasons[line]:
            self._reasons[line][row.pk].append(reason)

    def _named(self, names: Iterable[str]) -> list[tuple[str, Contact]]:
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(_SAME_NAMES.format(table=table), [sorted(names), self._newest])
            pairs = cursor.fetchall()
        rows = self.model.objects.all()
        if self.model is Person:
            rows = rows.prefetch_related("employments__company")
        found = rows.in_bulk({pk for _name, pk in pairs})
        return [(name, found[pk]) for name, pk in sorted(pairs)]

    def _reached(self, values: Collection[str]) -> list[tuple[str, Contact]]:
        if not values:
            return []
        rows = Channel.objects.filter(
            kind=Channel.Kind.EMAIL, value__in=values, **{f"{self._own}__lte": self._newest}
        )
        found = rows.select_related(self._own).order_by("pk")
        return [(channel.value, getattr(channel, self._own)) for channel in found]


def _works_for(row: Company | Person, company: str) -> bool:
    """Whether a person is employed by the company of this name, or by none where none is named."""
    if not isinstance(row, Person):
        return True
    present = {folded(job.company.name) for job in row.employments.all() if job.until is None}
    return folded(company) in present if company else not present


def _are_alike(one: str, other: str) -> bool:
    return token_set_ratio(folded(one), folded(other)) >= ALIKE_ENOUGH
