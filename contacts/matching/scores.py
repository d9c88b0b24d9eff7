"""How alike two records are, from 0 to 100, and why.

Each thing both tell adds or takes weight: the logarithm (base 2) of how much oftener it is so among records
of one customer than among those of two (Fellegi and Sunter 1969). The sum becomes a share between 0 and 100.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from contacts.matching.companies import judge_companies
from contacts.matching.persons import judge_persons
from contacts.matching.records import Record
from contacts.matching.weights import Weight

_WHOLE_NAME = {"same_given_name", "same_family_name"}


@dataclass(frozen=True)
class Match:
    """How sure it is that two records are one (0 to 100), and the codes of the reasons, strongest first."""

    score: int
    reasons: list[str]


def compare(one: Record, other: Record) -> Match:
    """Judge two companies, or two persons."""
    judged = judge_persons(one, other) if one.is_person else judge_companies(one, other)
    return Match(_share(judged), _reasons(judged))


def _share(judged: Iterable[Weight]) -> int:
    total = sum(weight.bits for weight in judged)
    # Beyond 20 bits nothing changes, and 2 ** 1000 would be no number any more.
    odds = 2.0 ** max(-20.0, min(20.0, total))
    return min(99, round(100 * odds / (1 + odds)))


def _reasons(judged: Iterable[Weight]) -> list[str]:
    for_it = sorted((weight for weight in judged if weight.bits > 0 and weight.reason), key=lambda w: -w.bits)
    codes = list(dict.fromkeys(weight.reason for weight in for_it))
    if set(codes) >= _WHOLE_NAME:
        codes[codes.index("same_family_name")] = "same_name"
        codes.remove("same_given_name")
    return codes
