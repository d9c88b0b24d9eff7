"""Reading a file of an import: into a table, and into what its preview shows."""

import hashlib
from collections import Counter

from django.utils.translation import gettext as _

from imports.cells import is_blank, plain, trimmed
from imports.columns import normal_name
from imports.errors import TableUnreadable
from imports.kinds import TableKind
from imports.models import ImportFile, RememberedMapping
from imports.reading import read_table
from imports.systems import System, guessed_system, guessed_table
from imports.tables import Limits, Table

SHOWN_ROWS = 8
SHOWN_CHARACTERS = 80
# More different values than this are no words to be mapped one by one.
MOST_VALUES = 60


def read_file(file: ImportFile) -> Table:
    """The whole table of a file, read as the user said."""
    given = file.given
    try:
        with file.file.open("rb") as source:
            content = source.read(Limits().file_bytes + 1)
    except OSError as error:
        raise TableUnreadable(_("The file is not there any more. Please upload it again.")) from error
    return read_table(
        content,
        encoding=given.get("encoding") or None,
        delimiter=given.get("delimiter") or None,
        sheet=given.get("sheet") or None,
    )


def look_into(file: ImportFile, kinds: dict[str, TableKind]) -> System:
    """Read a file and fill in what it seems to be: table, columns, values, key; answer of which system.

    What was mapped last for the same columns is taken over; a table the user named stays.
    """
    file.error, table = "", read_file(file)
    file.preview = _preview(table)
    if file.table not in kinds:
        file.table = guessed_table(table, kinds, file.name)
    kind = kinds.get(file.table)
    if kind is None:
        file.columns = {}
        return guessed_system(table.headers)
    remembered = RememberedMapping.objects.filter(fingerprint=fingerprint(file)).first()
    if remembered is not None:
        codes = {column.code for column in kind.columns()}
        said = {header: code for header, code in remembered.columns.items() if code in codes}
        places = enumerate(table.headers)
        file.columns = {str(index): said[name] for index, name in places if name in said}
        file.values = remembered.values
    else:
        file.columns = {str(index): code for code, index in kind.recognise(table).fields.items()}
        file.values = {}
    file.key = kind.usual_key(set(file.columns.values()))
    return guessed_system(table.headers)


def fingerprint(file: ImportFile) -> str:
    """What tables with the same columns have in common, whatever their order."""
    names = sorted(normal_name(header) for header in file.preview.get("headers", []))
    return hashlib.sha256("\n".join([file.table, *names]).encode()).hexdigest()


def _preview(table: Table) -> dict[str, object]:
    return {
        **table.read_as,
        "headers": [header[:200] for header in table.headers],
        "rows": len(table.rows),
        "bad_rows": len(table.bad_rows),
        "first": [[_short(plain(cell)) for cell in row.cells] for row in table.rows[:SHOWN_ROWS]],
        "columns": [_column(table, index) for index in range(len(table.headers))],
    }


def _column(table: Table, index: int) -> dict[str, object]:
    """How many cells of a column say something, some of them, and all words where they are few."""
    words: Counter[str] | None = Counter()
    filled, examples = 0, list[str]()
    for cell in table.column(index):
        if is_blank(cell):
            continue
        filled += 1
        text = trimmed(cell)
        if len(examples) < 3 and _short(text) not in examples:
            examples.append(_short(text))
        if words is not None:
            words[text[:200]] += 1
            words = words if len(words) <= MOST_VALUES else None
    return {"filled": filled, "examples": examples, "words": words.most_common() if words else None}


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
