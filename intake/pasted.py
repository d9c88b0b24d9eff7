"""What a pasted business card, mail signature or vCard says of somebody: proposals, nothing is assumed."""

import re

from contacts.recognising import Found, address_parts, recognise

FIELDS = {
    "salutation": "salutation",
    "title": "title",
    "first_name": "first_name",
    "last_name": "last_name",
    "position": "position",
    "company": "company_name",
    "email": "email",
    "phone": "phone",
    "mobile": "phone",
    "web": "website",
}
ADDRESS = ("street", "postal_code", "city", "country")
_CARD = re.compile(r"^\s*BEGIN:VCARD", re.IGNORECASE)
_LINE = re.compile(r"^(?:[\w-]+\.)?(?P<name>[A-Z-]+)(?P<params>;[^:]*)?:(?P<value>.*)$", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")


def fields_of(text: str) -> dict[str, str]:
    """The fields of a lead a text fills, the first of each kind."""
    if _CARD.match(text):
        return _of_card(text)
    return _of_found(recognise(text))


def _of_found(found: list[Found]) -> dict[str, str]:
    said: dict[str, str] = {}
    for each in found:
        if each.field == "address":
            said.update(zip(ADDRESS, address_parts(each.value), strict=True))
        elif each.field in FIELDS:
            said.setdefault(FIELDS[each.field], each.value)
    return {name: value for name, value in said.items() if value}


def _of_card(text: str) -> dict[str, str]:
    """The first card of a vCard as telephones write it (RFC 2426, RFC 6350)."""
    said: dict[str, str] = {}
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    for line in unfolded.splitlines():
        if line.strip().upper() == "END:VCARD":
            break
        if match := _LINE.match(line):
            for name, value in _of_line(match["name"].upper(), match["value"]).items():
                said.setdefault(name, value)
    return said


def _of_line(name: str, value: str) -> dict[str, str]:
    parts = [_plain(part) for part in re.split(r"(?<!\\);", value)]
    parts += [""] * 7
    match name:
        case "N":
            named = {"last_name": parts[0], "first_name": parts[1], "title": parts[3]}
        case "ADR":
            named = {"street": parts[2], "city": parts[3], "postal_code": parts[5]}
        case "ORG":
            named = {"company_name": parts[0]}
        case "TITLE":
            named = {"position": parts[0]}
        case "TEL":
            named = {"phone": parts[0].removeprefix("tel:")}
        case "EMAIL":
            named = {"email": parts[0]}
        case "URL":
            named = {"website": _plain(value)}
        case _:
            named = {}
    return {field: said for field, said in named.items() if said}


def _plain(value: str) -> str:
    return " ".join(_ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], value).split())
