"""Logistic regression with a penalty on large weights, for rows of words that are either there or not.

A row is a set of words ("source: fair"). The fit is Newton's method (iteratively reweighted least squares);
the problem is convex, so that the same rows give the same weights, whatever their order.
Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 2nd edition, 4.4.1 and 3.4.1.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

# Words fewer rows have say nothing that could be trusted.
LEAST_ROWS = 20
MOST_WORDS = 80
PENALTY = 3.0
MOST_STEPS = 40
CLOSE_ENOUGH = 1e-7
# Beyond this e^x tells nothing more, and would overflow.
FARTHEST = 30.0

Row = Collection[str]
Matrix = list[list[float]]


@dataclass(frozen=True)
class Weights:
    """What was learned: the log odds of a row without any known word, and what each word adds."""

    base: float
    by_word: dict[str, float]

    def log_odds(self, row: Row) -> float:
        """The log odds of a row; words that were not learned count nothing."""
        return self.base + sum(self.by_word.get(word, 0.0) for word in row)


def fit(rows: Sequence[Row], outcomes: Sequence[bool], *, penalty: float = PENALTY) -> Weights:
    """Learn from rows and what became of each; the base is not penalised, so the mean is met exactly."""
    words = _words(rows)
    place = {word: number for number, word in enumerate(words, start=1)}
    sparse = [[0, *sorted(place[word] for word in set(row) if word in place)] for row in rows]
    weights = [0.0] * (len(words) + 1)
    for _step in range(MOST_STEPS):
        gradient, curvature = _derivatives(sparse, outcomes, weights, penalty)
        step = _solve(curvature, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < CLOSE_ENOUGH:
            break
    return Weights(weights[0], dict(zip(words, weights[1:], strict=True)))


def probability(log_odds: float) -> float:
    """The logistic function."""
    return 1 / (1 + exp(-max(-FARTHEST, min(FARTHEST, log_odds))))


def log_odds_of(share: float) -> float:
    """Its inverse, for a share strictly between 0 and 1."""
    return log(share / (1 - share))


def _words(rows: Sequence[Row]) -> list[str]:
    """The words worth a weight: neither rare nor on nearly every row; the most frequent ones, by name."""
    counted = Counter(word for row in rows for word in set(row))
    telling = {word: n for word, n in counted.items() if LEAST_ROWS <= n <= len(rows) - LEAST_ROWS}
    return sorted(sorted(telling, key=lambda word: (-telling[word], word))[:MOST_WORDS])


def _derivatives(
    rows: list[list[int]], outcomes: Sequence[bool], weights: list[float], penalty: float
) -> tuple[list[float], Matrix]:
    size = len(weights)
    gradient = [0.0] + [-penalty * weight for weight in weights[1:]]
    curvature = [[0.0] * size for _row in range(size)]
    for number in range(1, size):
        curvature[number][number] = penalty
    for row, happened in zip(rows, outcomes, strict=True):
        chance = probability(sum(weights[place] for place in row))
        weight = max(chance * (1 - chance), 1e-9)
        for place in row:
            gradient[place] += happened - chance
            line = curvature[place]
            for other in row:
                line[other] += weight
    return gradient, curvature


def _solve(matrix: Matrix, right: list[float]) -> list[float]:
    """Solve a symmetric positive definite system by Cholesky's factors."""
    size = len(right)
    lower = [[0.0] * size for _row in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = sqrt(max(rest, 1e-12)) if i == j else rest / lower[j][j]
    forward: list[float] = []
    for i in range(size):
        forward.append((right[i] - sum(lower[i][k] * forward[k] for k in range(i))) / lower[i][i])
    solution = [0.0] * size
    for i in reversed(range(size)):
        rest = forward[i] - sum(lower[k][i] * solution[k] for k in range(i + 1, size))
        solution[i] = rest / lower[i][i]
    return solution
