"""Companies and persons as vCards, 3.0 (RFC 2426) and 4.0 (RFC 6350), for telephones and address books."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import IO

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from contacts.models import Address, Channel, Company, Employment, Person, Tagging
from lists.files import CHUNK, Format

MOST_CARDS = 20_000
# Octets of a line; longer ones go on in the next, behind a blank.
LINE = 75
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]")
_KINDS = {Channel.Kind.PHONE: "work,voice", Channel.Kind.MOBILE: "cell,voice"}


def write_vcards(file: IO[bytes], rows: QuerySet, *, version: str) -> None:
    """Write one card per row, in chunks."""
    tags = Tagging.objects.select_related("tag").order_by("tag__sort_key")
    loaded = rows.prefetch_related("channels", "addresses", Prefetch("taggings", tags))
    if rows.model is Person:
        present = Employment.objects.present().select_related("company").order_by("pk")
        loaded = loaded.prefetch_related(Prefetch("employments", present, to_attr="present_employments"))
    for row in loaded.iterator(chunk_size=CHUNK):
        file.write(card(row, version=version))


def card(row: Company | Person, *, version: str) -> bytes:
    """The card of a company or of a person whose present employments are loaded."""
    who = _person(row) if isinstance(row, Person) else _company(row, version)
    lines = ["BEGIN:VCARD", f"VERSION:{version}", *who, *_reached(row, version), *_filed(row), "END:VCARD"]
    return b"".join(_folded(line) for line in lines)


def _person(person: Person) -> Iterator[str]:
    jobs: list[Employment] = person.present_employments  # type: ignore[attr-defined]
    yield _line("FN", person.full_name)
    yield f"N:{_text(person.last_name)};{_text(person.first_name)};;{_text(person.title)};"
    if jobs:
        yield _line("ORG", str(jobs[0].company))
        if jobs[0].position:
            yield _line("TITLE", jobs[0].position)
    if person.birthday:
        yield f"BDAY:{person.birthday:%Y%m%d}"


def _company(company: Company, version: str) -> Iterator[str]:
    yield _line("FN", company.name)
    yield f"N:{_text(company.name)};;;;"
    yield _line("ORG", company.name)
    yield "KIND:org" if version == "4.0" else "X-ABSHOWAS:COMPANY"


def _reached(row: Company | Person, version: str) -> Iterator[str]:
    for channel in row.channels.all():
        if channel.kind in _KINDS:
            kinds = _KINDS[Channel.Kind(channel.kind)]
            yield (
                f'TEL;VALUE=uri;TYPE="{kinds}":tel:{_text(channel.value)}'
                if version == "4.0"
                else (f"TEL;TYPE={kinds}:{_text(channel.value)}")
            )
        elif channel.kind == Channel.Kind.EMAIL:
            yield _line("EMAIL;TYPE=work" if version == "4.0" else "EMAIL;TYPE=internet", channel.value)
        else:
            # An address on the web is a URI: nothing in it is escaped, and it has no line breaks.
            yield f"URL:{_CONTROL.sub('', channel.value).replace(chr(10), '')}"
    for address in row.addresses.all():
        yield _address(address)


def _address(address: Address) -> str:
    kind = "home" if address.use == Address.Use.PRIVATE or address.person_id else "work"
    parts = (address.street, address.city, "", address.postal_code, address.country)
    return f"ADR;TYPE={kind}:;;{';'.join(_text(part) for part in parts)}"


def _filed(row: Company | Person) -> Iterator[str]:
    tags = [str(tagging.tag) for tagging in row.taggings.all()]
    if tags:
        yield f"CATEGORIES:{','.join(_text(tag) for tag in tags)}"
    yield f"UID:{_text(row.external_id or f'{row._meta.model_name}-{row.pk}')}"
    yield f"REV:{row.updated_at:%Y%m%dT%H%M%SZ}"


def _line(name: str, value: str) -> str:
    return f"{name}:{_text(value)}"


def _text(value: str) -> str:
    """A value as text of a card: its own signs escaped, without characters that would end the line."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _CONTROL.sub(" ", escaped.replace("\r\n", "\n").replace("\r", "\n")).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line, broken where it is too long, but never within a letter."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > LINE:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"


def _formats(versions: Iterable[str]) -> dict[str, Format]:
    labels = {"3.0": _("vCard 3.0 (telephones)"), "4.0": _("vCard 4.0")}
    return {
        f"vcf{version[0]}": Format(
            labels[version],
            "contact-round",
            "vcf",
            MOST_CARDS,
            "text/vcard; charset=utf-8",
            write_rows=partial(write_vcards, version=version),
        )
        for version in versions
    }


VCARDS = _formats(("3.0", "4.0"))
