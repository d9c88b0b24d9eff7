"""What a pasted signature, imprint or social profile says: pure functions from a text to fields.

Nothing here knows the database. A text is read line by line; what is quoted below is somebody else's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError

from contacts.identifiers import register_number, vat_id
from contacts.legal_forms import legal_form
from contacts.web_addresses import kind_of, profile, web_address

LONGEST_TEXT, MOST_LINES, LONGEST_LINE = 20_000, 300, 300
LONGEST_NAME, MOST_WORDS = 120, 9

_QUOTE = re.compile(
    r"^(?:>|-{2,}\s*(?:ursprüngliche|original|weitergeleitete|forwarded)|_{10,}"
    r"|(?:gesendet|sent)\s+(?:von|from|mit)\b|outlook\s+für|get\s+outlook|(?:am|on)\b.{4,120}\b(?:schrieb|wrote)\b|(?:von|from):\s.*(?:@|<))",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:mit\s+(?:freundlichen|besten|herzlichen|lieben|vielen)|(?:freundliche|beste|viele|herzliche|liebe)\s+gr[üu]"
    r"|(?:best|kind|warm)\s+regards|regards|sincerely|mfg\b|lg\b|vg\b|--\s*$)",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(ät\))\s?[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}\b"
)
_WEB = re.compile(
    r"(?:https?://|www\.|\b[\w.-]{0,40}(?:linkedin|xing)\.com/)[^\s<>\"|,;]{2,200}", re.IGNORECASE
)
_FAX = re.compile(r"\b(?:tele)?fax\b|^\s*f\b\s*[:.+0-9]", re.IGNORECASE)
_VAT = re.compile(r"\b(?:DE|ATU|CHE)[\s.-]?\d[\d\s./-]{6,16}\d\b")
_REGISTER = re.compile(
    r"\b(?:HRA|HRB|GnR|PR|VR)\s*(?:[-.:]|Nr\.?)?\s*\d{1,6}(?:\s?[A-Z]{1,3}\b)?"
    r"|\bFN\s?\d{1,6}\s?[a-z]\b"
)
_COURT = re.compile(
    r"(?:amtsgericht|registergericht|handelsregister|ag|landesgericht|handelsgericht)\b[\s:]*(?:des\s+|am\s+)?"
    r"(?:amtsgerichts?\s+)?([A-ZÄÖÜ][\wäöüß.-]+"
    r"(?:\s(?:am|an|der|im|in|bei|ob)\s[A-ZÄÖÜ][\wäöüß.-]+|\s\([\wäöüß ]+\))?)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:\b(?P<country>D|DE|A|AT|CH)\s?-\s?)?\b(?P<code>\d{4,5})\s+"
    r"(?P<city>[A-ZÄÖÜ][A-Za-zÄÖÜäöüß.()/ -]{1,60})"
)
_STREET = re.compile(
    r"^[A-ZÄÖÜ0-9][\wÄÖÜäöüß.' -]{2,60}?\s\d{1,4}\s?[a-zA-Z]?(?:\s?[-–/+]\s?\d{1,4}\s?[a-z]?)?$"
)
_TITLES = re.compile(
    r"^(?:(?:Prof|Dr|Mag|DI|Dipl)\.?"
    r"(?:\s?-?\s?(?:Ing|Kfm|Wirt|Inf|Betrw|med|jur|rer|nat|oec|phil)\.?)*\s+)+",
    re.IGNORECASE,
)
_SALUTATIONS = {"frau": "ms", "herr": "mr"}
_NAME_WORD = r"(?:[A-ZÄÖÜÉ][a-zäöüßéèáñç]+(?:[-'][A-ZÄÖÜ]?[a-zäöüßé]+)*|[A-ZÄÖÜ]\.)"
_NAME = re.compile(rf"^{_NAME_WORD}(?:\s(?:von|van|de|der|zu|zur|vom|den|di))*(?:\s{_NAME_WORD}){{1,3}}$")
_POSITION = re.compile(
    r"\b(?:leit(?:er|ung|erin|ende)|geschäftsf|vorstand|prokurist|inhaber|einkauf|einkäufer|vertrieb|verkauf|assisten"
    r"|referent|manager|director|direktor|head\b|chief\b|ceo\b|cto\b|cfo\b|coo\b|sales\b|buyer|partner|berater|ingenieur"
    r"|techniker|meister|entwickl|marketing|produktion|buchhalt|controll|sachbearbeit|owner|founder|gründer)",
    re.IGNORECASE,
)
_BARS = re.compile(r"\s[|•·]\s")
_LABEL = re.compile(r"^(?:impressum|anbieter|firma|herausgeber)\s*:?\s+", re.IGNORECASE)
_FOR_OTHERS = re.compile(r"^(?:i\.?\s?[AV]\.?|ppa\.?)\s+")
_NO_NAMES = frozenset(
    ("Am", "Dear", "From", "Hallo", "Hi", "Ihr", "Ihre", "Liebe", "Lieber", "On", "Sehr", "Von")
)
_AT_COMPANY = re.compile(r"^(?P<position>.{2,80}?)\s+(?:bei|at|@|–|\|)\s+(?P<company>.{2,100})$")


@dataclass(frozen=True)
class Found:
    """One field that a text says; an address as street, postal code, place and country in lines."""

    field: str
    value: str


def recognise(text: str) -> list[Found]:
    """Every field found, each value once, in the order in which forms ask for them."""
    lines = list(_own_lines(text))
    person = list(_person(lines))
    company = [] if any(found.field == "company" for found in person) else _company(lines)
    found = [*person, *company, *_numbers(lines), *_address(lines), *_channels(lines)]
    return list(dict.fromkeys(found))


def address_parts(value: str) -> tuple[str, str, str, str]:
    """Street, postal code, place and country of a found address."""
    street, code, city, country = value.split("\n")
    return street, code, city, country


def _own_lines(text: str) -> Iterator[str]:
    for number, line in enumerate(text[:LONGEST_TEXT].replace("\0", "").splitlines()):
        line = " ".join(line.strip().strip("*_|•·").split())[:LONGEST_LINE]
        if number == MOST_LINES or _QUOTE.match(line):
            return
        yield line


def _person(lines: list[str]) -> Iterator[Found]:
    at = _name_line(lines)
    if at is None:
        return
    salutation, title, first_name, last_name = _name(lines[at])
    named = {"salutation": salutation, "title": title, "first_name": first_name, "last_name": last_name}
    yield from (Found(field, value) for field, value in named.items() if value)
    for line in [line for line in lines[at + 1 :] if line][:3]:
        works_at = _AT_COMPANY.match(line)
        if works_at and _POSITION.search(works_at["position"]):
            yield Found("position", works_at["position"])
            yield Found("company", works_at["company"])
            return
        if _POSITION.search(_BARS.split(line)[0]) and not _is_contact_line(line):
            yield Found("position", _BARS.split(line)[0][:120])
            return


def _name_line(lines: list[str]) -> int | None:
    """Where a name stands: right below the closing, else the first line that looks like one near the top."""
    closing = next((number for number, line in enumerate(lines) if _CLOSING.match(line)), None)
    start = 0 if closing is None else closing + 1
    candidates = [number for number in range(start, len(lines)) if lines[number]][:4]
    return next((number for number in candidates if _name(lines[number])[3]), None)


def _name(line: str) -> tuple[str, str, str, str]:
    """Salutation, title, first and last name of a line that is a name; else all empty."""
    line = _FOR_OTHERS.sub("", re.split(r"\s[|–-]\s|,", line, maxsplit=1)[0].strip())
    word, _space, rest = line.partition(" ")
    salutation = _SALUTATIONS.get(word.lower(), "")
    line = rest if salutation else line
    titled = _TITLES.match(line)
    title = titled[0].strip() if titled else ""
    line = line[len(titled[0]) :] if titled else line
    is_name = (
        bool(_NAME.match(line))
        and line.split()[0] not in _NO_NAMES
        and not legal_form(line)
        and not _POSITION.search(line)
    )
    if not is_name or _STREET.match(line):
        return "", "", "", ""
    first, last = _split_name(line)
    return salutation, title[:40], first[:80], last[:80]


def _split_name(line: str) -> tuple[str, str]:
    """The last word is the last name, with the small words before it: Eva | von der Heide."""
    words = line.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def _company(lines: list[str]) -> Iterator[Found]:
    for part in (part for line in lines for part in _BARS.split(line)):
        name = _LABEL.sub("", part).strip(" ,")
        is_short = len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS
        is_sentence = ":" in name or _is_contact_line(name) or _COURT.match(name)
        if is_short and legal_form(name) and not is_sentence:
            yield Found("company", name)
            return


def _numbers(lines: list[str]) -> Iterator[Found]:
    text = "\n".join(lines)
    for match in _VAT.finditer(text):
        try:
            yield Found("vat_id", vat_id(match[0]))
            break
        except ValidationError:
            continue
    for line in lines:
        register = _REGISTER.search(line)
        if register is None:
            continue
        try:
            yield Found("register_number", register_number(register[0]))
        except ValidationError:
            continue
        court = _court(lines, line)
        if court:
            yield Found("register_court", court)
        return


def _court(lines: list[str], line: str) -> str:
    at = lines.index(line)
    near = [line, *lines[max(0, at - 2) : at], *lines[at + 1 : at + 3]]
    for text in near:
        court = _COURT.search(text)
        if court and not _REGISTER.match(court[1]):
            return court[1].strip(" ,")[:80]
    return ""


def _address(lines: list[str]) -> Iterator[Found]:
    for number, line in enumerate(lines):
        place = _PLACE.search(line)
        if place is None or _phone_in(line):
            continue
        code, city = place["code"], place["city"].strip(" ,.-")
        country = _country(place["country"], code, lines)
        street = _street(lines, number, place)
        if street or place["country"] or len(city.split()) <= 4:
            yield Found("address", "\n".join((street[:120], code, city[:80], country)))
            return


def _street(lines: list[str], number: int, place: re.Match[str]) -> str:
    """On the line of the place, before or behind it; else on the line above."""
    line = lines[number]
    parts = [
        part.strip(" ,–-") for part in re.split(r"[,|·•]", f"{line[: place.start()]},{line[place.end() :]}")
    ]
    above = lines[number - 1 : number] if number else []
    return next((part for part in [*parts, *above] if _STREET.match(part)), "")


def _country(prefix: str | None, code: str, lines: list[str]) -> str:
    if prefix:
        return {"D": "DE", "A": "AT"}.get(prefix, prefix)
    if len(code) == 5:
        return "DE"
    text = " ".join(lines).lower()
    is_swiss = any(sign in text for sign in ("schweiz", "switzerland", "suisse", "+41", "che-", ".ch"))
    return "CH" if is_swiss else "AT"


def _channels(lines: list[str]) -> Iterator[Found]:
    phones, mails, sites = [], [], []
    for line in lines:
        mails += [_spelled(match[0]) for match in _EMAIL.finditer(line)]
        sites += list(_sites(line))
        if (
            not _FAX.search(re.split(r"[|•·]", line)[0])
            and not _VAT.search(line)
            and not _REGISTER.search(line)
        ):
            phones += list(_phones(line))
    yield from phones
    yield from (Found("email", mail) for mail in mails)
    yield from sites


def _phones(line: str) -> Iterator[Found]:
    for part in re.split(r"[|•·]|\s(?=(?:Tel|Mobil|Fax|Fon|Handy)\b)", line):
        if _FAX.search(part):
            continue
        for match in phonenumbers.PhoneNumberMatcher(part, settings.DEFAULT_PHONE_REGION):
            kind = phonenumbers.number_type(match.number)
            is_mobile = kind == phonenumbers.PhoneNumberType.MOBILE
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            yield Found("mobile" if is_mobile else "phone", number)


def _phone_in(line: str) -> bool:
    return next(iter(_phones(line)), None) is not None


def _sites(line: str) -> Iterator[Found]:
    for match in _WEB.finditer(line):
        address = match[0].rstrip(".)>]")
        kind = kind_of(address)
        try:
            yield Found(kind, web_address(address) if kind == "web" else profile(kind, address))
        except ValidationError:
            continue


def _spelled(mail: str) -> str:
    return re.sub(r"\s?(?:\(at\)|\[at\]|\(ät\)|@)\s?", "@", mail)


def _is_contact_line(line: str) -> bool:
    return bool(_EMAIL.search(line) or _WEB.search(line) or _PLACE.search(line)) or _phone_in(line)
