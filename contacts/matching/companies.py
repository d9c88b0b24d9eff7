"""Comparing two companies."""

from collections.abc import Iterator

from contacts.matching.company_names import NameMatch, compare_names
from contacts.matching.records import Place, Record
from contacts.matching.weights import Weight, of_places, shared, spelt_alike

# What speaks against any two companies before we look.
PRIOR = -12.0


def judge_companies(one: Record, other: Record) -> list[Weight]:
    """Everything that speaks for and against two companies being one."""
    named = compare_names(one, other)
    return [
        Weight(PRIOR),
        *_names(named, one.form, other.form),
        *of_places(one, other, _places),
        *shared(one.emails, other.emails, 8.0, "same_email"),
        *shared(one.phones, other.phones, 8.0, "same_phone"),
        *_domains(one, other),
        *_numbers(one.vat_id, other.vat_id, 14.0, -5.0, "same_vat_id"),
        *_numbers(one.register, other.register, 14.0, -5.0, "same_register"),
    ]


def _names(named: NameMatch, form: str, other_form: str) -> Iterator[Weight]:
    has_other_form = bool(form and other_form and form != other_form)
    if named.is_equal:
        reason = "same_name_other_form" if form != other_form else "same_name"
        yield Weight(8.0 + 2.0 * min(named.said, 2.0), reason)
    elif named.share >= 0.85:
        yield Weight(6.0 + min(named.said, 2.0), "sounds_alike" if named.by_sound else "similar_name")
    elif named.only_longer and named.share >= 0.3:
        yield Weight(3.5, "similar_name")
    elif named.share >= 0.6:
        yield Weight(1.0, "similar_name")
    else:
        yield Weight(-3.0 if named.share >= 0.3 else -7.0)
    if named.other_number or named.other_purpose:
        yield Weight(-9.0 if named.other_number else -7.0)
    if has_other_form:
        yield Weight(-3.0)
    elif form:
        yield Weight(1.0 if form == other_form else 0.0)


def _places(here: Place, there: Place) -> list[Weight]:
    doors = list(_doors(here, there))
    # A suburb or a district: who has the same door is in the same town.
    towns = [
        weight for weight in _towns(here, there) if weight.bits > 0 or not any(door.reason for door in doors)
    ]
    return [*doors, *towns]


def _doors(here: Place, there: Place) -> Iterator[Weight]:
    if not here.street or not there.street:
        return
    is_street = spelt_alike(here.street, there.street)
    if is_street and here.number == there.number != "":
        yield Weight(7.0, "same_address")
    elif here.number == there.number != "" and (here.street in there.street or there.street in here.street):
        yield Weight(5.0, "same_address")
    elif is_street:
        yield Weight(1.0, "same_street")
    else:
        yield Weight(-0.5 if here.number == there.number != "" else -3.0)


def _towns(here: Place, there: Place) -> Iterator[Weight]:
    if here.postal_code and here.postal_code == there.postal_code:
        yield Weight(3.0, "same_place")
    elif here.city and there.city:
        is_same = here.city == there.city or here.city in there.city or there.city in here.city
        yield Weight(2.0, "same_place") if is_same else Weight(-1.5)
    elif here.postal_code and there.postal_code:
        yield Weight(-1.5)


def _domains(one: Record, other: Record) -> Iterator[Weight]:
    # The same mailbox has told it already.
    if not one.emails & other.emails:
        yield from shared(one.domains, other.domains, 6.0, "same_domain")


def _numbers(mine: str, theirs: str, same: float, different: float, reason: str) -> Iterator[Weight]:
    if mine and theirs:
        yield Weight(same, reason) if mine == theirs else Weight(different)
