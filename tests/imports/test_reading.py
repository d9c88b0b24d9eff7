"""Reading foreign files: encodings, separators, line breaks, broken rows, workbooks and their bombs."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from imports.errors import TableUnreadable
from imports.reading import read_table
from imports.tables import Limits, Table


def rows(table: Table) -> list[tuple[int, list[object]]]:
    return [(row.line, row.cells) for row in table.rows]


def bad(table: Table) -> list[int]:
    return [row.line for row in table.bad_rows]


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, content in sheets:
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_umlauts_and_the_euro_sign_come_in_from_every_usual_encoding(encoding, read_as):
    content = "Verkäufer;Wert\r\nMüßig;5 €\r\n".encode(encoding)

    table = read_table(content)

    assert table.headers == ["Verkäufer", "Wert"]
    assert rows(table) == [(2, ["Müßig", "5 €"])]
    assert table.read_as["encoding"] == read_as


def test_a_named_encoding_wins_over_what_the_file_looks_like():
    content = "Stadt\nKöln\n".encode("cp850")

    assert rows(read_table(content, encoding="cp850")) == [(2, ["Köln"])]
    assert rows(read_table(content)) == [(2, ["K”ln"])]


@pytest.mark.parametrize("encoding", ["utf-7", "unicode_escape", "rot13", "zip", "no such"])
def test_only_encodings_of_text_files_may_be_named(encoding):
    with pytest.raises(TableUnreadable):
        read_table(b"a;b\n1;2\n", encoding=encoding)


def test_bytes_that_are_no_text_are_refused_with_their_line():
    with pytest.raises(TableUnreadable, match="3"):
        read_table(b"a;b\n1;2\n\x81\xff;4\n")


def test_utf_16_without_a_byte_order_mark_is_not_mistaken_for_text():
    with pytest.raises(TableUnreadable):
        read_table("a;b\n1;2\n".encode("utf-16-le"))


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_separator_is_found(delimiter):
    content = delimiter.join(["Firma", "Ort", "Wert"]) + "\n" + delimiter.join(["A", "B", "1"]) + "\n"

    table = read_table(content.encode())

    assert table.read_as["delimiter"] == delimiter
    assert rows(table) == [(2, ["A", "B", "1"])]


def test_decimal_commas_do_not_make_the_comma_the_separator():
    content = "Firma;Wert\nA;1.054,00\nB;2,50\nC;3,00\n"

    assert read_table(content.encode()).read_as["delimiter"] == ";"


def test_a_table_of_one_column_has_no_separator():
    table = read_table("Firma\nMüller, Söhne\nA; B\n".encode())

    assert rows(table) == [(2, ["Müller, Söhne"]), (3, ["A; B"])]


def test_the_first_line_of_excel_names_the_separator():
    table = read_table(b"sep=,\r\na;x,b\r\n1,2\r\n")

    assert table.headers == ["a;x", "b"]
    assert rows(table) == [(3, ["1", "2"])]


def test_a_separator_named_by_the_caller_wins():
    table = read_table(b"sep=,\na,b;c\n1,2;3\n", delimiter=";")

    assert table.headers == ["a,b", "c"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end):
    table = read_table(end.join(["a;b", "1;2", "3;4", ""]).encode())

    assert rows(table) == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_other_separators_of_lines_are_text():
    table = read_table("a;b\n1\u2028x;2\x0b\n".encode())

    assert rows(table) == [(2, ["1\u2028x", "2\x0b"])]


def test_rows_below_a_cell_with_line_breaks_keep_their_physical_lines():
    table = read_table(b'a;b\n"one\ntwo\r\nthree";1\n2;3\n4\n')

    assert rows(table) == [(2, ["one\ntwo\r\nthree", "1"]), (5, ["2", "3"])]
    assert bad(table) == [6]


def test_an_unclosed_quotation_mark_costs_one_row_only():
    table = read_table(b'a;b\n1;2\n3;"four\n5;6\n7;8\n')

    assert bad(table) == [3]
    assert rows(table) == [(2, ["1", "2"]), (4, ["5", "6"]), (5, ["7", "8"])]


def test_a_stray_quotation_mark_costs_one_row_only_although_others_follow():
    table = read_table(b'a;b\n12" tv;2\n3;4\n"5";"6 ""x"""\n"7";8\n')

    assert bad(table) == [2]
    assert rows(table) == [(3, ["3", "4"]), (4, ["5", '6 "x"']), (5, ["7", "8"])]


def test_many_stray_quotation_marks_do_not_take_quadratic_time():
    content = b"a;b\n" + b'1;2 " x\n3;4\n' * 50_000

    table = read_table(content)

    assert (len(table.rows), len(table.bad_rows)) == (50_000, 50_000)


def test_rows_that_are_too_short_or_too_long_are_named_by_line():
    table = read_table(b"a;b\n1\n2;3\n4;5;6\n7;8;;\n")

    assert bad(table) == [2, 4]
    assert rows(table) == [(3, ["2", "3"]), (5, ["7", "8"])]
    assert table.bad_rows[0].reason != table.bad_rows[1].reason


def test_blank_rows_and_blank_columns_are_left_out():
    table = read_table(b"\n;;\na;;b;\n1;;2;\n\n;;;\n3;;4;\n\n\n")

    assert table.headers == ["a", "b"]
    assert rows(table) == [(4, ["1", "2"]), (7, ["3", "4"])]


def test_every_column_gets_a_name_of_its_own():
    table = read_table(b"Name;;Name; Name ;Name (2)\n1;2;3;4;5\n")

    assert len(set(table.headers)) == 5
    assert table.headers[0] == "Name"
    assert table.headers[2] == "Name (2)"


def test_headers_lose_blanks_and_line_breaks():
    table = read_table('\u00a0Deal\u00a0ID ;"Wert\n(EUR)"\n1;2\n'.encode())

    assert table.headers == ["Deal ID", "Wert (EUR)"]


@pytest.mark.parametrize("cell", ["a\x00b", "x" * 100_001])
def test_a_cell_that_no_table_can_hold_makes_a_bad_row(cell):
    table = read_table(f"a;b\n1;2\n{cell};3\n".encode())

    assert bad(table) == [3]


@pytest.mark.parametrize("content", [b"", b"\n\n", b" ; ;\n", b'"a;b\n1;2\n'])
def test_a_file_without_header_is_refused(content):
    with pytest.raises(TableUnreadable):
        read_table(content)


def test_tables_beyond_the_limits_are_refused():
    with pytest.raises(TableUnreadable):
        read_table(b"a\n1\n2\n3\n", limits=Limits(rows=2))
    with pytest.raises(TableUnreadable):
        read_table(b"a;b;c\n", limits=Limits(columns=2))
    with pytest.raises(TableUnreadable):
        read_table(b"a;b;c\n", limits=Limits(file_bytes=3))


def test_formulas_made_harmless_come_back_whole():
    table = read_table(b"a;b\n'=1+1;'' +49\n'quoted';'x\n")

    assert rows(table) == [(2, ["=1+1", "' +49"]), (3, ["'quoted'", "'x"])]


def test_a_workbook_gives_numbers_days_and_moments_as_such():
    moment = datetime.fromisoformat("2017-03-01 12:30:05")
    content = workbook(
        (
            "Liste",
            [
                ["Nr", "Text", "Tag", "Zeitpunkt", "Uhrzeit", "Ja"],
                [7, "x", date(2017, 3, 1), moment, time(3, 4), True],
            ],
        )
    )

    table = read_table(content)

    assert rows(table) == [(2, [7, "x", date(2017, 3, 1), moment, time(3, 4), True])]
    assert table.read_as == {"format": "xlsx", "sheet": "Liste"}


def test_rows_of_a_workbook_count_as_the_spreadsheet_counts_them():
    book = openpyxl.Workbook()
    book.active["C4"], book.active["D4"] = "a", "b"
    book.active["C5"], book.active["D5"] = "1", "2"
    book.active["C7"] = "3"

    table = read_table(saved(book))

    assert table.headers == ["a", "b"]
    assert [(row.line, row.cells[0]) for row in table.rows] == [(5, "1"), (7, "3")]


def test_the_first_visible_sheet_is_read_or_the_named_one():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(("Notes", [["n"], [1]]), ("Deals", [["d"], [2]]), ("Old", [["o"]])))
    )
    book["Notes"].sheet_state = "hidden"
    content = saved(book)

    assert read_table(content).headers == ["d"]
    assert read_table(content, sheet=" old").headers == ["o"]
    assert read_table(content, sheet="Notes").headers == ["n"]


def test_an_unknown_sheet_is_refused_with_the_names_there_are():
    with pytest.raises(TableUnreadable, match="Deals"):
        read_table(workbook(("Deals", [["d"]])), sheet="Chancen")


def test_an_empty_sheet_is_refused():
    with pytest.raises(TableUnreadable):
        read_table(workbook(("Deals", [])))


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no zip at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
    ],
)
def test_what_only_looks_like_a_workbook_is_refused(content):
    with pytest.raises(TableUnreadable):
        read_table(content)


def test_a_zip_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("hello.txt", "hello")

    with pytest.raises(TableUnreadable):
        read_table(file.getvalue())


def test_a_workbook_with_broken_xml_is_refused():
    with pytest.raises(TableUnreadable):
        read_table(with_sheet_xml("<worksheet><sheetData><row"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = with_sheet_xml(" " * 50_000_000)
    monkeypatch.setattr("imports.workbooks._child_output", lambda *args: pytest.fail("it was unpacked"))

    with pytest.raises(TableUnreadable):
        read_table(bomb)


@pytest.mark.parametrize("limits", [Limits(unpacked_bytes=1000), Limits(ratio=1), Limits(members=2)])
def test_each_limit_of_a_package_holds_before_it_is_unpacked(monkeypatch, limits):
    content = workbook(("Deals", [["a"], [1]]))
    monkeypatch.setattr("imports.workbooks._child_output", lambda *args: pytest.fail("it was unpacked"))

    with pytest.raises(TableUnreadable):
        read_table(content, limits=limits)


def test_reading_a_workbook_ends_when_its_memory_is_used_up():
    content = workbook(("Deals", [["a"], *([f"cell {number}"] for number in range(5000))]))

    assert len(read_table(content).rows) == 5000
    with pytest.raises(TableUnreadable):
        read_table(content, limits=Limits(memory=2**20))


def test_a_cell_far_away_cannot_eat_the_memory():
    far = '<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'

    with pytest.raises(TableUnreadable):
        read_table(with_sheet_xml(sheet_xml(f'<row r="1">{far}</row>')), limits=Limits(memory=2**29))


def test_reading_a_workbook_ends_when_its_time_is_over():
    content = workbook(("Deals", [["a", "b"], *([n, n] for n in range(20_000))]))

    with pytest.raises(TableUnreadable):
        read_table(content, limits=Limits(seconds=0.05))


def test_a_workbook_with_too_many_rows_or_cells_is_refused():
    content = workbook(("Deals", [["a", "b"], [1, 2], [3, 4], [5, 6]]))

    with pytest.raises(TableUnreadable):
        read_table(content, limits=Limits(rows=2))
    with pytest.raises(TableUnreadable):
        read_table(content, limits=Limits(cells=7))


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    content = with_sheet_xml(
        sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>a&e;</t></is></c></row>', entity)
    )

    try:
        table = read_table(content)
    except TableUnreadable:
        return
    assert "canary" not in " ".join(table.headers)


def sheet_xml(rows_xml: str, doctype: str = "") -> str:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = f'<worksheet xmlns="{name}"><sheetData>{rows_xml}</sheetData></worksheet>'
    return f'<?xml version="1.0"?>{doctype}{content}'


def with_sheet_xml(xml: str) -> bytes:
    """A small workbook whose sheet is replaced."""
    file = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook(("Deals", [["a"], [1]]))))
    with source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            is_sheet = member.filename == "xl/worksheets/sheet1.xml"
            target.writestr(member.filename, xml if is_sheet else source.read(member))
    return file.getvalue()
