import random
import time
import warnings
from collections.abc import Callable
from fractions import Fraction
from math import exp, inf, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter

from reporting.survival import Observation, confidence_interval, cumulative_incidence, stage_figures
from tests.reporting.textbook import textbook_incidence

# Ten entries, with everything that can tie: two kinds of ending on day 2 and an open one of the same age.
# The same example is worked through in docs/conversion.md.
TEN: list[Observation] = [
    (0, "moved_on"),
    (2, "moved_on"),
    (2, "moved_on"),
    (2, "lost"),
    (2, None),
    (5, "moved_on"),
    (5, None),
    (7, "lost"),
    (9, "moved_on"),
    (12, None),
]

endings = st.sampled_from(["moved_on", "lost", None])
few_ages = st.integers(min_value=0, max_value=12).map(float)
cohorts = st.lists(st.tuples(few_ages, endings), min_size=1, max_size=60)
closed_cohorts = st.lists(st.tuples(few_ages, st.sampled_from(["moved_on", "lost"])), min_size=1, max_size=60)


def random_cohort(size: int, seed: int, moving: float = 0.55) -> list[Observation]:
    """Entries of the last year without a tie: some move on after a month or so, others are lost after two."""
    chance = random.Random(seed)
    cohort: list[Observation] = []
    for _ in range(size):
        moves = chance.random() < moving
        days = chance.expovariate(1 / 30 if moves else 1 / 60)
        age = chance.uniform(0, 365)
        cohort.append((days, "moved_on" if moves else "lost") if days <= age else (age, None))
    return cohort


def test_the_curve_of_ten_entries_is_the_one_counted_by_hand():
    curve = cumulative_incidence(TEN)

    assert [step.days for step in curve.steps] == [0, 2, 5, 7, 9]
    # day 0: 10 stand, 1 moves on                  1/10
    # day 2:  9 stand, 2 move on, 1 is lost        1/10 + 9/10 * 2/9  = 3/10   (then 1 open leaves: 5 stand)
    # day 5:  5 stand, 1 moves on                  3/10 + 6/10 * 1/5  = 21/50  (then 1 open leaves: 3 stand)
    # day 7:  3 stand, 1 is lost                   21/50
    # day 9:  2 stand, 1 moves on                  21/50 + 8/25 * 1/2 = 29/50
    assert [step.moved_on for step in curve.steps] == pytest.approx(
        [1 / 10, 3 / 10, 21 / 50, 21 / 50, 29 / 50], abs=1e-12
    )
    # 9/10, * 6/9 = 3/5, * 4/5 = 12/25, * 2/3 = 8/25, * 1/2 = 4/25
    assert [step.undecided for step in curve.steps] == pytest.approx(
        [9 / 10, 3 / 5, 12 / 25, 8 / 25, 4 / 25], abs=1e-12
    )
    assert [step.decided for step in curve.steps] == [1, 4, 5, 6, 7]


def test_the_variance_of_ten_entries_is_the_one_counted_by_hand():
    curve = cumulative_incidence(TEN)

    # Up to day 2 nothing was cut off, so it is p(1 - p)/n: 1/10 * 9/10 / 10 and 3/10 * 7/10 / 10.
    assert curve.at(0).variance == pytest.approx(9 / 1000, abs=1e-15)
    assert curve.at(2).variance == pytest.approx(21 / 1000, abs=1e-15)
    # The five terms of Dinse and Larson, day by day, with what moves on later in front:
    # day 0: (12/25)^2 * 1/90  - 2 * 12/25 * 1   * 1/100 + 1^2      * 9/1000
    # day 2: (7/25)^2  * 3/54  - 2 * 7/25  * 9/10 * 2/81 + (9/10)^2 * 14/729
    # day 5: (4/25)^2  * 1/20  - 2 * 4/25  * 3/5  * 1/25 + (3/5)^2  * 4/125
    # day 7: (4/25)^2  * 1/6
    # day 9:                                               (8/25)^2 * 1/8
    by_hand = (
        Fraction(12, 25) ** 2 / 90 - 2 * Fraction(12, 25) / 100 + Fraction(9, 1000),
        Fraction(7, 25) ** 2 * 3 / 54
        - 2 * Fraction(7, 25) * Fraction(9, 10) * 2 / 81
        + Fraction(9, 10) ** 2 * 14 / 729,
        Fraction(4, 25) ** 2 / 20 - 2 * Fraction(4, 25) * Fraction(3, 5) / 25 + Fraction(3, 5) ** 2 * 4 / 125,
        Fraction(4, 25) ** 2 / 6,
        Fraction(8, 25) ** 2 / 8,
    )
    assert sum(by_hand) == Fraction(2371, 75000)
    assert curve.last.variance == pytest.approx(2371 / 75000, abs=1e-15)


def test_the_line_of_ten_entries_in_the_stage_table():
    figures = stage_figures(cumulative_incidence(TEN))

    assert (figures.entered, figures.moved_on, figures.lost, figures.still_open) == (10, 5, 2, 3)
    assert figures.rate == pytest.approx(0.58, abs=1e-12)
    # log(-log 0.58) = -0.607470; half width 1.959964 * sqrt(2371/75000) / (0.58 * 0.544727) = 1.103002
    assert (figures.low, figures.high) == pytest.approx((0.193714381, 0.834618577), abs=1e-9)
    assert figures.undecided_share == pytest.approx(0.16, abs=1e-12)
    assert figures.median_days == 2  # of 0, 2, 2, 5, 9


@given(cohorts)
def test_ties_of_any_kind_give_what_the_textbook_gives(cohort):
    share, undecided, variance = textbook_incidence(cohort)

    last = cumulative_incidence(cohort).last

    assert last.moved_on == pytest.approx(float(share), abs=1e-12)
    assert last.undecided == pytest.approx(float(undecided), abs=1e-12)
    assert last.variance == pytest.approx(float(variance), abs=1e-12)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # the library takes the logarithm of a share of 0
@pytest.mark.parametrize("seed", range(4))
def test_without_ties_an_independent_library_finds_the_same_curve_variance_and_interval(seed):
    cohort = [*random_cohort(150, seed), (400, None)]  # the library divides by zero once nobody stands
    codes = {"moved_on": 1, "lost": 2, None: 0}
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # it would announce jittered ties
        fitted = AalenJohansenFitter().fit(
            [days for days, _ in cohort], [codes[ending] for _, ending in cohort], event_of_interest=1
        )

    curve = cumulative_incidence(cohort)

    assert len(curve.steps) > 80
    for step in curve.steps:
        assert step.moved_on == pytest.approx(fitted.cumulative_density_.loc[step.days].item(), abs=1e-9)
        assert step.variance == pytest.approx(fitted.variance_.loc[step.days], abs=1e-9)
        if 0 < step.moved_on < 1:
            bounds = sorted(fitted.confidence_interval_.loc[step.days])
            assert confidence_interval(step) == pytest.approx(bounds, abs=1e-9)


@given(closed_cohorts)
def test_with_nothing_open_the_rate_is_moved_on_by_entered(cohort):
    figures = stage_figures(cumulative_incidence(cohort))

    assert figures.rate == pytest.approx(figures.moved_on / figures.entered, abs=1e-12)
    assert figures.undecided_share == 0


def test_with_nothing_open_a_hundred_thousand_entries_lose_no_digit():
    cohort = [(float(number), "moved_on" if number % 3 else "lost") for number in range(100_000)]

    figures = stage_figures(cumulative_incidence(cohort))

    assert figures.rate == pytest.approx(figures.moved_on / 100_000, abs=1e-14)


@given(closed_cohorts)
def test_with_nothing_open_the_variance_is_that_of_a_plain_share(cohort):
    curve = cumulative_incidence(cohort)

    share = curve.moved_on / curve.entered
    assert curve.last.variance == pytest.approx(share * (1 - share) / curve.entered, abs=1e-12)


@given(cohorts)
def test_rate_and_interval_stay_between_nothing_and_everything(cohort):
    figures = stage_figures(cumulative_incidence(cohort))

    assert 0 <= figures.low <= figures.rate <= figures.high <= 1


@given(cohorts)
def test_moved_on_lost_and_undecided_share_out_the_whole(cohort):
    swapped = {"moved_on": "lost", "lost": "moved_on", None: None}
    curve = cumulative_incidence(cohort)
    other_way = cumulative_incidence([(days, swapped[ending]) for days, ending in cohort])

    assert curve.last.moved_on + other_way.last.moved_on + curve.last.undecided == pytest.approx(1, abs=1e-12)


@given(cohorts, st.randoms(use_true_random=False))
def test_the_order_of_the_entries_does_not_matter(cohort, shuffling):
    shuffled = cohort.copy()
    shuffling.shuffle(shuffled)

    assert cumulative_incidence(shuffled).steps == cumulative_incidence(cohort).steps


@given(cohorts, few_ages)
def test_one_more_lost_lowers_the_rate(cohort, days):
    before = cumulative_incidence(cohort).last

    after = cumulative_incidence([*cohort, (days, "lost")]).last

    assert after.moved_on <= before.moved_on + 1e-12
    if before.moved_on:
        assert after.moved_on < before.moved_on


def test_an_open_entry_counts_as_observed_at_the_age_where_another_one_ends():
    together = cumulative_incidence([(3, "moved_on"), (3, None)])
    earlier = cumulative_incidence([(3, "moved_on"), (2, None)])

    assert together.last.moved_on == 0.5
    assert earlier.last.moved_on == 1


def test_open_entries_are_neither_lost_nor_won():
    cohort = [(10, "moved_on")] * 3 + [(10, "lost")] * 3

    young = stage_figures(cumulative_incidence(cohort + [(1, None)] * 30))

    assert young.rate == pytest.approx(0.5, abs=1e-12)
    assert young.still_open == 30


def test_nothing_entered_has_no_rate():
    figures = stage_figures(cumulative_incidence([]))

    assert (figures.entered, figures.rate, figures.low, figures.high) == (0, None, None, None)
    assert (figures.rate_within_90_days, figures.undecided_share, figures.median_days) == (None, None, None)


def test_with_nothing_decided_anything_is_possible():
    figures = stage_figures(cumulative_incidence([(5, None), (400, None)]))

    assert (figures.rate, figures.low, figures.high) == (0, 0, 1)
    assert figures.undecided_share == 1


def test_one_that_moved_on_at_once_is_far_from_certain():
    figures = stage_figures(cumulative_incidence([(0, "moved_on")]))

    assert (figures.rate, figures.high, figures.median_days) == (1, 1, 0)
    assert figures.low == pytest.approx(0.025)


@pytest.mark.parametrize(("ending", "rate"), [("moved_on", 1), ("lost", 0)])
def test_where_all_went_the_same_way_the_interval_is_that_of_the_counts(ending, rate):
    figures = stage_figures(cumulative_incidence([(float(days), ending) for days in range(20)]))

    # The exact interval of Clopper and Pearson for 20 of 20 begins at 0.8316.
    far_end = figures.low if rate else 1 - figures.high
    assert figures.rate == rate
    assert far_end == pytest.approx(0.025 ** (1 / 20), abs=1e-12)
    assert far_end == pytest.approx(0.8316, abs=1e-4)


def test_all_moved_on_with_an_open_one_between_is_a_rate_of_exactly_one():
    figures = stage_figures(cumulative_incidence([(1, "moved_on")] * 7 + [(2, None)] * 3 + [(3, "moved_on")]))

    assert figures.rate == 1
    assert figures.low == pytest.approx(0.025 ** (1 / 8))


def test_the_interval_is_symmetric_on_the_log_log_scale():
    last = cumulative_incidence(random_cohort(80, seed=1)).last

    low, high = confidence_interval(last)

    middle = log(-log(last.moved_on))
    half_width = 1.959963984540054 * sqrt(last.variance) / abs(last.moved_on * log(last.moved_on))
    assert low == pytest.approx(exp(-exp(middle + half_width)), abs=1e-12)
    assert high == pytest.approx(exp(-exp(middle - half_width)), abs=1e-12)


def test_the_truth_is_inside_the_interval_about_as_often_as_it_says():
    inside = 0
    for seed in range(400):
        last = cumulative_incidence(random_cohort(60, seed)).last
        truth = 0.55 * (1 - exp(-last.days / 30))
        low, high = confidence_interval(last)
        inside += low <= truth <= high

    assert 0.92 <= inside / 400 <= 0.98


def test_within_90_days_counts_only_what_moved_on_by_then():
    figures = stage_figures(
        cumulative_incidence([(89, "moved_on"), (90, "moved_on"), (91, "moved_on"), (91, "lost")])
    )

    assert figures.rate_within_90_days == pytest.approx(0.5)
    assert figures.rate == pytest.approx(0.75)


@pytest.mark.parametrize(("cohort", "known"), [
    ([(10, "moved_on"), (89, None)], False),
    ([(10, "moved_on"), (90, None)], True),
    ([(10, "moved_on"), (20, "lost")], True),
])  # fmt: skip
def test_within_90_days_is_unknown_while_nothing_is_that_old_and_something_is_open(cohort, known):
    figures = stage_figures(cumulative_incidence(cohort))

    assert (figures.rate_within_90_days is not None) == known


def test_the_median_follow_up_is_that_of_the_open_ones():
    # Turned around, being cut off is the event: 4/5 are followed past day 2, half of these past day 8.
    curve = cumulative_incidence([(1, "lost"), (2, None), (5, "moved_on"), (6, "lost"), (8, None), (9, None)])

    assert curve.followed_days == 8
    assert cumulative_incidence([(1, None), (3, "moved_on")]).followed_days == 1
    assert cumulative_incidence([(1, "lost"), (2, "moved_on")]).followed_days == inf


def test_an_entry_that_ends_before_it_began_is_refused():
    with pytest.raises(ValueError, match="before it began"):
        cumulative_incidence([(-0.5, "lost")])


def best_seconds(work: Callable[[], object]) -> float:
    """Give the processor time of the best of five: a busy machine is not what is measured."""
    seconds = []
    for _ in range(5):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)


def test_a_hundred_thousand_entries_take_little_longer_than_sorting_them():
    cohort = random_cohort(100_000, seed=2)

    sorting = best_seconds(lambda: sorted(cohort))
    estimating = best_seconds(lambda: stage_figures(cumulative_incidence(cohort)))

    # Sorting takes some 0.05 s, the estimate some 0.25 s; what grows with the square would take minutes.
    assert estimating < 15 * sorting
