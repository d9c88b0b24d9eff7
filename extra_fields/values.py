"""What stands in an extra field: read from any source, kept in one spelling, shown to readers.

Kept in the JSON column `extra` of the row by the code of the field: texts and choices as they are, numbers as
decimal strings (`"18900.5"`), days as `"2026-11-24"`, yes and no as true and false. What is not said is not
there.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext

from core.sentences import sentence as _
from core.table_files import Cell
from core.templatetags.dates import short_date
from core.templatetags.money import number
from extra_fields.errors import ValueRefused
from extra_fields.models import ExtraField

Kind = ExtraField.Kind
Stored = str | bool
Extra = dict[str, Stored]

LONGEST_TEXT = 500
MOST_DIGITS, MOST_DECIMALS = 18, 4
YES = {"ja", "j", "yes", "y", "true", "wahr", "1", "x"}
NO = {"nein", "n", "no", "false", "falsch", "0"}
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y")
_BLANKS = re.compile(r"[\s'’]")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:[.,]\d{3})+\Z")


def read(field: ExtraField, value: object, *, decimal_mark: str = "") -> Stored | None:
    """What a field keeps of a text, or of a number, day or truth read already; None when nothing is said.

    Raises ValueRefused with the reason. `decimal_mark` says how the source writes numbers, with a comma or a
    point; without it, what could be read in two ways (`1.234`) is refused.
    """
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "":
        return None
    return _READ[Kind(field.kind)](field, value, decimal_mark)


def typed(field: ExtraField, stored: object) -> object:
    """A kept value as what it is: Decimal, date, bool or text; None when it is missing or of another kind."""
    try:
        if field.kind == Kind.NUMBER:
            return Decimal(str(stored)) if stored is not None else None
        if field.kind == Kind.DATE:
            return date.fromisoformat(str(stored)) if stored is not None else None
    except (InvalidOperation, ValueError):
        return None
    return stored


def shown(field: ExtraField, stored: object) -> str:
    """A kept value as readers see it; empty when nothing is said."""
    value = typed(field, stored)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Decimal):
        return number(value, max(0, -int(value.normalize().as_tuple().exponent)))
    if isinstance(value, date):
        return short_date(value)
    return field.options.get(str(value), str(value))


def cell(field: ExtraField, stored: object) -> Cell:
    """A kept value as a cell of a file that `read` takes back."""
    value = typed(field, stored)
    if value is None or isinstance(value, Decimal | date):
        return value
    return shown(field, value)


def merged(extra: Mapping[str, Stored], said: Mapping[str, Stored | None] | None) -> Extra:
    """A row's values with those that are said now; None takes one away, what is not named stays."""
    both = {**extra, **(said or {})}
    return {code: value for code, value in both.items() if value is not None}


def _text(field: ExtraField, value: object, decimal_mark: str) -> str:
    text = str(value).replace("\0", "")
    if len(text) > LONGEST_TEXT:
        raise ValueRefused(_("Longer than %(most)d characters.") % {"most": LONGEST_TEXT})
    return text


def _number(field: ExtraField, value: object, decimal_mark: str) -> str:
    amount = value if isinstance(value, Decimal) else _amount(str(value), decimal_mark, value)
    if not amount.is_finite() or amount.adjusted() >= MOST_DIGITS - MOST_DECIMALS:
        raise ValueRefused(_("This number is too large."))
    if amount != round(amount, MOST_DECIMALS):
        raise ValueRefused(_("More than %(most)d decimals.") % {"most": MOST_DECIMALS})
    plain = f"{amount:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _amount(text: str, decimal_mark: str, value: object) -> Decimal:
    plain = _BLANKS.sub("", text).replace("−", "-") if len(text) <= LONGEST_TEXT else ""
    mark = decimal_mark if isinstance(value, str) else "."
    if not mark:
        if _GROUPED.match(plain) and len(set(re.findall("[.,]", plain))) == 1 and plain.count(".") < 2:
            raise ValueRefused(_("“%(text)s” can be read in two ways.") % {"text": text})
        mark = "," if plain.rfind(",") > plain.rfind(".") or plain.count(".") > 1 else "."
    plain = plain.replace("." if mark == "," else ",", "").replace(mark, ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", plain, re.ASCII):
        raise ValueRefused(_("“%(text)s” is not a number.") % {"text": text[:60]})
    return Decimal(plain)


def _day(field: ExtraField, value: object, decimal_mark: str) -> str:
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    for form in DAY_FORMATS:
        try:
            # A day has no time zone.
            return datetime.strptime(str(value)[:LONGEST_TEXT], form).date().isoformat()  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueRefused(_("“%(text)s” is not a date.") % {"text": str(value)[:60]})


def _choice(field: ExtraField, value: object, decimal_mark: str) -> str:
    wanted = str(value).casefold()
    for line in field.choices.splitlines():
        words = [word.strip() for word in line.split("|")]
        if any(word and word.casefold() == wanted for word in words[:2]):
            return words[0]
    raise ValueRefused(_("“%(text)s” is not among the choices.") % {"text": str(value)[:60]})


def _truth(field: ExtraField, value: object, decimal_mark: str) -> bool:
    word = str(value).casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueRefused(_("“%(text)s” is neither yes nor no.") % {"text": str(value)[:60]})


_READ: dict[str, Callable[[ExtraField, object, str], Stored]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _truth,
}
