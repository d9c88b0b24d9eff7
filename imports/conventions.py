"""How a column writes its days and numbers: the whole column decides, and says how sure it is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Convention = TypeVar("Convention", bound=StrEnum)


class Certainty(StrEnum):
    """Why a column is read as it is."""

    PLAIN = "plain"
    """Every value can be read in one way only."""
    DECIDED = "decided"
    """Some values could be read in two ways; others in the column can not, and they agree."""
    GIVEN = "given"
    """The caller, or another column of the file, said how."""
    ASSUMED = "assumed"
    """Every value that matters could be read in two ways; the usual one was taken. Worth a look."""
    MIXED = "mixed"
    """The column contradicts itself; values that could be read in two ways are refused."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Convention]):
    """The convention of one column, None if it contradicts itself, and how many values depend on it."""

    convention: Convention | None
    certainty: Certainty
    ambiguous: int = 0

    def summary(self) -> dict[str, str | int]:
        """For a report on what was understood."""
        return {
            "convention": self.convention or "",
            "certainty": self.certainty.value,
            "ambiguous_values": self.ambiguous,
        }


@dataclass(frozen=True, slots=True)
class Vote(Generic[Convention]):
    """What one value says: the conventions under which it can be read, and the usual one where both can."""

    possible: frozenset[Convention]
    usual: Convention


def decide(votes: Iterable[Vote[Convention]], given: Convention | None = None) -> Reading[Convention]:
    """Find the convention of a column; values that read alike in every convention have no vote."""
    clear: Counter[Convention] = Counter()
    usual: Counter[Convention] = Counter()
    for vote in votes:
        if len(vote.possible) == 1:
            clear.update(vote.possible)
        else:
            usual[vote.usual] += 1
    ambiguous = usual.total()
    if given is not None:
        return Reading(given, Certainty.GIVEN, ambiguous)
    if len(clear) == 1 or not ambiguous:
        convention = next(iter(clear), None) if len(clear) == 1 else None
        return Reading(convention, Certainty.DECIDED if ambiguous else Certainty.PLAIN, ambiguous)
    if not clear and len(usual) == 1:
        return Reading(next(iter(usual)), Certainty.ASSUMED, ambiguous)
    return Reading(None, Certainty.MIXED, ambiguous)
