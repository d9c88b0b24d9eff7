"""Which column of a foreign table is which field: told by German and English names, or said by the user."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from imports.amounts import CURRENCIES
from imports.cells import Cell, trimmed
from imports.column_names import NAMES, SUBJECT_NAMES, Field
from imports.errors import ColumnsUnknown

PREFIXES = ("property", "deal", "opportunity", "verkaufschance", "geschäft")
_THOUSANDS = re.compile(r"\b[tk] ?(?:€|eur|chf|\$|usd)|tsd|tausend|thousand|mio|million")
_CURRENCY_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "fr": "CHF", "euro": "EUR", "sfr": "CHF"}


@dataclass(slots=True)
class ColumnMap:
    """The column of each field (`fields`: its index), and what was left over."""

    headers: Sequence[str]
    fields: dict[str, int] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    currency: str = ""

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def cell(self, cells: Sequence[Cell], name: str) -> Cell:
        """The cell of a field in a row, None when the table has no such column."""
        index = self.fields.get(name)
        return None if index is None else cells[index]

    def summary(self) -> dict[str, str]:
        """Field to header, for a report on what was understood."""
        return {str(name): self.headers[index] for name, index in self.fields.items()}


def recognise(
    headers: Sequence[str],
    wanted: Iterable[str],
    *,
    given: Sequence[str] = (),
    column: Callable[[int], list[Cell]] | None = None,
    names: Mapping[str, str] = NAMES,
    prefixes: Sequence[str] = PREFIXES,
) -> ColumnMap:
    """Find the columns of the wanted fields; `names` holds what each is called, `prefixes` what may precede.

    `given` holds the user's words, `Column=field` each, which win; `Column=` leaves a column out. `column`
    gives the cells of a column where its name alone does not tell. Raises ColumnsUnknown if a given column or
    field does not exist.
    """
    wanted = list(wanted)
    found = ColumnMap(headers)
    free = dict(enumerate(headers))
    for index, name in _given(headers, wanted, given):
        free.pop(index, None)
        if name is not None:
            found.fields[name] = index
    for name in wanted:
        best = None if name in found else _best(free, names[name], prefixes)
        if best is not None:
            found.fields[name] = best
            free.pop(best)
    _place_subject(found, free, wanted, column)
    found.ignored = list(free.values())
    if Field.VALUE in found:
        found.currency = currency_in(headers[found.fields[Field.VALUE]])
    return found


def require(found: ColumnMap, needed: Iterable[str]) -> None:
    """Refuse a table in which a needed field has no column."""
    missing = [str(name) for name in needed if name not in found]
    if missing:
        message = _(
            "No column found for %(fields)s. The columns are: %(columns)s. Name it with “Column=field”."
        )
        raise ColumnsUnknown(message % {"fields": ", ".join(missing), "columns": ", ".join(found.headers)})


def normal_name(name: str) -> str:
    """A name for comparing: no case, accents, blanks and signs; umlauts alike however written.

    What stands in brackets and a currency do not count; "T€" or "Mio." do: such numbers are no amounts yet.
    """
    text = trimmed(name).casefold()
    if not _THOUSANDS.search(text):
        text = re.sub(r"[(\[].*?[)\]]|\b(?:in )?(?:eur|euro|chf|usd)\b|€|\$", " ", text)
    text = re.sub("ä|ae", "a", re.sub("ö|oe", "o", re.sub("ü|ue", "u", text)))
    folded = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in folded if sign.isascii() and sign.isalnum())


def currency_in(header: str) -> str:
    """The currency that a header names: `Wert (EUR)`, `Amount in USD`, `Betrag €`."""
    for word in re.findall(r"[€$£]|[A-Za-z]+", header):
        if word in CURRENCIES:
            return word
        if word.casefold() in _CURRENCY_SIGNS:
            return _CURRENCY_SIGNS[word.casefold()]
    return ""


def _given(
    headers: Sequence[str], wanted: Sequence[str], given: Sequence[str]
) -> Iterable[tuple[int, str | None]]:
    """The user's `Column=field` as column index and field."""
    for text in given:
        header, separator, name = (part.strip() for part in text.rpartition("="))
        if not separator or not header:
            raise ColumnsUnknown(_("“%(text)s” is not of the form “Column=field”.") % {"text": text})
        if name and name not in set(wanted):
            message = _("There is no field “%(name)s”; there are: %(names)s.")
            raise ColumnsUnknown(message % {"name": name, "names": ", ".join(wanted)})
        yield _index(headers, header), name or None


def _index(headers: Sequence[str], header: str) -> int:
    wanted = trimmed(header)
    if wanted in headers:
        return list(headers).index(wanted)
    alike = [index for index, name in enumerate(headers) if normal_name(name) == normal_name(wanted) != ""]
    if len(alike) != 1:
        message = _("There is no column “%(name)s”; there are: %(names)s.")
        raise ColumnsUnknown(message % {"name": header, "names": ", ".join(headers)})
    return alike[0]


def _best(free: Mapping[int, str], names: str, prefixes: Sequence[str] = PREFIXES) -> int | None:
    """The free column with the most telling of the names."""
    order = {normal_name(name): rank for rank, name in reversed(list(enumerate(names.split(","))))}
    ranked = [
        (order[key], attempt, index)
        for index, header in free.items()
        for attempt, key in enumerate(_keys(header, prefixes))
        if key in order
    ]
    return min(ranked)[2] if ranked else None


def _keys(header: str, prefixes: Sequence[str]) -> list[str]:
    """The name of a column, and without the word that some systems put before each name (`Deal - Owner`)."""
    words = re.split(r"[\s_\-–:]+", header, maxsplit=1)
    is_prefixed = len(words) == 2 and normal_name(words[0]) in {normal_name(prefix) for prefix in prefixes}
    return [normal_name(header), *([normal_name(words[1].lstrip(" -–:_"))] if is_prefixed else [])]


def _place_subject(
    found: ColumnMap,
    free: dict[int, str],
    wanted: Sequence[str],
    column: Callable[[int], list[Cell]] | None,
) -> None:
    """`Verkaufschance` is the id if there is no other and its values look like ids (one word, none twice)."""
    index = _best(free, SUBJECT_NAMES)
    if index is None:
        return
    values = [trimmed(cell) for cell in column(index)] if column else []
    looks_like_id = bool(values) and len(set(values)) == len(values) and all(map(_is_one_word, values))
    name = Field.EXTERNAL_ID if looks_like_id and Field.EXTERNAL_ID not in found else Field.TITLE
    if name in wanted and name not in found:
        found.fields[name] = index
        free.pop(index)


def _is_one_word(text: str) -> bool:
    return bool(text) and " " not in text
