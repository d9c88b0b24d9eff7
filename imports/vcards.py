"""vCards, read in a child process that can be killed, as a table of persons."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from imports.cells import Cell
from imports.errors import TableUnreadable
from imports.tables import Limits, Record, Table, build_table

_CHILD = Path(__file__).with_name("vcard_child.py")
_BEGIN = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*BEGIN\s*:\s*VCARD", re.IGNORECASE)
_PART = re.compile(r"(?<!\\);")
_LISTED = re.compile(r"(?<!\\),")
_LABELS = re.compile(r"_\$!<(.*?)>!\$_")

COLUMNS = (
    "external_id", "salutation", "title", "first_name", "middle_name", "last_name", "name", "company",
    "position", "phone", "phone_2", "mobile", "email", "email_2", "web", "street", "postal_code", "city",
    "country", "birthday", "note",
)  # fmt: skip
"""The columns of the table are named as the fields of persons are."""

Property = tuple[str, Sequence[str], str]


def is_vcard(content: bytes) -> bool:
    """Whether a file holds vCards; its first line says so, in whatever encoding."""
    return bool(
        _BEGIN.match(content[:200].replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
    )


def read_cards(text: str, limits: Limits) -> list[dict[str, object]]:
    """Every card with the line it begins on and its properties. Raises TableUnreadable."""
    numbers = (limits.memory, limits.seconds, limits.rows, limits.unpacked_bytes)
    command = [sys.executable, "-I", str(_CHILD), json.dumps(numbers)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script, no argument of anybody else's
            command,
            input=text.encode("utf-8", "replace"),
            capture_output=True,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TableUnreadable(_("Reading the cards took too long; it was given up.")) from error
    if done.returncode:
        raise TableUnreadable(_("The cards need too much memory or time to read."))
    cards = [json.loads(line) for line in done.stdout.decode("utf-8").split("\n") if line]
    if any("error" in card for card in cards):
        raise TableUnreadable(_("The file holds more than %(limit)s cards.") % {"limit": limits.rows})
    return cards


def read_vcards(text: str, encoding: str, limits: Limits) -> Table:
    """The cards as a table: a row each, a column for each field that any of them has."""
    cards = read_cards(text, limits)
    rows = [(int(str(card["line"])), _row(card["properties"])) for card in cards]  # type: ignore[arg-type]
    used = [name for name in COLUMNS if any(row.get(name) for _line, row in rows)]
    versions = sorted({_first(card["properties"], "VERSION") for card in cards} - {""})  # type: ignore[arg-type]
    read_as = {"format": "vcard", "encoding": encoding, "version": ", ".join(versions)}
    return build_table(_records(used, rows), limits, read_as)


def _records(used: Sequence[str], rows: Sequence[tuple[int, Mapping[str, str]]]) -> Iterator[Record]:
    yield Record(0, list[Cell](used))
    for line, row in rows:
        yield Record(line, [row.get(name, "") for name in used])


def _row(properties: Sequence[Property]) -> dict[str, str]:
    """What a card says, by field; a card without name is called as its company or its address."""
    row: dict[str, str] = {}
    names = _parts(_first(properties, "N"))
    row["last_name"], row["first_name"], row["middle_name"] = (
        _plain(text) for text in [*names, "", "", ""][:3]
    )
    prefix = _plain([*names, "", "", "", ""][3])
    row["salutation" if normal(prefix) in ("mr", "ms", "mrs", "herr", "frau") else "title"] = prefix
    row["name"] = _plain(_first(properties, "FN"))
    organisation = _parts(_first(properties, "ORG"))
    row["company"] = _plain(organisation[0]) if organisation else ""
    row["position"] = _plain(_first(properties, "TITLE") or _first(properties, "ROLE"))
    row["external_id"] = _plain(_first(properties, "UID")).removeprefix("urn:uuid:")[:80]
    row["birthday"] = _birthday(_first(properties, "BDAY"))
    row["web"] = _plain(_first(properties, "URL"))
    _reach(row, properties)
    row["note"] = _note(row, properties)
    if not row["last_name"]:
        row["last_name"], row["first_name"] = row["first_name"], ""
    if row["last_name"]:
        row["name"] = ""
    return row | {
        "name": row["name"] or (row["company"] or row.get("email", "") if not row["last_name"] else "")
    }


def _reach(row: dict[str, str], properties: Sequence[Property]) -> None:
    phones: list[str] = []
    mobiles: list[str] = []
    emails: list[str] = []
    for name, types, value in properties:
        text = _plain(value).removeprefix("tel:").removeprefix("mailto:").strip()
        if name == "TEL" and text and not {"fax", "pager"} & set(types):
            (mobiles if {"cell", "mobile", "iphone"} & set(types) else phones).append(text)
        elif name == "EMAIL" and text:
            emails.append(text)
    row["_more"] = " ".join([*phones[2:], *mobiles[1:], *emails[2:]])
    row |= dict(zip(("phone", "phone_2"), phones, strict=False))
    row |= dict(zip(("email", "email_2"), emails, strict=False))
    row["mobile"] = mobiles[0] if mobiles else ""
    addresses = [value for name, _types, value in properties if name == "ADR"]
    work = [value for name, types, value in properties if name == "ADR" and "work" in types]
    parts = [_plain(text) for text in _parts((work or addresses or [""])[0])]
    _box, _extended, street, city, _region, code, country = [*parts, *[""] * 7][:7]
    row |= {"street": " ".join(street.split()), "city": city, "postal_code": code, "country": country}


def _note(row: dict[str, str], properties: Sequence[Property]) -> str:
    notes = [_plain(value) for name, _types, value in properties if name == "NOTE"]
    return "\n".join(filter(None, [*notes, row.pop("_more", "")]))


def _birthday(text: str) -> str:
    match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})", text)
    return "-".join(match.groups()) if match else ""


def normal(text: str) -> str:
    """A form of address for comparing."""
    return text.casefold().strip(". ")


def _first(properties: Sequence[Property], name: str) -> str:
    return next((value for key, _types, value in properties if key == name and value.strip()), "")


def _parts(text: str) -> list[str]:
    return _PART.split(text) if text else []


def _plain(text: str) -> str:
    r"""A value without its escapes: `\,` `\;` `\n`; Apple's labels without their wrapping."""
    text = _LABELS.sub(r"\1", text)
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text).strip()
