import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.shrinkage import (
    LEAST_DECIDED,
    STRONGEST,
    USUAL_STRENGTH,
    WEAKEST,
    compare_reps,
    compared_with_team,
    prior_strength,
    shrunk_rate,
)
from reporting.survival import Incidence, Observation, cumulative_incidence

endings = st.sampled_from(["moved_on", "lost", None])
cohorts = st.lists(st.tuples(st.integers(0, 12).map(float), endings), max_size=40)


def closed(moved_on: int, lost: int) -> list[Observation]:
    """Entries that all came to an end on their tenth day."""
    return [(10.0, "moved_on")] * moved_on + [(10.0, "lost")] * lost


def curve(*parts: list[Observation]) -> Incidence:
    return cumulative_incidence([entry for part in parts for entry in part])


def test_with_nothing_open_the_size_of_a_rate_is_its_number_of_deals():
    rep = curve(closed(12, 18))

    assert rep.last.effective_size == pytest.approx(30)


def test_a_rate_is_drawn_towards_the_team_by_the_strength_of_the_team():
    rep, colleagues = closed(8, 2), closed(40, 50)

    rate = shrunk_rate(curve(rep), curve(rep, colleagues), strength=30)

    # (10 x 0.8 + 30 x 0.48) / 40
    assert rate == pytest.approx((10 * 0.8 + 30 * 0.48) / 40, abs=1e-12)


def test_the_more_deals_a_rep_has_the_less_he_is_drawn():
    colleagues = closed(50, 50)

    few, many = (
        shrunk_rate(curve(rep), curve(rep, colleagues), strength=20) for rep in (closed(4, 1), closed(80, 20))
    )

    assert 0.5 < few < many < 0.8


def test_a_rep_with_nothing_decided_is_estimated_as_the_team():
    rep, colleagues = [(3.0, None)] * 5, closed(30, 20)
    team = curve(rep, colleagues)

    assert shrunk_rate(curve(rep), team, strength=20) == pytest.approx(team.last.moved_on, abs=1e-12)


def test_a_rep_without_any_entry_has_no_estimate():
    assert shrunk_rate(curve([]), curve(closed(3, 3)), strength=20) is None


def test_open_deals_of_a_newcomer_are_completed_as_the_team_went():
    colleagues = [(5.0, "moved_on")] * 10 + [(60.0, "moved_on")] * 50 + [(80.0, "lost")] * 40
    newcomer = [(5.0, "moved_on")] * 2 + [(20.0, None)] * 18
    team = curve(newcomer, colleagues)

    rate = shrunk_rate(curve(newcomer), team, strength=20)

    # As seen, 2 of 20 have moved on; yet at 20 days that is just what his colleagues had.
    assert curve(newcomer).last.moved_on == pytest.approx(0.1)
    assert rate == pytest.approx(team.last.moved_on, abs=1e-9)


@given(cohorts, cohorts, st.floats(WEAKEST, STRONGEST))
def test_a_shrunk_rate_is_a_share(rep, colleagues, strength):
    rate = shrunk_rate(curve(rep), curve(rep, colleagues), strength)

    assert (rate is None) == (not rep)
    assert rate is None or -1e-12 <= rate <= 1 + 1e-12


def test_the_strength_is_the_one_counted_by_hand():
    reps = [closed(16, 4), closed(10, 10), closed(10, 10), closed(4, 16)]

    strength = prior_strength([curve(rep) for rep in reps], curve(*reps))

    # mean 1/2; spread = 20 (0.3^2 + 0.3^2) / 0.25 = 14.4; room = 80 - 20 - 3 = 57
    # correlation = (14.4 - 3) / 57 = 0.2; strength = 1/0.2 - 1
    assert strength == pytest.approx(4, abs=1e-9)


def test_reps_that_differ_no_more_than_chance_are_drawn_as_far_as_it_goes():
    reps = [closed(10, 10), closed(11, 9), closed(9, 11)]

    assert prior_strength([curve(rep) for rep in reps], curve(*reps)) == STRONGEST


def test_reps_that_differ_entirely_are_hardly_drawn():
    reps = [closed(20, 0), closed(0, 20), closed(20, 0)]

    assert prior_strength([curve(rep) for rep in reps], curve(*reps)) == WEAKEST


@pytest.mark.parametrize("reps", [[], [closed(5, 5), closed(9, 1)], [closed(1, 0)] * 3, [[(4.0, None)]] * 4])
def test_where_the_spread_of_reps_cannot_be_measured_the_usual_one_is_taken(reps):
    assert prior_strength([curve(rep) for rep in reps], curve(*reps)) == USUAL_STRENGTH


def test_where_everyone_always_moves_on_there_is_no_spread():
    reps = [closed(5, 0)] * 3

    assert prior_strength([curve(rep) for rep in reps], curve(*reps)) == STRONGEST


def test_shrunk_rates_are_nearer_to_the_truth_than_raw_ones():
    chance = random.Random(11)
    raw_error = shrunk_error = 0.0
    for _ in range(60):
        truths = [min(max(chance.gauss(0.5, 0.1), 0.05), 0.95) for _ in range(8)]
        moved_on = [sum(chance.random() < truth for _ in range(12)) for truth in truths]
        reps = [closed(moved, 12 - moved) for moved in moved_on]
        team = curve(*reps)
        strength = prior_strength([curve(rep) for rep in reps], team)
        for truth, rep in zip(truths, reps, strict=True):
            raw_error += (curve(rep).last.moved_on - truth) ** 2
            shrunk_error += (shrunk_rate(curve(rep), team, strength) - truth) ** 2

    assert shrunk_error < 0.7 * raw_error


def yates_chi_squared(moved: int, lost: int, others_moved: int, others_lost: int) -> float:
    """Give the corrected statistic of the fourfold table as the books print it for plain counts."""
    total = moved + lost + others_moved + others_lost
    products = abs(moved * others_lost - lost * others_moved)
    margins = (moved + lost) * (others_moved + others_lost) * (moved + others_moved) * (lost + others_lost)
    return total * max(products - total / 2, 0) ** 2 / margins


@pytest.mark.parametrize("moved", range(31))
def test_with_nothing_open_the_verdict_is_that_of_the_fourfold_table(moved):
    verdict = compared_with_team(curve(closed(moved, 30 - moved)), curve(closed(60, 40)))

    # 3.8415 is the 95 % point of chi-squared with one degree of freedom; 60 % of 30 is 18.
    differs = yates_chi_squared(moved, 30 - moved, 60, 40) > 3.8415
    assert verdict == (("above" if moved > 18 else "below") if differs else "indistinguishable")


def test_some_verdicts_of_each_kind():
    others = curve(closed(60, 40))

    verdicts = [compared_with_team(curve(closed(moved, 30 - moved)), others) for moved in (9, 18, 28)]

    assert verdicts == ["below", "indistinguishable", "above"]


@pytest.mark.parametrize(("rep", "others"), [
    (closed(LEAST_DECIDED - 1, 0), closed(10, 90)),
    (closed(0, LEAST_DECIDED - 1) + [(10.0, None)] * 50, closed(50, 50)),
    (closed(50, 50), closed(0, LEAST_DECIDED - 1)),
    ([], closed(50, 50)),
    (closed(5, 5), []),
])  # fmt: skip
def test_too_few_decided_on_either_side_are_not_compared(rep, others):
    assert compared_with_team(curve(rep), curve(others)) == "too_few"


@pytest.mark.parametrize(("rep", "others"), [(closed(12, 0), closed(90, 0)), (closed(0, 12), closed(0, 90))])
def test_where_all_went_the_same_way_there_is_no_difference(rep, others):
    assert compared_with_team(curve(rep), curve(others)) == "indistinguishable"


def test_a_newcomer_is_compared_at_the_age_he_has_been_followed_to():
    colleagues = [(5.0, "moved_on")] * 40 + [(60.0, "moved_on")] * 200 + [(80.0, "lost")] * 160
    newcomer = [(5.0, "moved_on")] * 12 + [(20.0, None)] * 108

    verdict = compared_with_team(curve(newcomer), curve(colleagues))

    # 10 % on both sides at 20 days; set against the 60 % of the end he would look hopeless.
    assert verdict == "indistinguishable"


def test_the_level_is_shared_out_among_those_compared():
    # 11 of 30 against 60 of 100 has p = 0.041: enough for one picked out beforehand, not for one of five.
    others = curve(closed(60, 40))
    alone = curve(closed(11, 19))
    usual = curve(closed(18, 12))

    together = compare_reps({"alone": (alone, others)} | dict.fromkeys("abcd", (usual, others)))

    assert compared_with_team(alone, others) == "below"
    assert together["alone"] == "indistinguishable"


def test_those_with_too_few_do_not_cost_the_others_their_level():
    others = curve(closed(60, 40))
    newcomers = dict.fromkeys("abcd", (curve(closed(1, 1)), others))

    verdicts = compare_reps({"rep": (curve(closed(11, 19)), others)} | newcomers)

    assert verdicts == {"rep": "below"} | dict.fromkeys("abcd", "too_few")


def test_after_the_first_that_cannot_be_told_apart_nobody_can():
    # p = 0.018 fails 0.05 / 3, so the two others stay untold although 0.041 would pass 0.05 on its own.
    others = curve(closed(60, 40))
    reps = {"first": closed(10, 20), "second": closed(11, 19), "third": closed(11, 19)}

    verdicts = compare_reps({name: (curve(rep), others) for name, rep in reps.items()})

    assert set(verdicts.values()) == {"indistinguishable"}


def test_equal_reps_are_seldom_told_from_their_team():
    chance = random.Random(4)
    told = 0
    for _ in range(300):
        reps = {
            name: closed(moved, 25 - moved)
            for name, moved in ((name, sum(chance.random() < 0.5 for _ in range(25))) for name in "abcdef")
        }
        others = {name: curve(*(rep for other, rep in reps.items() if other != name)) for name in reps}
        verdicts = compare_reps({name: (curve(rep), others[name]) for name, rep in reps.items()})
        told += any(verdict != "indistinguishable" for verdict in verdicts.values())

    assert told / 300 <= 0.05
