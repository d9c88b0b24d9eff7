"""XLSX, read in a child process that can be killed: a small file may cost hours and gigabytes."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from django.utils.translation import gettext as _

from imports.cells import Cell
from imports.errors import TableUnreadable
from imports.tables import Limits, Record, Table, build_table

_CHILD = Path(__file__).with_name("workbook_child.py")
_ENCRYPTED = 0x1
_TYPES: dict[str, type[date] | type[time]] = {"date": date, "datetime": datetime, "time": time}


def read_workbook(content: bytes, *, sheet: str | None, limits: Limits) -> Table:
    """Read one sheet: the named one, else the first visible one. Rows count as the spreadsheet counts them.

    Guards, in this order: number of parts, declared unpacked size and ratio (before anything is unpacked),
    then memory, processor time, wall clock, rows and cells while the child reads.
    """
    _check_package(content, limits)
    # Not splitlines(): cells may hold U+2028, which is a line end there, and in JSON is none.
    lines = iter(_child_output(content, sheet, limits).split("\n"))
    head = json.loads(next(lines, "{}"))
    if "sheet" not in head:
        raise TableUnreadable(_refusal(head, sheet, limits))
    return build_table(_records(lines), limits, {"format": "xlsx", "sheet": head["sheet"]})


def _check_package(content: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise TableUnreadable(_("The workbook is damaged.")) from error
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise TableUnreadable(_("The workbook is protected by a password."))
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise TableUnreadable(_("The file is no XLSX workbook."))
    unpacked = sum(member.file_size for member in members)
    is_too_large = unpacked > limits.unpacked_bytes or unpacked > limits.ratio * len(content)
    if is_too_large or len(members) > limits.members:
        raise TableUnreadable(_("The workbook is too large once unpacked."))


def _child_output(content: bytes, sheet: str | None, limits: Limits) -> str:
    numbers = (limits.memory, limits.seconds, limits.rows, limits.cells, limits.unpacked_bytes)
    command = [sys.executable, "-I", str(_CHILD), json.dumps(numbers), sheet or ""]
    try:
        done = subprocess.run(  # noqa: S603 - our own script; what users name travels as one argument
            command, input=content, capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TableUnreadable(_("Reading the workbook took too long; it was given up.")) from error
    if done.returncode:
        raise TableUnreadable(_("The workbook needs too much memory or time to read, or is damaged."))
    return done.stdout.decode("utf-8")


def _refusal(head: dict[str, object], sheet: str | None, limits: Limits) -> str:
    """The sentence for a code of the child."""
    if head.get("error") == "sheet":
        names = ", ".join(map(str, head["sheets"] if isinstance(head["sheets"], list) else []))
        return _("There is no sheet %(name)s; there are: %(names)s.") % {"name": sheet or "", "names": names}
    if head.get("error") == "size":
        message = _("The sheet has more than %(rows)s rows or %(cells)s cells.")
        return message % {"rows": limits.rows, "cells": limits.cells}
    return _("The workbook is damaged.")


def _records(lines: Iterator[str]) -> Iterator[Record]:
    for number, line in enumerate(lines, start=1):
        yield Record(number, [_cell(value) for value in json.loads(line)])


def _cell(value: str | float | bool | list[str] | None) -> Cell:
    """A cell as the child wrote it; days and moments come as [type, ISO text]."""
    if not isinstance(value, list):
        return value
    kind, text = value
    return _TYPES[kind].fromisoformat(text)
