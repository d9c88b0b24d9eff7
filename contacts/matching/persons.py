"""Comparing two persons."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from contacts.matching.phonetics import cologne
from contacts.matching.records import Place, Record
from contacts.matching.weights import ALIKE, Weight, alike, best, mistyped, of_places, shared, spelt_alike

# What speaks against any two persons before we look.
PRIOR = -16.0


class NameWeights(NamedTuple):
    """What the same name says, what another one says against, and the reason shown."""

    same: float
    different: float
    reason: str


GIVEN = NameWeights(5.5, -3.5, "same_given_name")
FAMILY = NameWeights(7.0, -4.0, "same_family_name")
EXCHANGED = NameWeights(6.0, -4.0, "exchanged_names")


def judge_persons(one: Record, other: Record) -> list[Weight]:
    """Everything that speaks for and against two persons being one."""
    told = [
        *of_places(one, other, _places),
        *shared(one.emails, other.emails, 11.0, "same_email"),
        *shared(one.phones, other.phones, 8.0, "same_phone"),
        *_employers(one, other),
    ]
    if _are_of_one_household(one, other):
        told = [Weight(-8.0), *(Weight(weight.bits / 2, weight.reason) for weight in told)]
    return [Weight(PRIOR), *_names(one, other), *_birthdays(one.birthday, other.birthday), *told]


def _names(one: Record, other: Record) -> list[Weight]:
    given, family = "".join(one.given_words), "".join(one.family_words)
    their_given, their_family = "".join(other.given_words), "".join(other.family_words)
    straight = [*_name(given, their_given, GIVEN), *_name(family, their_family, FAMILY)]
    exchanged = [*_name(given, their_family, EXCHANGED), *_name(family, their_given, EXCHANGED)]
    return best([straight, [Weight(-1.5), *exchanged]])


def _are_of_one_household(one: Record, other: Record) -> bool:
    """Relatives share name, address and telephone, colleagues the latter: first names tell them apart."""
    mine, theirs = "".join(one.given_words), "".join(other.given_words)
    if not mine or not theirs or mine == "".join(other.family_words) or theirs == "".join(one.family_words):
        return False
    has_same_birthday = one.birthday is not None and one.birthday == other.birthday
    return not has_same_birthday and not any(weight.reason for weight in _name(mine, theirs, GIVEN))


def _name(mine: str, theirs: str, weights: NameWeights) -> Iterator[Weight]:
    if not mine or not theirs:
        return
    if mine == theirs:
        yield Weight(weights.same, weights.reason)
    elif mistyped(mine, theirs) or alike(mine, theirs) >= ALIKE:
        yield Weight(weights.same - 2.0, "similar_name")
    elif cologne(mine) == cologne(theirs) != "":
        yield Weight(weights.same - 3.0, "sounds_alike")
    elif mine.startswith(theirs) or theirs.startswith(mine):
        yield Weight(weights.same - 3.5, "similar_name")
    else:
        yield Weight(weights.different)


def _birthdays(mine: date | None, theirs: date | None) -> Iterator[Weight]:
    if mine is None or theirs is None:
        return
    if mine == theirs:
        yield Weight(11.0, "same_birthday")
        return
    one, other = mine.strftime("%Y%m%d"), theirs.strftime("%Y%m%d")
    same_signs = sum(left == right for left, right in zip(one, other, strict=True))
    if same_signs == 7 or sorted(one) == sorted(other):
        yield Weight(5.0, "similar_birthday")
    else:
        yield Weight(-4.0)


def _places(here: Place, there: Place) -> list[Weight]:
    return [*_codes(here, there), *_towns(here, there), *_streets(here, there)]


def _codes(here: Place, there: Place) -> Iterator[Weight]:
    if not here.postal_code or not there.postal_code:
        return
    if here.postal_code == there.postal_code:
        yield Weight(5.0, "same_place")
    elif mistyped(here.postal_code, there.postal_code):
        yield Weight(1.5)
    else:
        yield Weight(-2.0)


def _towns(here: Place, there: Place) -> Iterator[Weight]:
    if not here.city or not there.city:
        return
    if here.city == there.city:
        yield Weight(3.0, "same_place")
    elif spelt_alike(here.city, there.city):
        yield Weight(2.0, "same_place")
    else:
        yield Weight(-1.5)


def _streets(here: Place, there: Place) -> Iterator[Weight]:
    if not here.street or not there.street:
        return
    if not spelt_alike(here.street, there.street):
        yield Weight(-2.0)
    elif here.number == there.number != "":
        yield Weight(8.0 if here.street == there.street else 6.5, "same_address")
    else:
        yield Weight(4.5, "same_street")


def _employers(one: Record, other: Record) -> Iterator[Weight]:
    if one.employers & other.employers:
        yield Weight(6.0, "same_employer")
