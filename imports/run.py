"""One run of an import, real or on trial: what it was told, and what it makes of the files."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils.functional import Promise

from accounts.models import User
from core.planner import tell_planner
from core.progress import Progress
from core.sentences import said_by, spoken
from imports.cells import Cell, plain
from imports.models import Import, ImportFile, ImportRow
from imports.read_rows import ReadRow
from imports.refusals import refusal_in_words
from imports.rejects import Reject

MOST_SAMPLES = 10
# The transaction that wrote a row last (xmin) is the mark by which an undo knows that nobody touched it.
_REMEMBER = """
INSERT INTO imports_importrow (run_id, file_id, line, model, row, is_new, before, mark, fate)
SELECT %s, %s, told.line, %s, told.pk, told.is_new, told.before::jsonb, ours.xmin::text::bigint, ''
  FROM unnest(%s::int[], %s::bigint[], %s::boolean[], %s::text[]) AS told (line, pk, is_new, before)
  JOIN {table} ours ON ours.id = told.pk
ON CONFLICT (run_id, model, row) DO UPDATE
   SET mark = EXCLUDED.mark,
       before = COALESCE(EXCLUDED.before, '{{}}') || COALESCE(imports_importrow.before, '{{}}')
"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that may be someone we know: whom, and why."""

    line: int
    label: str
    twin: models.Model
    # Codes of imports.doubt_reasons, and how sure it is (0 to 100; 0 where a key says it).
    reasons: Sequence[str]
    score: int = 0
    # What else the row says.
    details: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A row to look at: what it is called, and of one we know what changes (field, before, after)."""

    line: int
    label: str
    changes: Sequence[tuple[str, str, str]] = ()


@dataclass(slots=True)
class FileTally:
    """What became of the rows of one file."""

    counts: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    notes: Counter[str | Promise] = field(default_factory=Counter)
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    # The first rows that are created and updated, to look at before one goes on.
    samples: list[Sample] = field(default_factory=list)


# What the files of an import do to each other's rows is no change that somebody made.
_REMARK = """
UPDATE imports_importrow told SET mark = ours.xmin::text::bigint
  FROM {table} ours
 WHERE told.run_id = %s AND told.model = %s AND ours.id = told.row AND told.mark <> ours.xmin::text::bigint
"""


class Run:
    """What the kinds of tables are told, and tell."""

    def __init__(self, brought: Import, progress: Progress, *, is_trial: bool, now: datetime) -> None:
        self.brought, self.progress, self.is_trial, self.now = brought, progress, is_trial, now
        self.actor: User = brought.actor
        self.as_of = min(brought.as_of, now)
        self.source = brought.title
        self.tallies: dict[int, FileTally] = {}
        self._decisions: dict[int, dict[int, tuple[str, int]]] = {}
        self._told: list[tuple[int, models.Model, bool, str | None]] = []
        self._newest: dict[type[models.Model], int] = {}
        # The lines by file, key and value, to find what stands in a file twice.
        self.seen: dict[tuple[int, str, str], int] = {}
        self._done = 0

    @property
    def is_own_only(self) -> bool:
        """Whether what comes in is the actor's own: reps bring in their address books."""
        return not (self.actor.is_admin or self.actor.is_manager)

    @property
    def tally(self) -> FileTally:
        """What became of the present file's rows."""
        return self.tallies[self.file.pk]

    def begin(self, file: ImportFile, decisions: dict[int, tuple[str, int]]) -> None:
        """Go on to a file; `decisions` of its doubtful rows: line to decision and twin."""
        self.file = file
        self._newest.clear()
        self.tallies[file.pk] = FileTally()
        self._decisions[file.pk] = decisions

    def newest(self, model: type[models.Model]) -> int:
        """The newest row of a table that the present file did not bring: only those can be known already."""
        if model not in self._newest:
            latest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
            self._newest[model] = latest or 0
        return self._newest[model]

    def key_of(self, foreign: str) -> str:
        """Under which external id a foreign row is kept here: two systems may use one number."""
        return f"{self.brought.system}:{foreign}"[:100] if self.brought.system and foreign else foreign

    def foreign_key(self, row: ReadRow, code: str) -> str:
        """The id of something else that a row names; of several, parted by semicolons, the first."""
        return self.key_of(row.text(code).partition(";")[0].strip())

    def decision(self, line: int, twin: int) -> str:
        """What is to be done with a doubtful row; the rule where nobody decided, or about another twin."""
        decision, decided_of = self._decisions[self.file.pk].get(line, ("", 0))
        return decision if decision and decided_of == twin else self.brought.doubts

    def advance(self, rows: int) -> None:
        """Say that some more rows are done; stops here if that is wished."""
        self._done += rows
        self.progress.report(self._done, message=self.file.name)

    def reject(self, line: int, cells: Sequence[Cell], reason: str | Promise) -> None:
        """A row that does not come in, and why."""
        self.tally.rejects.append(Reject(line, [plain(cell)[:2000] for cell in cells], spoken(reason)))

    def doubt(self, doubt: Doubt) -> None:
        """A row that may be someone we know."""
        self.tally.doubts.append(doubt)

    def sample(self, sample: Sample) -> None:
        """Keep a row to look at, while there are few."""
        alike = [one for one in self.tally.samples if bool(one.changes) == bool(sample.changes)]
        if len(alike) < MOST_SAMPLES:
            self.tally.samples.append(sample)

    def made(self, pairs: Iterable[tuple[int, models.Model]]) -> None:
        """Rows that are new, each with the line it stood in."""
        self._told += [(line, row, True, None) for line, row in pairs]

    def changed(self, pairs: Iterable[tuple[int, models.Model, str]]) -> None:
        """Rows that were changed, each with its line and what stood there before, as JSON by column."""
        self._told += [(line, row, False, before) for line, row, before in pairs]

    def guarded(self, take_in: Callable[[Sequence[ReadRow], "Run"], None], rows: Sequence[ReadRow]) -> None:
        """Take in some rows; if the database refuses one of them, all others come in all the same."""
        if not rows:
            return
        before = self._snapshot()
        try:
            with transaction.atomic():
                take_in(rows, self)
                self._remember()
        except (IntegrityError, DataError) as refusal:
            self._restore(before)
            if len(rows) == 1:
                words = said_by(partial(refusal_in_words, refusal))
                self.reject(rows[0].line, rows[0].cells, words)
                return
            middle = len(rows) // 2
            self.guarded(take_in, rows[:middle])
            self.guarded(take_in, rows[middle:])

    def remember(self) -> None:
        """Write down what was made and changed since the last time; `guarded` does it by itself."""
        self._remember()

    def seal(self) -> None:
        """Mark what was written as it stands now, at the end of all files.

        The planner hears first how many rows that are: believing in none, it would compare each with all.
        """
        tell_planner(ImportRow)
        for label in self.brought.rows.values_list("model", flat=True).order_by().distinct():
            table = connection.ops.quote_name(apps.get_model(label)._meta.db_table)
            with connection.cursor() as cursor:
                cursor.execute(_REMARK.format(table=table), [self.brought.pk, label])

    def _remember(self) -> None:
        told, self._told = self._told, []
        if self.is_trial or not told:
            return
        by_model: dict[type[models.Model], list[tuple[int, models.Model, bool, str | None]]] = {}
        for entry in told:
            by_model.setdefault(type(entry[1]), []).append(entry)
        for model, entries in by_model.items():
            self._write(model, entries)

    def _write(
        self, model: type[models.Model], entries: list[tuple[int, models.Model, bool, str | None]]
    ) -> None:
        once = {row.pk: (line, row.pk, is_new, before) for line, row, is_new, before in reversed(entries)}
        lines, keys, news, befores = (list(column) for column in zip(*once.values(), strict=True))
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                _REMEMBER.format(table=table),
                [self.brought.pk, self.file.pk, model._meta.label_lower, lines, keys, news, befores],
            )

    def _snapshot(self) -> tuple[Counter[str], int, int, Counter[str | Promise], int]:
        tally = self.tally
        lengths = (len(tally.rejects), len(tally.doubts))
        return tally.counts.copy(), *lengths, tally.notes.copy(), len(tally.samples)

    def _restore(self, before: tuple[Counter[str], int, int, Counter[str | Promise], int]) -> None:
        tally = self.tally
        tally.counts, tally.notes = before[0], before[3]
        del tally.rejects[before[1] :]
        del tally.doubts[before[2] :]
        del tally.samples[before[4] :]
        self._told = []
