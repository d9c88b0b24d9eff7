"""What the page of an import shows."""

from dataclasses import dataclass

from django.db.models import Count
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.sentences import heard
from imports.column_specs import Column
from imports.kinds import KINDS
from imports.marks import field_in_words
from imports.models import Import, ImportFile
from imports.systems import System
from imports.undoing import left_rows

MOST_LEFT = 50
MOST_REJECTS = 20
MOST_REASONS = 5


@dataclass(frozen=True)
class FileShown:
    """A file as its card shows it."""

    file: ImportFile
    table: str | Promise
    mapped: int
    problem: str
    counts: list[tuple[str, str, int]]
    notes: list[tuple[str, int]]
    unmapped: list[tuple[str | Promise, str, int]]
    rejects: list[object]
    # The reasons that many rows share, with how often; only where not all rows are shown.
    reasons: list[tuple[str, int]]
    # The first rows that are created or updated: line, name, and what changes (field, before, after).
    samples: list[tuple[int, str, list[tuple[str, str, str]]]]


def overview(brought: Import, form: BaseForm) -> dict[str, object]:
    """The import with its files, whether it may be checked and run, and what an undo left."""
    files = [_shown(file, brought) for file in brought.files.all()]
    is_ready = bool(files) and not any(shown.problem for shown in files)
    doubts = sum(dict(_plain(shown)).get("doubtful", 0) for shown in files)
    return {
        "brought": brought,
        "form": form,
        "files": files,
        "system": System(brought.system).label if brought.system in System.values else brought.system,
        "is_ready": is_ready,
        "doubts": doubts,
        "left": left_rows(brought, MOST_LEFT) if brought.state == Import.State.UNDONE else [],
    }


def _plain(shown: FileShown) -> list[tuple[str, int]]:
    return [(code, number) for code, _label, number in shown.counts]


def _shown(file: ImportFile, brought: Import) -> FileShown:
    kind = KINDS.get(file.table)
    problem = file.error
    if not problem and kind is None:
        problem = _("What this file holds was not recognised; please choose it.")
    elif not problem and kind is not None:
        problem = kind.missing(set(file.columns.values()))
    has_counts = bool(file.counts) and (brought.checked_at or not brought.is_draft)
    labels: dict[str, Column] = {column.code: column for column in kind.columns()} if kind else {}
    return FileShown(
        file=file,
        table=kind.label if kind else "–",
        mapped=len(file.columns),
        problem=problem,
        counts=_counts(file.counts, brought) if has_counts else [],
        notes=[(_heard(text), count) for text, count in file.counts.get("notes", [])] if has_counts else [],
        unmapped=[
            (labels[code].label if code in labels else code, word, count)
            for code, word, count in (file.counts.get("unmapped", []) if has_counts else [])
        ],
        rejects=list(file.rejects.all()[:MOST_REJECTS]) if has_counts else [],
        samples=_samples(file) if has_counts else [],
        reasons=_reasons(file) if has_counts and file.counts.get("rejected", 0) > MOST_REJECTS else [],
    )


def _samples(file: ImportFile) -> list[tuple[int, str, list[tuple[str, str, str]]]]:
    return [
        (line, label, [(field_in_words(name), old, new) for name, old, new in changes])
        for line, label, changes in file.counts.get("samples", [])
    ]


def _reasons(file: ImportFile) -> list[tuple[str, int]]:
    """What keeps most rows out, so that one need not read them all."""
    counted = file.rejects.order_by().values_list("reason", "spoken").annotate(times=Count("pk"))
    often = counted.filter(times__gt=1).order_by("-times", "reason")[:MOST_REASONS]
    return [(heard(spoken) or reason, times) for reason, spoken, times in often]


def _heard(kept: str | dict[str, str]) -> str:
    """A note in the language of the reader; a former import has it in that of its actor."""
    return kept if isinstance(kept, str) else heard(kept)


def _counts(counts: dict[str, int], brought: Import) -> list[tuple[str, str, int]]:
    is_future = brought.is_draft
    names = {
        "created": _("would be created") if is_future else _("created"),
        "updated": _("would be updated") if is_future else _("updated"),
        "unchanged": _("known and unchanged"),
        "doubtful": _("doubtful"),
        "rejected": _("would be rejected") if is_future else _("rejected"),
    }
    shown = [(code, label, counts.get(code, 0)) for code, label in names.items()]
    if counts.get("companies"):
        shown.append(("companies", _("companies made beside them"), counts["companies"]))
    return shown
