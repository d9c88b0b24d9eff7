"""The file of rejected rows: where they stood and why, harmless in a spreadsheet, whole when read again."""

import csv
import stat
from datetime import date

from imports.column_names import Field
from imports.columns import recognise
from imports.reading import read_table
from imports.rejects import Reject, write_rejects


def content(path) -> list[list[str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_rejected_rows_come_with_their_columns_line_and_reason_in_the_order_of_lines(tmp_path):
    path = tmp_path / "rejected.csv"

    written = write_rejects(
        path, ["Nr", "Wert"], [Reject(9, ["b", 7.0], "why"), Reject(3, ["a", date(2017, 3, 1)], "so")]
    )

    head, *rows = content(path)
    assert (written, head[:2]) == (path, ["Nr", "Wert"])
    assert rows == [["a", "2017-03-01", "3", "so"], ["b", "7", "9", "why"]]


def test_german_excel_opens_the_file_and_only_the_owner_reads_it(tmp_path):
    path = tmp_path / "rejected.csv"

    write_rejects(path, ["Größe"], [Reject(2, ["x"], "y")])

    assert path.read_bytes().startswith(b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe;")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_someone_may_be_correcting_is_not_overwritten(tmp_path):
    path = tmp_path / "rejected.csv"
    path.write_text("corrections")

    written = [write_rejects(path, ["a"], [Reject(2, ["x"], "y")]).name for _time in range(2)]

    assert written == ["rejected-2.csv", "rejected-3.csv"]
    assert path.read_text() == "corrections"


def test_cells_come_back_whole_and_formulas_do_not_run(tmp_path):
    path = tmp_path / "rejected.csv"
    cells = [
        '=HYPERLINK("http://x")',
        "+49 170",
        "'=1",
        'say "hi"; now',
        "two\nlines",
        " \t=1",
        "-5",
        "",
        "'x'",
        "＝1",
    ]
    headers = [f"c{number}" for number in range(len(cells))]

    write_rejects(path, headers, [Reject(2, cells, "=why")])

    assert not any(cell.lstrip()[:1] in set("=+-@＝") for cell in content(path)[1] if cell)
    table = read_table(path.read_bytes())
    assert table.headers[: len(headers)] == headers
    assert table.rows[0].cells[: len(cells)] == cells


def test_rows_too_short_or_too_long_fit_below_the_header(tmp_path):
    path = tmp_path / "rejected.csv"

    write_rejects(path, ["a", "b"], [Reject(2, ["1"], "short"), Reject(3, ["1", "2", "3"], "long")])

    assert content(path)[1:] == [["1", "", "2", "short"], ["1", "2 | 3", "3", "long"]]


def test_rejected_again_a_row_carries_only_its_newest_line_and_reason(tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    write_rejects(first, ["Nr", "Verlustgrund"], [Reject(7, ["a", "Preis"], "old")])
    table = read_table(first.read_bytes())

    write_rejects(second, table.headers, [Reject(row.line, row.cells, "new") for row in table.rows])

    assert content(second)[1:] == [["a", "Preis", "2", "new"]]
    assert set(recognise(table.headers, Field).summary()) == {"external_id", "loss_reason"}
