"""The rows that were not taken in, as a file to correct and import again."""

import csv
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from django.utils.translation import gettext as _

from core.formulas import neutralised
from core.sentences import joined
from imports.cells import Cell, plain
from imports.columns import normal_name

_OWN_COLUMNS = frozenset(["importline", "importzeile", "importreason", "importgrund"])


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken in: where it stood, what it held, and why."""

    line: int
    cells: Sequence[Cell]
    reason: str


def merged(rejects: Iterable[Reject]) -> list[Reject]:
    """One reject for each line, with all its reasons."""
    found: dict[int, Reject] = {}
    for reject in rejects:
        first = found.setdefault(reject.line, reject)
        if reject.reason not in first.reason:
            found[reject.line] = replace(first, reason=joined([first.reason, reject.reason]))
    return list(found.values())


def write_rejects(path: Path, headers: Sequence[str], rejects: Iterable[Reject]) -> Path:
    """Write rejected rows with the columns they came with, their line and the reason; answer to which file.

    That is `path`, or the first one numbered after it that is free: nobody's corrections are overwritten.

    German Excel opens the file as it is (UTF-8 with BOM, semicolons); nothing in it runs as a formula; read
    again, every cell is what it was. Line and reason of an earlier import are replaced. Only the owner may
    read the file.
    """
    names, rows = rejects_table(headers, rejects)
    free = _free(path)
    with open(free, "x", encoding="utf-8-sig", newline="", opener=_private) as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerows(map(neutralised, row) for row in [names, *rows])
    return free


def rejects_table(headers: Sequence[str], rejects: Iterable[Reject]) -> tuple[list[str], list[list[str]]]:
    """Rejected rows with the columns they came with, their line and the reason, as texts."""
    keep = [index for index, header in enumerate(headers) if normal_name(header) not in _OWN_COLUMNS]
    names = [*(headers[index] for index in keep), _("Import line"), _("Import reason")]
    rows = []
    for reject in sorted(rejects, key=lambda reject: reject.line):
        cells = _as_wide_as_the_table(reject.cells, keep, len(headers))
        rows.append([*map(plain, cells), str(reject.line), reject.reason])
    return names, rows


def _free(path: Path) -> Path:
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(candidate for candidate in chain([path], numbered) if not candidate.exists())


def _as_wide_as_the_table(cells: Sequence[Cell], keep: Sequence[int], width: int) -> list[Cell]:
    """The cells below their headers; what is too much for the table stays together in its last column."""
    surplus = [plain(cell) for cell in cells[width - 1 :]] if len(cells) > width else []
    fitted = (
        [*cells[: width - 1], " | ".join(surplus)] if surplus else [*cells, *[None] * (width - len(cells))]
    )
    return [fitted[index] for index in keep]


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
