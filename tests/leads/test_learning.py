"""What past leads teach, against cases whose truth we made."""

import random

import pytest

from leads.learning.model import LEAST_CASES, Case, learn
from leads.learning.quality import auc, calibrate, judge
from leads.learning.regression import fit, log_odds_of, probability


def made_up(count: int, seed: int = 7) -> list[Case]:
    """Leads of which a recommendation wins in 60, a bought address in 10 of 100; the day is noise."""
    rng = random.Random(seed)
    cases = []
    for _number in range(count):
        source = rng.choice(["source: recommendation", "source: bought"])
        chance = 0.6 if source.endswith("recommendation") else 0.1
        cases.append(Case({source, f"day: {rng.randrange(5)}"}, rng.random() < chance))
    return cases


def test_without_penalty_the_weights_are_the_log_odds_of_the_shares():
    # 40 of 100 with the word came true, 10 of 100 without.
    rows = [{"a"}] * 100 + [set()] * 100
    outcomes = [True] * 40 + [False] * 60 + [True] * 10 + [False] * 90

    learned = fit(rows, outcomes, penalty=0.0)

    assert probability(learned.log_odds({"a"})) == pytest.approx(0.4, abs=1e-6)
    assert learned.base == pytest.approx(log_odds_of(0.1), abs=1e-6)


def test_a_penalty_shrinks_words_and_still_meets_the_mean():
    rows = [{"a"}] * 30 + [set()] * 170
    outcomes = [True] * 20 + [False] * 10 + [True] * 17 + [False] * 153

    free, held = fit(rows, outcomes, penalty=0.0), fit(rows, outcomes, penalty=10.0)

    assert 0 < held.by_word["a"] < free.by_word["a"]
    stated = sum(probability(held.log_odds(row)) for row in rows)
    assert stated == pytest.approx(37, abs=1e-4)


def test_the_order_of_chances_is_counted_by_hand():
    # Pairs of a won and a lost one: (0.8, 0.3) right, (0.8, 0.5) right, (0.5, 0.3) right, (0.5, 0.5) a tie.
    assert auc([0.8, 0.5, 0.3, 0.5], [True, True, False, False]) == pytest.approx(3.5 / 4)


def test_calibration_corrects_chances_that_were_stated_too_boldly():
    rng = random.Random(3)
    truth = [rng.uniform(-1, 1) for _case in range(4000)]
    came = [rng.random() < probability(value) for value in truth]

    line = calibrate([3 * value + 1 for value in truth], came)

    assert line.slope == pytest.approx(1 / 3, abs=0.05)
    assert line.chance(3 * 0.0 + 1) == pytest.approx(0.5, abs=0.03)


def test_a_model_finds_what_counts_and_says_how_good_it_is():
    model = learn(made_up(3000))

    assert model is not None
    assert model.chance({"source: recommendation"}) == pytest.approx(0.6, abs=0.06)
    assert model.chance({"source: bought"}) == pytest.approx(0.1, abs=0.04)
    assert model.reasons({"source: bought", "day: 1", "never: seen"})[0][0] == "source: bought"
    assert model.quality.auc > 0.7
    assert model.quality.brier < model.quality.brier_of_mean


def test_too_few_cases_teach_nothing():
    assert learn(made_up(LEAST_CASES - 1)) is None
    assert learn([Case({"a"}, False)] * 1000) is None


def test_bands_hold_every_case_once():
    quality = judge([n / 103 for n in range(103)], [n % 3 == 0 for n in range(103)])

    assert sum(band.cases for band in quality.bands) == 103
