"""Tables as files that spreadsheets open: CSV and XLSX, row by row; nothing in them runs as a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import IO

from django.utils.translation import get_language
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from core.formulas import neutralised

Cell = str | int | Decimal | date | None
"""Texts stay texts; numbers and days are written so that a spreadsheet knows them as such."""

COLUMN_WIDTH = 18


def write_csv(file: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as Excel opens it here: UTF-8 with BOM, semicolons.

    Days and decimals are spelt in the reader's language: 24.11.2026 and 18900,50; 2026-11-24 and 18900.50.
    """
    is_german = (get_language() or "de").startswith("de")
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(neutralised, headers))
    for row in rows:
        writer.writerow([_spelt(cell, is_german=is_german) for cell in row])
    text.detach()


def write_workbook(file: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as an XLSX workbook of one sheet, in constant memory.

    Texts that look like formulas carry Excel's own mark of a text: shown, and read again, as they are.
    """
    workbook = Workbook(file, {"constant_memory": True})
    sheet = workbook.add_worksheet()
    sheet.set_column(0, len(headers) - 1, COLUMN_WIDTH)
    sheet.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for place, header in enumerate(headers):
        sheet.write_string(0, place, header, bold)
    write = _writer(workbook, sheet)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            write(count, place, cell)
    sheet.autofilter(0, 0, count, len(headers) - 1)
    workbook.close()


def _spelt(cell: Cell, *, is_german: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutralised(cell)
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}" if is_german else cell.isoformat()
    text = str(cell)
    return text.replace(".", ",") if is_german else text


def _writer(workbook: Workbook, sheet: Worksheet) -> Callable[[int, int, Cell], None]:
    """How one cell is written: each kind of value as what it is."""
    day = workbook.add_format({"num_format": "dd.mm.yyyy"})
    amount = workbook.add_format({"num_format": "#,##0.00"})
    as_text = workbook.add_format({"quote_prefix": True})

    def write(row: int, place: int, cell: Cell) -> None:
        if isinstance(cell, str):
            if cell:
                sheet.write_string(row, place, cell, as_text if neutralised(cell) != cell else None)
        elif isinstance(cell, date):
            sheet.write_datetime(row, place, cell, day)
        elif cell is not None:
            sheet.write_number(row, place, cell, amount if isinstance(cell, Decimal) else None)

    return write
