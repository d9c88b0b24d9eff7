"""The child process that reads one sheet; run as a script, so that nothing but the reader is loaded.

Input: the workbook. Arguments: [memory, seconds, rows, cells, characters] as JSON, and the name of a sheet or
nothing. Output, a JSON value a line: {"sheet": name} and then the rows from the first on, or {"error": code}.
Killed by its own limits, it ends with an error status; the parent says what that means.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum


def main() -> None:
    """Read standard input, write standard output."""
    memory, seconds, rows, cells, characters = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        name = _sheet_name(workbook, sys.argv[2])
        if name is None:
            _write({"error": "sheet", "sheets": workbook.sheet_names})
            return
        sheet = workbook.get_sheet_by_name(name)
    except CalamineError:
        _write({"error": "damaged"})
        return
    if sheet.total_height > rows + 1 or sheet.height * sheet.width > cells:
        _write({"error": "size"})
        return
    _write_rows(sheet, characters)


def _sheet_name(workbook: CalamineWorkbook, wanted: str) -> str | None:
    """The sheet of that name (case does not count), else the first visible one with cells."""
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if wanted:
        names = [sheet.name for sheet in sheets if sheet.name.strip().casefold() == wanted.strip().casefold()]
    else:
        names = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return names[0] if names else None


def _write_rows(sheet: CalamineSheet, characters: int) -> None:
    lines = [json.dumps({"sheet": sheet.name})]
    for row in sheet.iter_rows() if sheet.height else ():
        line = json.dumps(row, default=_tagged, ensure_ascii=False)
        characters -= len(line)
        if characters < 0:
            _write({"error": "size"})
            return
        lines.append(line)
    sys.stdout.buffer.write("\n".join(lines).encode("utf-8"))


def _tagged(value: date | datetime | time | timedelta) -> list[str] | str:
    """Days and moments as [type, ISO text]; a length of time as its text."""
    return str(value) if isinstance(value, timedelta) else [type(value).__name__, value.isoformat()]


def _write(value: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(value).encode("utf-8"))


if __name__ == "__main__":
    main()
