"""Duplicates within a CSV file: the same comparison, before anything of it is in the database."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from contacts.matchables import MOST_PER_KEY
from contacts.matching import Match, Place, Record, block_keys, compare
from contacts.matching.records import email_domains

# What a column may be called; those of one field are joined with a blank.
COLUMNS: dict[str, Sequence[str]] = {
    "name": ("name", "company", "firma"),
    "given": ("first_name", "given_name", "vorname"),
    "family": ("last_name", "surname", "nachname"),
    "street": ("street", "address", "address_1", "street_number", "strasse"),
    "postal_code": ("postal_code", "postcode", "zip", "plz"),
    "city": ("city", "suburb", "place", "ort"),
    "email": ("email", "e-mail"),
    "phone": ("phone", "telefon"),
    "birthday": ("birthday", "date_of_birth", "geburtstag"),
    "vat_id": ("vat_id", "ustid"),
}
DAY_FORMATS = ("%Y%m%d", "%Y-%m-%d", "%d.%m.%Y")

Pair = tuple[int, int]


def read_records(path: Path) -> list[Record]:
    """The lines of a CSV file (UTF-8; comma, semicolon or tab) as records, in their order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        separator = max(",;\t", key=head.count)
        names = [name.strip().lower() for name in next(csv.reader([head], delimiter=separator))]
        lines = csv.reader(file, delimiter=separator, skipinitialspace=True)
        return [
            _record(dict(zip(names, (cell.strip() for cell in line), strict=False))) for line in lines if line
        ]


def pairs_in(records: Sequence[Record], least: int) -> Iterator[tuple[Pair, Match]]:
    """The pairs (places in the sequence) that score so much, compared when they share a block key."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for key in block_keys(record):
            blocks[key].append(place)
    met: set[Pair] = set()
    for places in blocks.values():
        if len(places) <= MOST_PER_KEY:
            met.update((one, two) for at, one in enumerate(places) for two in places[at + 1 :])
    for pair in sorted(met):
        match = compare(records[pair[0]], records[pair[1]])
        if match.score >= least:
            yield pair, match


def _record(line: Mapping[str, str]) -> Record:
    said = {
        field: " ".join(line[name] for name in names if line.get(name)) for field, names in COLUMNS.items()
    }
    emails = frozenset(said["email"].lower().split())
    return Record(
        name=said["name"],
        given="" if said["name"] else said["given"],
        family="" if said["name"] else said["family"],
        emails=emails,
        phones=frozenset([said["phone"]] if said["phone"] else []),
        domains=frozenset(email_domains(emails)),
        vat_id=said["vat_id"].replace(" ", "").upper(),
        birthday=_day(said["birthday"]),
        places=(Place.of(said["street"], said["postal_code"], said["city"]),),
    )


def _day(text: str) -> date | None:
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    return None
