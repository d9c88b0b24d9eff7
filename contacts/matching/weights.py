"""What single facts weigh when two records are compared; what companies and persons have in common."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from contacts.matching.records import Place, Record

ALIKE = 0.88
TYPED_WRONGLY = 2


@dataclass(frozen=True, slots=True)
class Weight:
    """Bits for (or, negative, against) two records being one, and the code of the reason shown."""

    bits: float
    reason: str = ""


def alike(one: str, other: str) -> float:
    """How alike two words are written, 0 to 1; a common beginning counts more."""
    return JaroWinkler.similarity(one, other)


def mistyped(one: str, other: str) -> bool:
    """Whether two words differ by a slip: one sign (two in long ones), or two neighbours exchanged."""
    most = 1 if len(one) < 6 else TYPED_WRONGLY
    return DamerauLevenshtein.distance(one, other, score_cutoff=most) <= most


def spelt_alike(one: str, other: str) -> bool:
    """Whether two words are the same but for a slip or a little more."""
    return one == other or mistyped(one, other) or alike(one, other) >= ALIKE


def shared(one: frozenset[str], other: frozenset[str], bits: float, reason: str) -> Iterator[Weight]:
    """Weight of an address, number or domain that both have."""
    if one & other:
        yield Weight(bits, reason)


def best(weights: Iterable[list[Weight]]) -> list[Weight]:
    """The most favourable of several ways to pair what two records say."""
    return max(weights, key=lambda judged: sum(weight.bits for weight in judged), default=[])


def of_places(one: Record, other: Record, judge: Callable[[Place, Place], list[Weight]]) -> list[Weight]:
    """The two addresses that fit best; who says none is not judged by it."""
    return best(judge(here, there) for here in one.places for there in other.places)
