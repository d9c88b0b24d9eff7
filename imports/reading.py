"""From the bytes of a file to a table: tells workbooks and vCards from CSV, finds encoding and delimiter."""

import codecs
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.formulas import restored
from imports import delimited, vcards, workbooks
from imports.errors import TableUnreadable
from imports.tables import Limits, Record, Table, build_table

ENCODINGS = (
    "utf-8",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "iso-8859-1",
    "iso-8859-15",
    "cp850",
    "mac_roman",
)
"""What a caller may name; without a name the file decides between UTF-8, UTF-16 with BOM and cp1252."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NUL_SHARE = 0.1


def read_table(
    content: bytes,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    limits: Limits | None = None,
) -> Table:
    """Read a CSV file, an XLSX workbook or a file of vCards; what it is, its first bytes say, not its name.

    `encoding` and `delimiter` overrule what the file seems to be, `sheet` names another sheet than the first
    visible one. Raises TableUnreadable with a sentence for the user.
    """
    limits = limits or Limits()
    if len(content) > limits.file_bytes:
        raise TableUnreadable(
            _("The file is larger than %(limit)s MB.") % {"limit": limits.file_bytes // 2**20}
        )
    if content.startswith(_OLE):
        raise TableUnreadable(
            _("This is an old Excel file (.xls) or a protected one. Please save it as .xlsx or .csv.")
        )
    if content.startswith(_ZIP):
        return workbooks.read_workbook(content, sheet=sheet, limits=limits)
    if vcards.is_vcard(content):
        return vcards.read_vcards(*decoded(content, encoding), limits)
    return read_csv(content, encoding=encoding, delimiter=delimiter, limits=limits)


def read_csv(content: bytes, *, encoding: str | None, delimiter: str | None, limits: Limits) -> Table:
    """Read text with separators; see `imports.delimited` for what a record is."""
    text, encoding = decoded(content, encoding)
    lines = delimited.physical_lines(text)
    announced = delimited.announced_delimiter(lines)
    skip = 0 if announced is None else 1
    delimiter = delimiter or announced or delimited.guessed_delimiter(lines)
    records = _with_formulas_restored(delimited.records(lines, delimiter, skip=skip))
    shown = "" if delimiter == delimited.NO_DELIMITER else delimiter
    return build_table(records, limits, {"format": "csv", "encoding": encoding, "delimiter": shown})


def decoded(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was read with: BOM, then strict UTF-8, then cp1252."""
    if encoding is not None:
        return _decoded_as(content, _known(encoding))
    for bom, name in _BOMS:
        if content.startswith(bom):
            return _decoded_as(content, name)
    if content and content.count(b"\x00") / len(content) > _NUL_SHARE:
        raise TableUnreadable(
            _("The file is no text, or UTF-16 without a byte order mark; please name its encoding.")
        )
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decoded_as(content, "cp1252")


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = ""
    if name not in {codecs.lookup(known).name for known in ENCODINGS}:
        names = ", ".join(ENCODINGS)
        raise TableUnreadable(
            _("Unknown encoding %(name)s; known are: %(names)s.") % {"name": encoding, "names": names}
        )
    return name


def _decoded_as(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        return content.decode(encoding).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("Line %(line)s cannot be read as %(encoding)s; please name the encoding of the file.")
        raise TableUnreadable(message % {"line": line, "encoding": encoding}) from error


def _with_formulas_restored(records: Iterator[Record]) -> Iterator[Record]:
    """Cells that an export made harmless with an apostrophe come back as they were."""
    for record in records:
        cells = [
            restored(cell) if isinstance(cell, str) and cell[:1] == "'" else cell for cell in record.cells
        ]
        yield Record(record.line, cells, record.problem)
