"""vCards of every age: folded lines, quoted-printable, charsets, several cards, broken ones, bombs."""

import pytest

from contacts.models import Person
from imports.errors import TableUnreadable
from imports.reading import read_table
from imports.tables import Limits, Table
from imports.vcards import read_cards
from tests.imports.bringing import counts, taken_in

V21 = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg=\r\n M=C3=BCller\r\nTEL;CELL;VOICE:0171 2345678\r\n"
    "TEL;WORK;FAX:030 1\r\nORG:Holz\\, Wald & Co;Einkauf\r\nEMAIL;INTERNET:joerg@mueller.example\r\n"
    "PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQ\r\n AAAA\r\n\r\nEND:VCARD\r\n"
)
V3 = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Berg;Anna;;Frau;\nFN:Anna Berg\nitem1.TEL;type=WORK:+49 30 1234567\n"
    "ADR;TYPE=work:;;Am Wald 1;Berlin;;10115;Deutschland\nNOTE:eins\\nzwei\nBDAY:1980-02-29\n"
    "TITLE:Leit\n erin\nEND:VCARD\n"
)
V4 = (
    "BEGIN:VCARD\nVERSION:4.0\nFN:Dr. Cem Ay\nN:Ay;Cem;;Dr.;\n"
    'TEL;VALUE=uri;TYPE="voice,cell":tel:+49-171-9999999\n'
    "UID:urn:uuid:4fbe8971\nEND:VCARD\n"
)


def by_name(table: Table) -> list[dict[str, object]]:
    return [dict(zip(table.headers, row.cells, strict=True)) for row in table.rows]


def test_a_card_of_each_version_says_what_it_says():
    table = read_table((V21 + V3 + V4).encode())
    first, second, third = by_name(table)

    assert table.read_as == {"format": "vcard", "encoding": "utf-8", "version": "2.1, 3.0, 4.0"}
    assert (first["last_name"], first["first_name"], first["company"]) == (
        "Müller",
        "Jörg",
        "Holz, Wald & Co",
    )
    assert (first["mobile"], first["phone"], first["email"]) == ("0171 2345678", "", "joerg@mueller.example")
    assert (second["salutation"], second["position"], second["note"]) == ("Frau", "Leiterin", "eins\nzwei")
    assert (second["street"], second["postal_code"], second["birthday"]) == (
        "Am Wald 1",
        "10115",
        "1980-02-29",
    )
    assert (third["title"], third["mobile"], third["external_id"]) == ("Dr.", "+49-171-9999999", "4fbe8971")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_found_out(encoding):
    content = V3.replace("Anna", "Änne").encode(encoding)

    assert by_name(read_table(content))[0]["first_name"] == "Änne"


def test_a_card_that_never_ends_costs_no_other():
    table = read_table((V3.replace("END:VCARD\n", "") + V4).encode())

    assert [row["last_name"] for row in by_name(table)] == ["Berg", "Ay"]


def test_too_many_cards_and_too_much_memory_are_refused_where_they_can_be_killed():
    with pytest.raises(TableUnreadable):
        read_cards(V4 * 30, Limits(rows=20))
    with pytest.raises(TableUnreadable):
        read_cards("BEGIN:VCARD\nNOTE:" + "\n x" * 2_000_000, Limits(memory=64 * 2**20))
    with pytest.raises(TableUnreadable):
        read_cards("BEGIN:VCARD\n" + "NOTE:a\n" * 400_000, Limits(seconds=0.2))  # type: ignore[arg-type]


@pytest.mark.django_db
def test_cards_come_in_as_persons_of_their_company(people):
    run = taken_in(people.owner, ("kontakte.vcf", V21 + V3 + V4))

    person = Person.objects.get(last_name="Müller")
    assert counts(run) == {"created": 3}
    assert person.employments.get().company.name == "Holz, Wald & Co"
    assert person.channels.get(kind="mobile").value == "+491712345678"
    assert person.owner == people.owner
