"""What an import did, for people and programs: one JSON object."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from imports.column_names import Field
from imports.deal_rows import ChangeRow, DealRow
from imports.deals import Done
from imports.rows import Interpreter
from imports.sources import Source

Json: TypeAlias = str | float | Sequence["Json"] | Mapping[str, "Json"] | None

_MOST_LISTED = 100


def summary(done: Done, deals: Source[DealRow], changes: Source[ChangeRow] | None) -> dict[str, Json]:
    """The counts first, then what is worth a look, then how the files were understood."""
    plan, builder, references = done.plan, done.planner.builder, done.planner.references
    interpreters = _interpreters(deals, changes)
    return {
        "dry_run": done.is_trial,
        "read": deals.read,
        "created": len(plan.created),
        "unchanged": plan.unchanged,
        "filled": len(plan.filled),
        "differing": plan.differing,
        "rejected": len(deals.rejects),
        "new": {name: _listed(names) for name, names in references.prepared().items() if names},
        "unmapped": _unmapped(interpreters, builder.unmapped_reasons),
        "unused_mappings": deals.interpreter.settings.values.unused(),
        "look_alikes": [
            {
                "field": alike.field,
                "theirs": alike.theirs,
                "ours": alike.ours,
                "count": alike.count,
                "taken_for_ours": alike.is_taken_for_ours,
            }
            for alike in references.look_alikes()
        ],
        "differences": dict(plan.differences.most_common()),
        "differing_ids": plan.differing_ids[:_MOST_LISTED],
        "notes": _notes(done),
        "values": _values(interpreters),
        "file": _understood(deals.interpreter),
        "changes": _changes(changes, done) if changes else None,
    }


def _interpreters(deals: Source[DealRow], changes: Source[ChangeRow] | None) -> list[Interpreter]:
    """The readings of the files; a file that is both is counted once."""
    if changes is None:
        return [deals.interpreter]
    is_both = changes.interpreter.table is deals.interpreter.table
    return [changes.interpreter] if is_both else [deals.interpreter, changes.interpreter]


def _notes(done: Done) -> dict[str, Json]:
    """Counts of deals that lack something or differ between the files, where there are any."""
    notes = {**done.planner.builder.notes, "customers_with_an_earlier_imported_win": done.plan.earlier_wins}
    return {name: number for name, number in sorted(notes.items()) if number}


def _unmapped(interpreters: Iterable[Interpreter], reasons: Mapping[str, int]) -> dict[str, Json]:
    """Words of the files for which we have none, by field, with counts."""
    counts: Counter[tuple[Field, str]] = Counter(
        {(Field.LOSS_REASON, text): n for text, n in reasons.items()}
    )
    for interpreter in interpreters:
        counts += interpreter.unmapped
    fields = sorted({field for field, _theirs in counts})
    return {
        name.value: {theirs: count for (field, theirs), count in counts.most_common() if field == name}
        for name in fields
    }


def _values(interpreters: Iterable[Interpreter]) -> list[Json]:
    """What the words of the files were understood to mean, with counts."""
    met: Counter[tuple[Field, str, str]] = Counter()
    for interpreter in interpreters:
        met += interpreter.understood
    return [
        {"field": field.value, "theirs": theirs, "ours": ours, "count": count}
        for (field, theirs, ours), count in met.most_common()
    ]


def _understood(interpreter: Interpreter) -> dict[str, Json]:
    """Format, columns, and how days and numbers are written."""
    return {
        **interpreter.table.read_as,
        "columns": interpreter.columns.summary(),
        "ignored_columns": interpreter.columns.ignored,
        "readings": interpreter.readings(),
    }


def _changes(changes: Source[ChangeRow], done: Done) -> dict[str, Json]:
    written = sum(len(new.history.steps) for new in done.plan.created)
    return {
        "read": changes.read,
        "rejected": len(changes.rejects),
        "history_rows": written,
        **_understood(changes.interpreter),
    }


def _listed(names: Sequence[str]) -> dict[str, Json]:
    return {"count": len(names), "names": list(names[:_MOST_LISTED])}
