"""The estimate as it stands in the books, in fractions and without any cleverness: slow and easy to check."""

from collections.abc import Sequence
from fractions import Fraction

from reporting.survival import Observation


def textbook_incidence(observations: Sequence[Observation]) -> tuple[Fraction, Fraction, Fraction]:
    """Give the share moved on, the share undecided and the variance at the last age anything was decided at.

    F(t) = sum of S(before) * moved / standing, S = product of (1 - decided / standing), and the variance of
    Dinse and Larson (1986) as Marubini and Valsecchi (1995) print it.
    """
    ages = sorted({days for days, ending in observations if ending})
    share, undecided = Fraction(0), Fraction(1)
    terms: list[tuple[Fraction, Fraction, int, int, int]] = []
    for age in ages:
        standing = sum(days >= age for days, _ in observations)
        moved = sum(days == age and ending == "moved_on" for days, ending in observations)
        decided = sum(days == age and ending is not None for days, ending in observations)
        before = undecided
        share += before * Fraction(moved, standing)
        undecided *= 1 - Fraction(decided, standing)
        terms.append((share, before, standing, moved, decided))
    return share, undecided, sum((_variance_term(share, *term) for term in terms), Fraction(0))


def _variance_term(
    last: Fraction, then: Fraction, before: Fraction, standing: int, moved: int, decided: int
) -> Fraction:
    later = last - then
    term = before**2 * Fraction(moved * (standing - moved), standing**3)
    term -= 2 * later * before * Fraction(moved, standing**2)
    if standing > decided:
        term += later**2 * Fraction(decided, standing * (standing - decided))
    return term
