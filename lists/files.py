"""A list as a file: its kinds, its columns, all rows in chunks; nothing in it runs as a formula."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core.table_files import Cell, write_csv, write_workbook
from core.templatetags.money import number
from lists.errors import ExportTooLarge

CHUNK = 2000


@dataclass(frozen=True)
class Format:
    """A kind of file: how many rows it may have (as many as take a few seconds), and who writes it.

    Either as a table (`write`: headers and rows of cells), or whole rows (`write_rows`).
    """

    label: str | Promise
    symbol: str
    suffix: str
    most_rows: int
    content_type: str
    write: Callable[[IO[bytes], Sequence[str], Iterator[Sequence[Cell]]], None] | None = None
    write_rows: Callable[[IO[bytes], QuerySet], None] | None = None


FORMATS: Mapping[str, Format] = {
    "xlsx": Format(
        _lazy("Excel (XLSX)"),
        "file-spreadsheet",
        "xlsx",
        20_000,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_workbook,
    ),
    "csv": Format(_lazy("CSV"), "file-text", "csv", 100_000, "text/csv; charset=utf-8", write_csv),
}


@dataclass(frozen=True)
class Out:
    """A column of the file: what it reads of a row, and what it makes of that."""

    label: str | Promise
    paths: tuple[str, ...]
    cell: Callable[..., Cell] = lambda value: value


@dataclass(frozen=True)
class Export:
    """A written file, at its beginning."""

    file: IO[bytes]
    rows: int
    name: str
    content_type: str


def write_export(rows: QuerySet, outs: Sequence[Out], kind: Format, name: str) -> Export:
    """Write rows in their order into a temporary file; ExportTooLarge when there are more than fit."""
    count = rows.order_by()[: kind.most_rows + 1].count()
    if count > kind.most_rows:
        raise ExportTooLarge(_too_large(kind))
    # Closed by the answer that sends it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    if kind.write_rows is not None:
        kind.write_rows(file, rows)
    elif kind.write is not None:
        unique = list({str(out.label): out for out in outs}.values())
        kind.write(file, [str(out.label) for out in unique], _cells(rows, unique))
    file.seek(0)
    return Export(file, count, f"{name}-{timezone.localdate():%Y-%m-%d}.{kind.suffix}", kind.content_type)


def joined(*parts: str | None) -> str:
    """What a name consists of, in one cell."""
    return " ".join(part for part in parts if part)


def _cells(rows: QuerySet, outs: Sequence[Out]) -> Iterator[list[Cell]]:
    """The cells of each row, read in chunks."""
    paths = list(dict.fromkeys(path for out in outs for path in out.paths))
    places = [(out.cell, [paths.index(path) for path in out.paths]) for out in outs]
    for values in rows.values_list(*paths).iterator(chunk_size=CHUNK):
        yield [cell(*[values[place] for place in wanted]) for cell, wanted in places]


def _too_large(kind: Format) -> str:
    most = {name: number(one.most_rows) for name, one in FORMATS.items()}
    if kind is FORMATS["xlsx"]:
        message = _(
            "Excel takes at most %(xlsx)s rows. Please narrow the filter, or take CSV (up to %(csv)s)."
        )
        return message % most
    return _("A file takes at most %(most)s rows. Please narrow the filter.") % {
        "most": number(kind.most_rows)
    }
