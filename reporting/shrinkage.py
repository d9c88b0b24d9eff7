"""What can be said of one rep's rate beside the team's: a steadier estimate, and whether the two differ at
all.

Both rest on one thought: a rate that comes from few or half-followed entries knows as much as so many fully
followed ones (`Step.effective_size`). Formulas, sources and reasons stand in docs/conversion.md.
"""

from collections.abc import Hashable, Iterable, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Final, Literal, TypeAlias, TypeVar

from reporting.survival import CONFIDENCE, Incidence

Verdict: TypeAlias = Literal["above", "below", "indistinguishable", "too_few"]
Rep = TypeVar("Rep", bound=Hashable)

LEAST_DECIDED: Final = 10
"""Decided entries either side needs to be compared: with ten, even against a rate known exactly, nothing
below 31 points around one half can be seen (1.96 x sqrt(0.25 / 10)), so fewer would only ever answer "cannot
tell"."""

LEAST_REPS: Final = 3
"""From fewer reps nobody can tell how much reps differ."""

USUAL_STRENGTH: Final = 20.0
"""Where the reps are too few to measure it: as if reps spread by 11 points around one half (0.5 /
sqrt(21))."""

WEAKEST: Final = 2.0
"""The team never counts less than two deals do, which is what knowing nothing amounts to (the even
distribution)."""

STRONGEST: Final = 200.0
"""The team never counts more than 200 deals do, so that a rep who has many is judged by his own."""


def shrunk_rate(rep: Incidence, team: Incidence, strength: float) -> float | None:
    """Draw the rep's rate towards the team's, the further the less his own deals say; None without any entry.

    (size x own rate + strength x team rate) / (size + strength): the mean of a beta-binomial model whose
    prior is worth `strength` deals. `team` includes the rep.
    """
    if not rep.entered:
        return None
    own_rate, size = _own_rate(rep, team)
    return (size * own_rate + strength * team.last.moved_on) / (size + strength)


def prior_strength(reps: Iterable[Incidence], team: Incidence) -> float:
    """Measure how many deals the team's rate is worth, from how much its reps differ beyond chance.

    The moment estimator of the beta-binomial model with the reps' sizes as weights (Kleinman 1973), kept
    between WEAKEST and STRONGEST.
    """
    measured = [(rate, size) for rate, size in (_own_rate(rep, team) for rep in reps) if size > 0]
    total = sum(size for _, size in measured)
    room = total - sum(size * size for _, size in measured) / total - (len(measured) - 1) if total else 0.0
    if len(measured) < LEAST_REPS or room <= 0:
        return USUAL_STRENGTH
    mean = sum(size * rate for rate, size in measured) / total
    if not 0 < mean < 1:
        return STRONGEST
    spread = sum(size * (rate - mean) ** 2 for rate, size in measured) / (mean * (1 - mean))
    correlation = (spread - (len(measured) - 1)) / room
    if correlation <= 0:
        return STRONGEST
    return min(max(1 / correlation - 1, WEAKEST), STRONGEST)


def compared_with_team(rep: Incidence, team_without_rep: Incidence) -> Verdict:
    """Tell whether one rep, picked out beforehand, can be told from the others at 95 %."""
    return compare_reps({"rep": (rep, team_without_rep)})["rep"]


def compare_reps(pairs: Mapping[Rep, tuple[Incidence, Incidence]]) -> dict[Rep, Verdict]:
    """Tell of each rep whether he can be told from the team without him; the 95 % hold for all of them
    together.

    Each pair is the rep's curve and the curve of the others. The test is Pearson's chi-squared with the
    correction of Yates, on effective sizes, at the age both sides have been followed to; the level is shared
    out by Holm (1979) among those that have enough cases.
    """
    verdicts: dict[Rep, Verdict] = {}
    tested: list[tuple[float, Rep, Verdict]] = []
    for rep, (own, others) in pairs.items():
        test = _test(own, others)
        if test:
            tested.append((test[0], rep, test[1]))
        else:
            verdicts[rep] = "too_few"

    tested.sort(key=lambda row: row[0])
    distinguishable = True
    for done, (p_value, rep, side) in enumerate(tested):
        distinguishable = distinguishable and p_value <= (1 - CONFIDENCE) / (len(tested) - done)
        verdicts[rep] = side if distinguishable else "indistinguishable"
    return verdicts


def _own_rate(rep: Incidence, team: Incidence) -> tuple[float, float]:
    """Give the rep's rate as far as he is followed, completed, and the number of deals it is worth.

    What was still open then is completed as the team's deals went that were open at the same age: without
    that, whoever began last month would look poor.
    """
    seen, team_then = rep.at(rep.followed_days), team.at(rep.followed_days)
    still_to_come = team.last.moved_on - team_then.moved_on
    will_move_on = still_to_come / team_then.undecided if team_then.undecided else 0.0
    return seen.moved_on + seen.undecided * will_move_on, min(seen.effective_size, float(rep.entered))


def _test(rep: Incidence, others: Incidence) -> tuple[float, Verdict] | None:
    """Give the two-sided p-value and the side the rep is on; None where the cases are too few."""
    days = min(rep.followed_days, others.followed_days)
    own, rest = rep.at(days), others.at(days)
    if min(own.decided, rest.decided) < LEAST_DECIDED:
        return None
    size = min(own.effective_size, float(rep.entered))
    rest_size = min(rest.effective_size, float(others.entered))
    pooled = (size * own.moved_on + rest_size * rest.moved_on) / (size + rest_size)
    scatter = 1 / size + 1 / rest_size
    difference = max(abs(own.moved_on - rest.moved_on) - scatter / 2, 0.0)
    side: Verdict = "above" if own.moved_on > rest.moved_on else "below"
    if difference == 0 or not 0 < pooled < 1:
        return 1.0, side
    score = difference / sqrt(pooled * (1 - pooled) * scatter)
    return 2 * NormalDist().cdf(-score), side
