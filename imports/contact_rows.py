"""What a row says of a company or a person: how to reach them, where they are, tags, note, extra fields."""

from collections.abc import Iterable

from contacts.actions.tags import MOST_TAGS
from contacts.matching import Place
from contacts.models import Channel
from imports.column_specs import parted
from imports.read_rows import ReadRow

LONGEST_NOTE = 5000
CHANNEL_KINDS = {
    "phone": Channel.Kind.PHONE,
    "mobile": Channel.Kind.MOBILE,
    "email": Channel.Kind.EMAIL,
    "web": Channel.Kind.WEB,
    "linkedin": Channel.Kind.LINKEDIN,
    "xing": Channel.Kind.XING,
    "profile": Channel.Kind.PROFILE,
}
CHANNELS = ("phone", "phone_2", "mobile", "email", "email_2", "web", "linkedin", "xing", "profile")
PLACE = ("street", "postal_code", "city", "country")


def channels_of(read: ReadRow, codes: Iterable[str]) -> list[tuple[str, str, str]]:
    """Kind, value and remark of every number and address of a row, none twice."""
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    for code in codes:
        value = read.text(code)
        kind = CHANNEL_KINDS.get(code.split("_")[0])
        if value and kind:
            found.setdefault((same_kind(kind), value), (kind, value, ""))
    return list(found.values())


def address_of(read: ReadRow) -> dict[str, str] | None:
    """The address of a row, None where there is no street, code or place."""
    place = {name: read.text(name) for name in PLACE if read.text(name)}
    return place if place.keys() - {"country"} else None


def places_of(read: ReadRow) -> tuple[Place, ...]:
    """The address of a row, to compare."""
    place = address_of(read)
    if place is None:
        return ()
    return (Place.of(place.get("street", ""), place.get("postal_code", ""), place.get("city", "")),)


def tags_of(read: ReadRow) -> list[str]:
    """The tags of a row; commas part them, too."""
    names = [" ".join(name.split())[:40] for word in parted(read.text("tags")) for name in word.split(",")]
    return [name for name in dict.fromkeys(names) if name][:MOST_TAGS]


def note_of(read: ReadRow) -> str:
    """The note of a row, and below it what could not be kept in its own place."""
    return "\n".join(filter(None, [read.text("note"), *read.remarks]))[:LONGEST_NOTE]


def extra_of(read: ReadRow) -> dict[str, object]:
    """What a row says in fields that the company added itself."""
    return {code.partition(":")[2]: value for code, value in read.values.items() if code.startswith("extra:")}


def same_kind(kind: str) -> str:
    """A mobile is a telephone: the same number as the other is no second one."""
    return "phone" if kind in ("phone", "mobile") else kind
