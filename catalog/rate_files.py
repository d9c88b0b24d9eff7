"""Exchange rates from a file: as the European Central Bank publishes them, or one line for each rate.

ECB: https://www.ecb.europa.eu/stats/eurofxref/ (eurofxref-hist.csv): a column `Date`, then one per currency,
`N/A` where there is no rate. Our own files name their columns `currency`, `day`, `per_euro`; decimals with
point or comma.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.errors import RateFileUnread

OURS = ("currency", "day", "per_euro")
MOST_LINES = 20_000


class Rate(NamedTuple):
    """What one euro is in a currency from a day on."""

    currency: str
    day: date
    per_euro: Decimal


def read_rates(content: bytes, currencies: Iterable[str]) -> list[Rate]:
    """The rates of these currencies in a file; RateFileUnread with the line that says something else."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RateFileUnread(_("This is no text in UTF-8.")) from error
    first = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    heads = [head.strip() for head in reader.fieldnames or []]
    reader.fieldnames = heads
    wanted = set(currencies)
    if set(OURS) <= set(heads):
        found = _ours(reader, wanted)
    elif "Date" in heads:
        found = _ecb(reader, wanted & set(heads))
    else:
        raise RateFileUnread(_("The first line has to name the columns: currency, day, per_euro."))
    return list(found)


def _ours(reader: "csv.DictReader[str]", wanted: set[str]) -> Iterator[Rate]:
    for number, row in _numbered(reader):
        currency = (row["currency"] or "").strip().upper()
        if currency in wanted:
            yield Rate(currency, _day(row["day"], number), _number(row["per_euro"], number))


def _ecb(reader: "csv.DictReader[str]", wanted: set[str]) -> Iterator[Rate]:
    for number, row in _numbered(reader):
        day = _day(row["Date"], number)
        for currency in sorted(wanted):
            if (text := (row[currency] or "").strip()) not in ("", "N/A"):
                yield Rate(currency, day, _number(text, number))


def _numbered(reader: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str]]]:
    try:
        for number, row in enumerate(reader, start=2):
            if number > MOST_LINES:
                raise RateFileUnread(_("This file has too many lines."))
            yield number, row
    except csv.Error as error:
        raise RateFileUnread(_("This is no table of values.")) from error


def _day(text: str | None, number: int) -> date:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError as error:
        raise RateFileUnread(_("Line %(number)d names no day.") % {"number": number}) from error


def _number(text: str | None, number: int) -> Decimal:
    try:
        rate = Decimal((text or "").strip().replace(",", "."))
    except InvalidOperation as error:
        raise RateFileUnread(_("Line %(number)d names no rate.") % {"number": number}) from error
    if not rate.is_finite() or not 0 < rate < 1_000_000:
        raise RateFileUnread(_("Line %(number)d names no rate.") % {"number": number})
    return rate
