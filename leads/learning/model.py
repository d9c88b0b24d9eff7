"""From past cases to chances: trained on the oldest, calibrated on later ones, judged on the newest."""

from collections.abc import Sequence
from dataclasses import dataclass

from leads.learning.quality import Calibration, Quality, calibrate, judge
from leads.learning.regression import Row, Weights, fit

# Below so many decided cases, or so many of either outcome in the training part, nothing is stated.
LEAST_CASES = 300
LEAST_OF_EACH = 30
TRAINED, CALIBRATED = 0.6, 0.8


@dataclass(frozen=True)
class Case:
    """A lead of the past as it was known when it came, and whether it became a won deal."""

    words: Row
    won: bool


@dataclass(frozen=True)
class Model:
    """Weights, their calibration, and how good it was out of its time."""

    weights: Weights
    calibration: Calibration
    quality: Quality

    def chance(self, row: Row) -> float:
        """The chance of a lead that has these words."""
        return self.calibration.chance(self.weights.log_odds(row))

    def reasons(self, row: Row) -> list[tuple[str, float]]:
        """What raises and lowers it, the strongest first: words with what they add to the log odds."""
        told = [(word, self.weights.by_word[word]) for word in set(row) if word in self.weights.by_word]
        return sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))


def learn(cases: Sequence[Case]) -> Model | None:
    """Learn from cases in the order they came; None while there are too few to state anything."""
    train, middle, test = _parts(cases)
    if len(cases) < LEAST_CASES or not _has_both(train, LEAST_OF_EACH):
        return None
    if not (_has_both(middle, 5) and _has_both(test, 5)):
        return None
    weights = fit([case.words for case in train], [case.won for case in train])
    calibration = calibrate([weights.log_odds(case.words) for case in middle], [case.won for case in middle])
    stated = [calibration.chance(weights.log_odds(case.words)) for case in test]
    return Model(weights, calibration, judge(stated, [case.won for case in test]))


def _parts(cases: Sequence[Case]) -> tuple[Sequence[Case], Sequence[Case], Sequence[Case]]:
    first, second = int(len(cases) * TRAINED), int(len(cases) * CALIBRATED)
    return cases[:first], cases[first:second], cases[second:]


def _has_both(cases: Sequence[Case], least: int) -> bool:
    won = sum(case.won for case in cases)
    return won >= least and len(cases) - won >= least
