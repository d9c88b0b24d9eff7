"""Who of the rows of a file is here already: by key surely, by likeness perhaps."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection
from rapidfuzz.fuzz import token_set_ratio

from contacts.duplicates import Draft
from contacts.duplicates_in_bulk import twins_of_many
from contacts.merging.survivors import survivor_of
from contacts.models import Channel, Company, Person
from core.sentences import said_by
from core.sentences import sentence as _
from imports.cells import folded
from imports.doubt_reasons import OTHER_NAME, SEVERAL, reasons_in_words
from imports.models import Import, ImportDoubt
from imports.read_rows import ReadRow
from imports.run import Doubt, Run

Contact = TypeVar("Contact", Company, Person)

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
    """The rows of ours that some rows of a file may be; `prints` say by what each line may be found.

    What no key finds is compared with everybody, as `drafted` says of a line, by the rules of the search for
    duplicates.
    """

    def __init__(
        self,
        model: type[Contact],
        run: Run,
        prints: Mapping[int, Mapping[str, str]],
        drafted: Callable[[int], Draft],
    ) -> None:
        self.model: type[Contact] = model
        self.run, self._prints = run, prints
        self._own = model._meta.model_name or ""
        self._newest = run.newest(model)
        self._by_key: dict[str, list[Contact]] = {}
        self._look_up_keys()
        strangers = (
            {line: drafted(line) for line in prints if not self._having_key(line)} if self._newest else {}
        )
        self._twins = twins_of_many(model, strangers, newest=self._newest)

    def by_external_ids(self, ids: Iterable[str]) -> dict[str, Contact]:
        """Rows by their external id."""
        wanted = {external for external in ids if external}
        rows = self.model.objects.filter(external_id__in=wanted).select_related("merged_into")
        return {row.external_id: survivor_of(row) for row in rows}

    def place(self, read: ReadRow, label: str) -> Found[Contact]:
        """Say what a row is: one of ours, someone new, or a doubt that is settled as the user said."""
        first = self._first_line(read.line)
        if first != read.line:
            said = _("The same stands on line %(line)s.") % {"line": first}
            self.run.reject(read.line, read.cells, said)
            return Found(is_taken_in=False)
        owners = self._having_key(read.line)
        if len(owners) == 1 and (self.run.file.key == "name" or _are_alike(label, str(owners[0]))):
            return self._taken(read, owners[0])
        if owners:
            reason = OTHER_NAME if len(owners) == 1 else SEVERAL
            return self._doubted(read, Doubt(read.line, label, owners[0], [reason], details=_details(read)))
        twin = next(iter(self._twins.get(read.line, [])), None)
        if twin is None:
            return Found()
        match = twin.match
        doubt = Doubt(read.line, label, twin.row, match.reasons, match.score, _details(read))
        return self._doubted(read, doubt)

    def _first_line(self, line: int) -> int:
        """The line of the file on which the same key stands for the first time."""
        key, prints = self.run.file.key, self._prints[line]
        value = folded(prints.get(key, ""))
        if not value:
            return line
        once = f"{value}|{folded(prints.get('company', ''))}" if key == "name" else value
        return self.run.seen.setdefault((self.run.file.pk, key, once), line)

    def _having_key(self, line: int) -> list[Contact]:
        """The rows of ours with the key of a line; persons known by name work for the same company."""
        prints = self._prints[line]
        value = folded(prints.get(self.run.file.key, ""))
        owners = self._by_key.get(value, []) if value else []
        if self.run.file.key == "name" and self.model is Person:
            owners = [row for row in owners if _works_for(row, prints.get("company", ""))]
        return owners

    def _taken(self, read: ReadRow, row: Contact) -> Found[Contact]:
        """One of ours; who has the processing of their data restricted is left alone (Art. 18 GDPR)."""
        if isinstance(row, Person) and (row.restricted_at or row.erased_at):
            reason = _("The data of this person must not be worked with: it was restricted or erased here.")
            self.run.reject(read.line, read.cells, reason)
            return Found(is_taken_in=False)
        return Found(row)

    def _doubted(self, read: ReadRow, doubt: Doubt) -> Found[Contact]:
        twin: Contact = doubt.twin  # type: ignore[assignment]
        placed = self._taken(read, twin)
        if not placed.is_taken_in:
            return placed
        self.run.doubt(doubt)
        decision = self.run.decision(read.line, twin.pk)
        if decision == ImportDoubt.Decision.CREATE:
            return Found()
        if decision == Import.Doubts.SAME:
            return placed
        reason = _("May be the same as “%(name)s”: %(reasons)s.")
        why = said_by(lambda: ", ".join(reasons_in_words(doubt.reasons)))
        told = reason % {"name": str(twin), "reasons": why}
        self.run.reject(read.line, read.cells, told)
        return Found(is_taken_in=False)

    def _look_up_keys(self) -> None:
        key = self.run.file.key
        values = {prints.get(key, "") for prints in self._prints.values()} - {""}
        rows: dict[str, dict[int, Contact]] = defaultdict(dict)
        for value, row in self._found_by(key, values) if key and self._newest else ():
            survivor = survivor_of(row)
            rows[folded(value)][survivor.pk] = survivor
        self._by_key = {value: list(found.values()) for value, found in rows.items()}

    def _found_by(self, key: str, values: Collection[str]) -> Iterable[tuple[str, Contact]]:
        if key == "email":
            return self._reached(values)
        if key == "name":
            return [(name, row) for name, row in self._named(values) if folded(str(row)) == folded(name)]
        found = self.model.objects.filter(**{f"{key}__in": values}, pk__lte=self._newest)
        return [(str(getattr(row, key)), row) for row in found.select_related("merged_into")]

    def _named(self, names: Iterable[str]) -> list[tuple[str, Contact]]:
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(_SAME_NAMES.format(table=table), [sorted(names), self._newest])
            pairs = cursor.fetchall()
        rows = self.model.objects.select_related("merged_into")
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
        found = rows.select_related(f"{self._own}__merged_into").order_by("pk")
        return [(channel.value, getattr(channel, self._own)) for channel in found]


def _details(read: ReadRow) -> str:
    """What tells a row from its namesakes."""
    place = " ".join(filter(None, [read.text("postal_code"), read.text("city")]))
    said = [read.text("company"), read.text("street"), place, read.text("email"), read.text("phone")]
    return " · ".join(filter(None, said))


def _works_for(row: Company | Person, company: str) -> bool:
    """Whether a person is employed by the company of this name, or by none where none is named."""
    if not isinstance(row, Person):
        return True
    present = {folded(job.company.name) for job in row.employments.all() if job.until is None}
    return folded(company) in present if company else not present


def _are_alike(one: str, other: str) -> bool:
    return token_set_ratio(folded(one), folded(other)) >= ALIKE_ENOUGH
