"""Awkward CSV files with what they should parse to, and seven that must be refused with a line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from imports.columns import Field, recognise, require
from imports.delimited import guessed_delimiter, physical_lines, records
from imports.errors import ColumnsUnknown, TableUnreadable
from imports.reading import decoded, read_table


@pytest.fixture(scope="module")
def folder(shared_data: Callable[[str], Path]) -> Path:
    return shared_data("csv_edge")


@pytest.fixture(scope="module")
def figures(folder: Path) -> dict:
    return json.loads((folder / "figures.json").read_text())


def raw(path: Path) -> list[list[object]]:
    lines = physical_lines(decoded(path.read_bytes())[0])
    found = list(records(lines, guessed_delimiter(lines)))
    assert not [record for record in found if record.problem]
    return [record.cells for record in found]


def truth_of(path: Path, file: Path) -> list:
    """What a file should parse to. One truth has CRLF where its file, once stored with plain ends, has LF."""
    text = path.read_text()
    return json.loads(text if b"\r" in file.read_bytes() else text.replace(r"\r\n", r"\n"))


def test_every_file_gives_exactly_its_cells(folder, figures):
    truths = sorted(folder.glob("*/json/*.json"))

    for path in truths:
        file = path.parent.parent / "csv" / f"{path.stem}.csv"
        truth = truth_of(path, file)
        head, *rows = raw(file)
        is_by_name = path.stem == "header-no-rows" or isinstance(truth[0], dict)
        cells = [dict(zip(head, row, strict=True)) for row in rows] if is_by_name else [head, *rows]
        assert cells == truth, path

    assert len(truths) == figures["json_truth"]
    assert len(list(folder.glob("*/csv/*.csv"))) == figures["csv_files"]


def test_every_file_with_a_header_is_a_table_without_bad_rows(folder, figures):
    for path in folder.glob("*/csv/*.csv"):
        name = str(path.relative_to(folder))
        if name in figures["must_fail"] or path.stem == "all-empty":
            continue

        table = read_table(path.read_bytes())

        filled = [row for row in raw(path)[1:] if any(row)]
        assert (table.bad_rows, [row.cells for row in table.rows]) == ([], filled), name


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("bad-header-less-fields", 2),
        ("bad-header-more-fields", 2),
        ("bad-missing-quote", 2),
        ("bad-quotes-with-unescaped-quote", 2),
        ("bad-unescaped-quote", 2),
    ],
)
def test_a_broken_row_is_refused_with_its_line_and_a_reason(folder, figures, name, line):
    assert f"sineemore/csv/{name}.csv" in figures["must_fail"]

    table = read_table((folder / "sineemore" / "csv" / f"{name}.csv").read_bytes())

    assert table.rows == []
    assert [(row.line, bool(row.reason)) for row in table.bad_rows] == [(line, True)]


def test_a_file_without_header_is_refused(folder):
    with pytest.raises(TableUnreadable):
        read_table((folder / "sineemore" / "csv" / "bad-header-no-header.csv").read_bytes())


def test_a_file_with_a_foreign_header_is_refused_with_the_names_it_has(folder):
    table = read_table((folder / "sineemore" / "csv" / "bad-header-wrong-header.csv").read_bytes())

    with pytest.raises(ColumnsUnknown, match="qux, quux, quuz"):
        require(recognise(table.headers, Field), [Field.EXTERNAL_ID])
