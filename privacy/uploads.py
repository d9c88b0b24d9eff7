"""Files that were uploaded to be brought in: whether they name a person, also where no row came from them."""

import re
from collections.abc import Collection, Iterator

from core.errors import DomainError
from imports.cells import plain
from imports.file_reading import read_file
from imports.models import ImportFile
from privacy.cleaning import Traces

# A workbook is packed: only its cells can be searched.
_PACKED = b"PK\x03\x04"


def naming_files(traces: Traces, *, but: Collection[int]) -> Iterator[ImportFile]:
    """The files that are still there and hold a number, an address or the name, its parts in one line."""
    signs = _Signs(traces)
    for file in ImportFile.objects.exclude(pk__in=but).exclude(file="").order_by("pk"):
        if any(map(signs.are_in, _lines(file))):
            yield file


class _Signs:
    """What gives a person away in a line of a file."""

    def __init__(self, traces: Traces) -> None:
        whole = [*traces.names, *traces.numbers]
        self._whole = re.compile("|".join(map(re.escape, whole)), re.IGNORECASE) if whole else None
        halves = [name.split(", ", 1) for name in traces.names if ", " in name]
        self._halves = [tuple(map(_word, parts)) for parts in halves]

    def are_in(self, line: str) -> bool:
        """Whether a line holds one of them."""
        if self._whole is not None and self._whole.search(line):
            return True
        return any(last.search(line) and first.search(line) for last, first in self._halves)


def _word(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)


def _lines(file: ImportFile) -> Iterator[str]:
    """The file line by line; what cannot be opened or read any more holds nothing."""
    try:
        with file.file.open("rb") as source:
            is_packed = source.read(len(_PACKED)) == _PACKED
            source.seek(0)
            for line in () if is_packed else source:
                yield _decoded(line)
        for row in read_file(file).rows if is_packed else ():
            yield " ".join(map(plain, row.cells))
    except (OSError, DomainError):
        return


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
