"""Numbers and amounts as people write them: 1.234,56 / 1,234.56 / 1 234,56 / 1'234.50 / 50,- / 99 €."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from core.sentences import sentence as _
from imports.cells import Cell, is_blank, trimmed
from imports.conventions import Reading, Vote, decide
from imports.errors import ValueUnreadable

CURRENCIES = frozenset(
    ["EUR", "CHF", "USD", "GBP", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "JPY", "CNY"]
)
_SIGNS = {
    "€": "EUR",
    "EURO": "EUR",
    "$": "USD",
    "US$": "USD",
    "£": "GBP",
    "FR.": "CHF",
    "SFR.": "CHF",
    "SFR": "CHF",
}
_CODE = "|".join(sorted(map(re.escape, [*CURRENCIES, *_SIGNS]), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?P<open>\()?(?P<sign>[+−-])? ?(?P<before>{_CODE})? ?(?P<sign2>[+−-])? ?"
    rf"(?P<digits>[0-9.,'’ ]*[0-9])(?:[.,][-–—]{{1,2}})?"
    rf"(?P<trailing>-)? ?(?P<after>{_CODE})?(?P<close>\))?",
    re.IGNORECASE,
)
_LONGEST = 60
_MOST_DIGITS = 15


class DecimalSign(StrEnum):
    """What stands before the decimals."""

    COMMA = ","
    POINT = "."


def _whole_part(thousands: str) -> re.Pattern[str]:
    """Digits alone, or in threes with one and the same sign between them."""
    return re.compile(
        rf"[0-9]*|[1-9][0-9]{{0,2}}(?:(?P<blank>[{thousands} '’])[0-9]{{3}}(?:(?P=blank)[0-9]{{3}})*)"
    )


_WHOLE_PARTS = {DecimalSign.COMMA: _whole_part("."), DecimalSign.POINT: _whole_part(",")}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, and the currency if one stood beside it."""

    number: Decimal
    currency: str = ""


def decimal_sign(cells: Iterable[Cell], *, given: DecimalSign | None = None) -> Reading[DecimalSign]:
    """Whether a column of numbers has decimal commas or decimal points.

    `1.234` alone may be either; any `1.234,50`, `12,5` or `1.234.567` in the column decides. If nothing
    decides, the sign is taken to part the thousands, because amounts with exactly three decimals are rare.
    """
    votes = (_vote(_digits(cell)) for cell in cells if isinstance(cell, str))
    return decide((vote for vote in votes if vote), given)


def parse_number(cell: Cell, sign: DecimalSign | None) -> Decimal | None:
    """The number in a cell, None when it is blank; see parse_amount."""
    amount = parse_amount(cell, sign)
    return amount.number if amount else None


def parse_amount(cell: Cell, sign: DecimalSign | None) -> Amount | None:
    """The number in a cell with its currency, None when it is blank.

    `sign` is that of the column, None if the column contradicts itself: then a number that could be read both
    ways is refused. Raises ValueUnreadable.
    """
    if is_blank(cell):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Amount(_exact(cell))
    match = _matched(cell)
    if match is None:
        raise _unreadable(cell)
    number = _chosen(cell, _readings(match["digits"]), sign)
    return Amount(-number if _is_negative(match) else number, _currency(match))


def currency_code(cell: Cell) -> str:
    """The ISO code that a word or sign means (`€`, `Euro`, `chf`), nothing when it is blank."""
    name = "" if is_blank(cell) else trimmed(cell).upper()
    code = _SIGNS.get(name, name)
    if code and not re.fullmatch("[A-Z]{3}", code):
        raise ValueUnreadable(_("“%(value)s” is no currency.") % {"value": trimmed(cell)[:40]})
    return code


def _exact(cell: float) -> Decimal:
    """What a workbook's number was typed as: 0.1 and not 0.1000000000000000055."""
    try:
        number = Decimal(repr(cell))
        is_usual = number.is_finite() and abs(number) < 10**_MOST_DIGITS
    except InvalidOperation:
        is_usual = False
    if not is_usual:
        raise _unreadable(cell)
    return number


def _matched(cell: Cell) -> re.Match[str] | None:
    text = " ".join(trimmed(cell).split())
    if not isinstance(cell, str) or len(text) > _LONGEST:
        return None
    match = _AMOUNT.fullmatch(text)
    is_whole = (
        match and bool(match["open"]) == bool(match["close"]) and not (match["before"] and match["after"])
    )
    return match if is_whole else None


def _digits(cell: Cell) -> str:
    match = _matched(cell)
    return match["digits"] if match else ""


def _vote(digits: str) -> Vote[DecimalSign] | None:
    readings = _readings(digits)
    reads_alike = len(readings) == 2 and len(set(readings.values())) == 1
    if not readings or reads_alike:
        return None
    return Vote(frozenset(readings), usual=max(readings, key=lambda sign: readings[sign]))


def _readings(digits: str) -> dict[DecimalSign, Decimal]:
    """What digits mean with a decimal comma and with a decimal point, where that is possible."""
    readings = {}
    for sign, whole_part in _WHOLE_PARTS.items():
        whole, mark, decimals = digits.partition(sign)
        if whole_part.fullmatch(whole) and (not mark or re.fullmatch("[0-9]+", decimals)):
            readings[sign] = Decimal(f"{re.sub('[^0-9]', '', whole) or 0}.{decimals or 0}")
    return readings


def _chosen(cell: Cell, readings: dict[DecimalSign, Decimal], sign: DecimalSign | None) -> Decimal:
    numbers = set(readings.values())
    if len(numbers) == 1:
        number = numbers.pop()
    elif not numbers:
        raise _unreadable(cell)
    elif sign is None:
        raise _unreadable(
            cell, _("“%(value)s” may have a decimal comma or a decimal point, and the column has both.")
        )
    else:
        number = readings[sign]
    if number >= 10**_MOST_DIGITS:
        raise _unreadable(cell, _("“%(value)s” is too large."))
    return number


def _is_negative(match: re.Match[str]) -> bool:
    signs = (match["sign"] or "") + (match["sign2"] or "") + (match["trailing"] or "")
    return bool(match["open"]) or "-" in signs or "−" in signs


def _currency(match: re.Match[str]) -> str:
    name = (match["before"] or match["after"] or "").upper()
    return _SIGNS.get(name, name)


def _unreadable(cell: Cell, message: str = "") -> ValueUnreadable:
    return ValueUnreadable((message or _("“%(value)s” is no number.")) % {"value": trimmed(cell)[:40]})
