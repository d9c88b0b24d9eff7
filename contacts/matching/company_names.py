"""How alike the names of two companies are, legal forms aside."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from contacts.matching.folding import words
from contacts.matching.phonetics import cologne
from contacts.matching.records import Record
from contacts.matching.weights import mistyped

# What so many companies are called that it hardly tells one from another.
_GENERAL = frozenset(
    words(
        """verwaltung verwaltungs verwaltungsgesellschaft beteiligung beteiligungs beteiligungsgesellschaft
        holding gesellschaft betriebs betriebsgesellschaft besitz besitzgesellschaft vermögensverwaltung
        vermögensverwaltungs grundbesitz grundstücks grundstücksgesellschaft immobilien hausverwaltung
        wohnbau bau bauunternehmen bauunternehmung baugesellschaft bauträger hochbau tiefbau holzbau
        metallbau maschinenbau apparatebau handel handels handelsgesellschaft großhandel einzelhandel
        vertrieb vertriebs vertriebsgesellschaft import export service services dienstleistungen
        consulting consult beratung beratungs unternehmensberatung management marketing werbung
        werbeagentur agentur media medien design druck verlag software systeme systems system technik
        technische technologie technology technologies solutions engineering elektro elektronik
        elektrotechnik edv it computer logistik spedition transport transporte autohaus auto automobile
        apotheke hotel restaurant cafe gasthaus gaststätte gastronomie bäckerei metzgerei schreinerei
        zimmerei sanitär heizung möbel textil mode reisen reisebüro ingenieurbüro architekten
        steuerberatung steuerberatungsgesellschaft wirtschaftsprüfungsgesellschaft rechtsanwälte praxis
        zentrum center haus gruppe group international internationale deutschland germany europa europe
        austria schweiz partner team projekt invest finanz energie solar anlagen montage verein
        förderverein freunde freundeskreis club sportverein musikverein förderung verband ortsgruppe
        ortsverein genossenschaft stiftung institut schule niederlassung zweigniederlassung inhaber inh
        firma söhne sohn gebrüder gebr nachf nachfolger und für der die das des den im in am an von vom
        zu zur zum bei mit the of and bar grill cafe house room"""
    )
)
# What one company of a house is for: who bears such a word, is another one than who bears none.
_PURPOSES = re.compile(
    r"(verwaltung|holding|beteiligung|besitz|betrieb|grundbesitz|immobilien|komplementar|vertrieb|service|management"
    r"|forder|invest|projekt|zweigniederlassung|niederlassung|filiale|stiftung)"
)
_ROMAN = re.compile(r"[ivx]+")
_ORDINAL = re.compile(
    r"(ein|zwei|drei|drit|vier|funf|sech|sieb|acht|neun|zehn|elf|zwolf|zwanzig|dreissig|[a-z]+zig|hundert)[a-z]*te[rsn]?|erste[rsn]?"
)
_ALMOST = 93


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How much of two names is the same (0 to 1), how much each says, and what is different."""

    share: float
    said: float
    is_equal: bool
    only_longer: bool
    other_number: bool
    other_purpose: bool
    by_sound: bool


class _Told(NamedTuple):
    """What a name says by itself, whatever it is compared with."""

    squeezed: str
    ordered: list[str]
    weight: float
    numbers: frozenset[str]
    purposes: frozenset[str]


def compare_names(one: Record, other: Record) -> NameMatch:
    """Pair the words of two names: equal, mistyped, shortened, alike in sound; common ones count little."""
    ours, theirs = _told(one.core), _told(other.core)
    said, total = min(ours.weight, theirs.weight), ours.weight + theirs.weight
    if ours.squeezed == theirs.squeezed or ours.ordered == theirs.ordered:
        return NameMatch(1.0, said, True, False, False, False, False)
    left, right = list(one.core), list(other.core)
    paired, by_sound = _pair(left, right)
    share = 2 * paired / total if total else 0.0
    if fuzz.ratio(ours.squeezed, theirs.squeezed, score_cutoff=_ALMOST):
        share = max(share, 0.92)
    return NameMatch(
        share=min(share, 0.99),
        said=said,
        is_equal=False,
        only_longer=not any(map(_tells, left)) or not any(map(_tells, right)),
        other_number=ours.numbers != theirs.numbers,
        other_purpose=ours.purposes != theirs.purposes,
        by_sound=by_sound,
    )


def _pair(mine: list[str], theirs: list[str]) -> tuple[float, bool]:
    """Take out of both lists what goes together; answer what it weighs, and whether sound decided."""
    weight, by_sound = 0.0, False
    for word in list(mine):
        if word in theirs:
            weight += _weigh(word)
            mine.remove(word)
            theirs.remove(word)
    for word in list(mine):
        nearness, near = max(((_nearness(word, other), other) for other in theirs), default=(0.0, ""))
        if nearness:
            weight += nearness * (_weigh(word) + _weigh(near)) / 2
            by_sound = by_sound or nearness == _SOUND
            mine.remove(word)
            theirs.remove(near)
    return weight, by_sound


_TYPO, _SHORTENED, _SOUND = 0.9, 0.75, 0.7


@lru_cache(maxsize=200_000)
def _nearness(word: str, other: str) -> float:
    if word[0].isdigit() or other[0].isdigit():
        return 0.0
    if min(len(word), len(other)) > 3 and mistyped(word, other):
        return _TYPO
    if min(len(word), len(other)) > 2 and (word.startswith(other) or other.startswith(word)):
        return _SHORTENED
    return _SOUND if min(len(word), len(other)) > 3 and cologne(word) == cologne(other) else 0.0


def _tells(word: str) -> bool:
    return _weigh(word) >= 0.5


def _weigh(word: str) -> float:
    if word in _GENERAL:
        return 0.2
    return 0.5 if len(word) < 3 else 1.0


@lru_cache(maxsize=50_000)
def _told(core: tuple[str, ...]) -> _Told:
    numbers = (word for word in core if word.isdigit() or _ROMAN.fullmatch(word) or _ORDINAL.fullmatch(word))
    return _Told(
        squeezed="".join(core),
        ordered=sorted(core),
        weight=sum(map(_weigh, core)),
        numbers=frozenset(numbers),
        purposes=frozenset(found.group() for word in core if (found := _PURPOSES.search(word))),
    )
