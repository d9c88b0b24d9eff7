"""What stands in one cell of a foreign table: types, trimming, blanks."""

import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

Cell = str | int | float | bool | date | datetime | time | None
"""CSV gives text only; a workbook gives numbers, dates and truth values as such."""

_PLACEHOLDERS = frozenset(
    ["-", "--", "–", "—", "null", "(null)", "#n/a", "#nv", "n/a", "k.a.", "k. a.", "(leer)", "(blank)"]
)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def trimmed(cell: Cell) -> str:
    """The text of a cell without blanks (U+00A0 too) and invisible signs around it, umlauts composed."""
    text = unicodedata.normalize("NFC", plain(cell))
    previous = None
    while previous != text:
        previous, text = text, text.strip().strip(_INVISIBLE)
    return text


def plain(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days and moments in ISO order."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def folded(cell: Cell) -> str:
    """A key or word for comparing: trimmed, without regard to case, one blank where there are several."""
    return " ".join(trimmed(cell).casefold().split())


def is_blank(cell: Cell) -> bool:
    """Nothing stands there, or one of the usual signs for nothing (`-`, `NULL`, `#NV`, `k.A.`)."""
    text = trimmed(cell)
    return not text or text.casefold() in _PLACEHOLDERS
