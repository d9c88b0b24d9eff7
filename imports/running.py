"""Running an import: all of its files in one transaction; on trial, rolled back at the end."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings as site
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import events
from core.progress import Progress
from core.sentences import spoken
from imports.amounts import DecimalSign
from imports.cells import folded
from imports.columns import ColumnMap
from imports.deals import try_lock
from imports.errors import ImportRefused
from imports.file_reading import read_file
from imports.kinds import TableKind, kinds_for
from imports.marks import write_marks
from imports.models import Import, ImportDoubt, ImportFile, ImportReject
from imports.moments import DayOrder
from imports.read_rows import Conventions, RowReader
from imports.run import FileTally, Run

BATCH = 1000
LONGEST_REASON = 1000
PAUSE_SECONDS = 0.5
DAY_ORDERS = {"dmy": DayOrder.DAY_FIRST, "mdy": DayOrder.MONTH_FIRST}
DECIMAL_SIGNS = {"comma": DecimalSign.COMMA, "point": DecimalSign.POINT}


@dataclass(frozen=True, slots=True)
class Part:
    """A file of an import, read and ready."""

    file: ImportFile
    kind: TableKind
    reader: RowReader


def run_import(brought: Import, progress: Progress, *, is_trial: bool) -> dict[str, object]:
    """Take in the files of an import; a trial finds out the same and writes nothing but what it found.

    Everything is one transaction: whoever is killed or stopped on the way leaves nothing. Done once, it is
    not done again.
    """
    parts = _parts(brought)
    progress.report(0, total=sum(len(part.reader.table.rows) for part in parts))
    with transaction.atomic():
        _wait_for_turn(progress)
        brought = Import.objects.select_for_update().get(pk=brought.pk)
        if not brought.is_draft:
            return {}
        run = Run(brought, progress, is_trial=is_trial, now=timezone.now())
        with transaction.atomic():
            for part in parts:
                _take_in(part, run)
            run.seal()
            if not is_trial:
                write_marks(brought, at=run.now)
            if is_trial:
                transaction.set_rollback(True)
        progress.report(message=_("Writing down the result …"))
        _keep(run, parts)
        _mark(run)
    return {"rows": progress.done}


def users_by_name() -> dict[str, int]:
    """Active users by folded address and name, in both orders; a name of several is nobody's."""
    found: dict[str, int | None] = {}
    for user in User.objects.active():
        names = {user.email, user.get_full_name(), f"{user.last_name}, {user.first_name}"}
        for name in map(folded, names):
            found[name] = None if name in found else user.pk
    return {name: pk for name, pk in found.items() if pk is not None}


def _parts(brought: Import) -> list[Part]:
    """The files in the order in which they refer to each other, each read under its mapping."""
    allowed = kinds_for(brought.actor)
    users = users_by_name()
    parts = []
    for file in brought.files.all():
        kind = allowed.get(file.table)
        if kind is None:
            raise ImportRefused(_("“%(name)s”: this table cannot be brought in by you.") % {"name": file})
        missing = kind.missing(set(file.columns.values()))
        if missing:
            raise ImportRefused(f"{file}: {missing}")
        parts.append(Part(file, kind, _reader(file, kind, users)))
    if not parts:
        raise ImportRefused(_("There is no file to take in."))
    return sorted(parts, key=lambda part: (part.kind.order, part.file.pk))


def _reader(file: ImportFile, kind: TableKind, users: Mapping[str, int]) -> RowReader:
    table = read_file(file)
    columns = ColumnMap(table.headers, {code: int(index) for index, code in file.columns.items() if code})
    conventions = Conventions(
        ZoneInfo(site.TIME_ZONE),
        order=DAY_ORDERS.get(file.given.get("dates", "")),
        sign=DECIMAL_SIGNS.get(file.given.get("decimals", "")),
        values=file.values,
        users=users,
    )
    return RowReader(table, columns, kind.columns(), conventions)


def _wait_for_turn(progress: Progress) -> None:
    while not try_lock():
        progress.report(message=_("Another import is running; this one follows."))
        time.sleep(PAUSE_SECONDS)


def _take_in(part: Part, run: Run) -> None:
    decisions = part.file.doubts.exclude(decision=ImportDoubt.Decision.OPEN)
    run.begin(part.file, {line: (said, twin) for line, said, twin in _decided(decisions)})
    part.kind.take_file(part.reader, run)
    run.tally.unmapped.update(part.reader.unmapped)


def _decided(doubts: object) -> Sequence[tuple[int, str, int]]:
    return list(doubts.values_list("line", "decision", "twin"))  # type: ignore[attr-defined]


def _keep(run: Run, parts: Sequence[Part]) -> None:
    """Write down what became of each file's rows, in place of what an earlier trial found."""
    for part in parts:
        tally = run.tallies[part.file.pk]
        part.file.counts = _counts(part, tally)
        part.file.save(update_fields=["counts"])
        part.file.rejects.all().delete()
        ImportReject.objects.bulk_create(
            (
                ImportReject(
                    file=part.file,
                    line=one.line,
                    cells=list(one.cells),
                    reason=one.reason[:LONGEST_REASON],
                    spoken=spoken(one.reason).spoken,
                )
                for one in sorted(tally.rejects, key=lambda reject: reject.line)
            ),
            batch_size=BATCH,
        )
        _keep_doubts(part.file, tally)


def _keep_doubts(file: ImportFile, tally: FileTally) -> None:
    """The doubtful rows of now; what was decided of them stays decided."""
    decided = {line: (said, twin) for line, said, twin in _decided(file.doubts.exclude(decision=""))}
    file.doubts.all().delete()
    doubts = {doubt.line: doubt for doubt in tally.doubts}
    rows = []
    for line, doubt in doubts.items():
        said, twin = decided.get(line, ("", 0))
        rows.append(
            ImportDoubt(
                file=file,
                line=line,
                label=doubt.label[:200],
                details=doubt.details[:300],
                twin=doubt.twin.pk,
                twin_label=str(doubt.twin)[:200],
                score=doubt.score,
                reasons=list(doubt.reasons),
                decision=said if twin == doubt.twin.pk else "",
            )
        )
    ImportDoubt.objects.bulk_create(rows, batch_size=BATCH)


def _counts(part: Part, tally: FileTally) -> dict[str, object]:
    table = part.reader.table
    return {
        "rows": len(table.rows) + len(table.bad_rows),
        "created": tally.counts["created"],
        "updated": tally.counts["updated"],
        "unchanged": tally.counts["unchanged"],
        "companies": tally.counts["companies"],
        "doubtful": len({doubt.line for doubt in tally.doubts}),
        "rejected": len({reject.line for reject in tally.rejects}),
        "notes": [[spoken(text).spoken, count] for text, count in tally.notes.most_common()],
        "samples": [[one.line, one.label, list(one.changes)] for one in tally.samples],
        "unmapped": [[code, word, count] for (code, word), count in tally.unmapped.most_common(200)],
    }


def _mark(run: Run) -> None:
    brought = run.brought
    if run.is_trial:
        brought.checked_at = run.now
        brought.save(update_fields=["checked_at"])
        return
    brought.state, brought.done_at = Import.State.DONE, run.now
    brought.save(update_fields=["state", "done_at"])
    events.record("import.done", brought, actor=run.actor, rows=run.progress.done)
