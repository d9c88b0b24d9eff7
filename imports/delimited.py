"""CSV, exactly: records with their physical lines, and a bad record costs no good one."""

import io
import re
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext_lazy as _

from imports.tables import Record

DELIMITERS = (";", ",", "\t", "|")
NO_DELIMITER = "\n"
"""For tables of one column: outside quotation marks no cell holds a line break, so nothing is ever split."""

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_SEP_LINE = re.compile(r'"?sep=(.)"?[\r\n]*\Z')
_SAMPLE_RECORDS = 100

_NEVER_CLOSED = _("A quotation mark is opened here and never closed.")
_STRAY_QUOTE = _("A quotation mark stands within a cell that is not in quotation marks.")
_TEXT_AFTER_QUOTE = _("Text follows a closing quotation mark; quotation marks within a cell must be doubled.")


class _MalformedError(Exception):
    """The text is no CSV record; carries the reason."""


def physical_lines(text: str) -> list[str]:
    """The lines with their ends: CRLF, LF and CR end a line, other signs (U+2028 ...) do not."""
    return list(io.StringIO(text, newline=""))


def announced_delimiter(lines: list[str]) -> str | None:
    """The delimiter that Excel's first line `sep=;` names."""
    match = _SEP_LINE.match(lines[0]) if lines else None
    return match[1] if match else None


def guessed_delimiter(lines: list[str]) -> str:
    """The one that cuts the first records into the same number of cells as the header, most cells first.

    `csv.Sniffer` counts signs instead of reading records; it stumbles over tables of one column, decimal
    commas and line breaks within quotation marks.
    """
    best = max(DELIMITERS, key=lambda delimiter: _fit(lines, delimiter))
    return best if _fit(lines, best)[1] > 1 else NO_DELIMITER


def _fit(lines: list[str], delimiter: str) -> tuple[float, int]:
    """Share of the first records that are as wide as the header, and that width; (0, 1) if nothing is cut."""
    filled = (record for record in records(lines, delimiter) if record.problem or any(record.cells))
    sample = list(islice(filled, _SAMPLE_RECORDS))
    width = len(sample[0].cells) if sample and not sample[0].problem else 1
    if width == 1:
        return 0.0, 1
    same = sum(not record.problem and len(record.cells) == width for record in sample)
    return same / len(sample), width


def records(lines: list[str], delimiter: str, *, skip: int = 0) -> Iterator[Record]:
    """Read one record after the other, without the first `skip` lines.

    A record ends at the first line end with an even number of quotation marks before it. When what was
    gathered is no record, only its first line is given up and reading goes on with the next line: a stray
    quotation mark does not swallow the rows below it. That stays linear, because a line with an odd number
    of them ends the gathering.
    """
    position = skip
    while position < len(lines):
        stop = _end_of_record(lines, position)
        try:
            cells = _cells("".join(lines[position:stop]).rstrip("\r\n"), delimiter)
            yield Record(position + 1, list(cells))
        except _MalformedError as malformed:
            yield Record(position + 1, [lines[position].rstrip("\r\n")], malformed.args[0])
            stop = position + 1
        position = stop


def _end_of_record(lines: list[str], start: int) -> int:
    if lines[start].count('"') % 2 == 0:
        return start + 1
    for index in range(start + 1, len(lines)):
        if lines[index].count('"') % 2:
            return index + 1
    return len(lines)


def _cells(text: str, delimiter: str) -> list[str]:
    if '"' not in text:
        return text.split(delimiter)
    cells = []
    position = -len(delimiter)
    while position < len(text):
        position += len(delimiter)
        cell, position = _cell(text, position, delimiter)
        cells.append(cell)
    return cells


def _cell(text: str, start: int, delimiter: str) -> tuple[str, int]:
    """One cell and where it ends."""
    if not text.startswith('"', start):
        stop = text.find(delimiter, start)
        stop = len(text) if stop < 0 else stop
        if '"' in text[start:stop]:
            raise _MalformedError(_STRAY_QUOTE)
        return text[start:stop], stop
    match = _QUOTED.match(text, start)
    if match is None:
        raise _MalformedError(_NEVER_CLOSED)
    if match.end() < len(text) and not text.startswith(delimiter, match.end()):
        raise _MalformedError(_TEXT_AFTER_QUOTE)
    return match[1].replace('""', '"'), match.end()
