"""The table of a question as a file: every line with its parts, every column, the totals."""

import tempfile
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.table_files import Cell
from explorer.asked import AXES
from explorer.cells import Sums
from explorer.page import ExplorerPage
from explorer.table import Line, Table
from lists.files import FORMATS, Export

# So that a share and a duration are no longer than one reads.
DECIMALS = {"percent": Decimal("0.0001"), "money": Decimal("0.01")}


def write_table(page: ExplorerPage, file_format: str) -> Export:
    """Write the table into a temporary file; what looks like a formula stays a text."""
    kind, table = FORMATS[file_format], page.table or Table([], [], Line(None, "", [], Sums()))
    # Closed by the answer that sends it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    rows = list(_rows(page, table))
    assert kind.write is not None  # noqa: S101 - every kind of LISTS's files writes tables
    kind.write(file, _headers(page, table), iter(rows))
    file.seek(0)
    name = f"{_('explorer')}-{timezone.localdate():%Y-%m-%d}.{kind.suffix}"
    return Export(file, len(rows), name, kind.content_type)


def words(page: ExplorerPage) -> str:
    """What was asked, for the log of files."""
    asked, filters = page.asked, [f"{chip.label}: {chip.text}" for chip in page.chips]
    said = [page.subject.label, page.measure.label, asked.label(*AXES), page.period_label, *filters]
    return " · ".join(map(str, said))


def _headers(page: ExplorerPage, table: Table) -> list[str]:
    axes = [page.asked.label(axis) for axis in ("rows", "split") if axis in page.asked.axes]
    unit = page.asked.currency if page.measure.is_money else ""
    whole = " ".join(filter(None, [str(page.measure.label), unit]))
    base = [str(page.measure.base)] if page.measure.bottom is not None else []
    return [*axes, *(label for _key, label in table.columns), whole, *base]


def _rows(page: ExplorerPage, table: Table) -> Iterator[list[Cell]]:
    within = ""
    for line in [*table.lines, table.total]:
        names: list[Cell] = [line.label]
        if "split" in page.asked.axes:
            names = [within, line.label] if line.is_part else [line.label, pgettext("of a table", "Sum")]
        within = within if line.is_part else line.label
        base = [_number(line.whole.bottom, "count")] if page.measure.bottom is not None else []
        sums = [one.amount(page.measure) for one in [*line.sums, line.whole]]
        yield [*names, *(_number(one, page.measure.unit) for one in sums), *base]


def _number(amount: Decimal | int | float | None, unit: str) -> Cell:
    if amount is None or isinstance(amount, int):
        return amount
    return Decimal(str(amount)).quantize(DECIMALS.get(unit, Decimal("0.01")))
