"""Block keys: two records are compared when they share one of these, so that never all meet all."""

from collections.abc import Iterator
from hashlib import blake2b

from contacts.matching.phonetics import cologne
from contacts.matching.records import Place, Record

# Words that stand in so many names that they lead nowhere.
_SHORT = 3
_PREFIX = 8
_SIGNED_64_BIT = 8


def block_keys(record: Record) -> set[int]:
    """The keys of a record, each a signed 64-bit number."""
    told = _of_person(record) if record.is_person else _of_company(record)
    return {_number(key) for key in (*_of_channels(record), *told)}


def telling_keys(record: Record) -> set[int]:
    """Those of its keys that lead to a twin by themselves: how to reach it, its numbers, its whole name."""
    name = next(_of_person(record), "") if record.is_person else f"n:{''.join(record.core)}"
    return {_number(key) for key in (*_of_channels(record), name) if key}


def _of_channels(record: Record) -> Iterator[str]:
    yield from (f"e:{address}" for address in record.emails)
    yield from (f"t:{number}" for number in record.phones)
    if record.vat_id:
        yield f"v:{record.vat_id}"
    if record.register:
        yield f"r:{record.register}"


def _of_company(record: Record) -> Iterator[str]:
    yield from (f"d:{domain}" for domain in record.domains)
    core = record.core
    telling = [word for word in core if len(word) > _SHORT or word.isdigit()] or list(core)
    squeezed = "".join(core)
    yield f"n:{squeezed}"
    yield f"p:{'-'.join(sorted(cologne(word) or word for word in core))}"
    if len(squeezed) > _PREFIX:
        yield f"b:{squeezed[:_PREFIX]}:{len(squeezed) // 4}"
        yield f"x:{squeezed[-_PREFIX:]}"
    # Two words in any order, with any third one left out: a name that was shortened or lengthened.
    sounds = sorted({cologne(word) or word for word in telling})[:6]
    yield from (f"w:{one}+{two}" for place, one in enumerate(sounds) for two in sounds[place + 1 :])
    for address in record.places:
        yield from _of_house(address)
        for sound in sounds:
            yield f"c:{sound}:{address.postal_code or address.city}"
            yield f"s:{sound}:{address.number}:{address.street[:3]}"


def _of_house(place: Place) -> Iterator[str]:
    """The same door: number, and the street by its sound, in the town by its code or name."""
    if not (place.street and place.number):
        return
    sound = cologne(place.street)
    if place.postal_code:
        yield f"h:{sound}:{place.number}:{place.postal_code}"
    if place.city:
        yield f"h:{sound}:{place.number}:{cologne(place.city)}"


def _of_person(record: Record) -> Iterator[str]:
    given, family = _sound(record.given_words), _sound(record.family_words)
    born = record.birthday.isoformat() if record.birthday else ""
    if given and family:
        # In one order: who fills in a form now and then confuses the two.
        yield f"f:{'-'.join(sorted((given, family)))}"
        yield f"l:{record.family_words[0][:4]}:{record.given_words[0][:3]}"
    if born:
        yield f"y:{born}"
    for employer in record.employers:
        yield f"j:{family}:{employer}"
    for place in record.places:
        yield from _of_house(place)
        where = (place.postal_code, cologne(place.city), cologne(place.street))
        for sound in {given, family} - {""}:
            yield from (f"a:{sound}:{kind}:{spot}" for kind, spot in enumerate(where) if spot)
        if born:
            yield from (f"z:{born[:4]}:{kind}:{spot}" for kind, spot in enumerate(where) if spot)
            yield from (f"m:{born[5:]}:{kind}:{spot}" for kind, spot in enumerate(where) if spot)


def _sound(name: tuple[str, ...]) -> str:
    return cologne("".join(name)) or "".join(name)


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=_SIGNED_64_BIT).digest(), "big", signed=True)
