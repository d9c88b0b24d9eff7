"""The course of deals, counted by hand: stays, incidences, steps back, the age in the stage."""

import numpy as np
import pytest

from reporting.forecast.course import Course, count, learn, win_chances
from reporting.forecast.stays import LOST, STILL_THERE, WON, Stays, Steps, offer_stays, stays_of
from reporting.forecast.values import WonValues


def steps_of(*told: tuple[int, float, int, int]) -> Steps:
    """Steps of deal, day, stage, outcome (0 open, 1 won, 2 lost)."""
    deal, at, stage, outcome = map(np.array, zip(*told, strict=True))
    nothing = np.zeros(deal.size, np.int64)
    return Steps(deal, at.astype(float), stage, outcome, nothing, nothing, nothing.astype(float), nothing)


def test_every_move_ends_a_stay_and_begins_another_steps_back_too():
    steps = steps_of(
        (0, 0, 1, 0), (0, 5, 3, 0), (0, 9, 2, 0), (0, 9.5, 2, 2), (0, 20, 2, 0), (0, 22, 5, 1), (1, 43, 1, 0)
    )

    stays = stays_of(steps, 50)

    assert list(zip(*stays, strict=True)) == [
        (0, 1, 5.0, 3),
        (0, 3, 4.0, 2),
        (0, 2, 0.5, LOST),
        (0, 2, 2.0, WON),
        (1, 1, 7.0, STILL_THERE),
    ]


def test_an_offer_runs_from_its_delivery_or_else_from_its_answer_to_the_win_or_the_loss():
    steps = steps_of(
        *((0, 0, 3, 0), (0, 9, 5, 0), (0, 12, 5, 1)),
        *((1, 0, 3, 0), (1, 8, 4, 0), (1, 20, 4, 2)),
        *((2, 0, 2, 0), (2, 5, 5, 1)),
        *((3, 30, 3, 0),),
    )

    stays = offer_stays(steps, np.array([4, np.nan, np.nan, 40]), 50)

    # The first was delivered on day 4; the second answered on day 8; the third tells of no offer.
    assert list(zip(*stays, strict=True)) == [(0, 1, 8.0, 2), (1, 1, 12.0, 3), (3, 1, 10.0, 0)]


def stays_in(rows: tuple[tuple[int, float, int], ...]) -> Stays:
    stage, days, went_to = map(np.array, zip(*rows, strict=True))
    return Stays(np.arange(stage.size), stage, days.astype(float), went_to)


def course_of(*rows: tuple[int, float, int]) -> Course:
    return learn(count(stays_in(rows), 5))


def test_the_older_a_deal_is_the_more_its_chance_is_that_of_those_that_lasted():
    # In Abschluss: two won on day 10, one lost on day 10, one lost on day 100.
    course = course_of((5, 10, WON), (5, 10, WON), (5, 10, LOST), (5, 100, LOST))

    by_then = win_chances(course, [5, 700])[4]

    assert course.chances[4] == pytest.approx(0.5)
    assert by_then[0] == pytest.approx([0, 0.5])
    assert by_then[6] == pytest.approx([0.5, 0.5])
    assert by_then[11] == pytest.approx([0, 0])
    # Nobody was ever seen to stand there for 200 days.
    assert by_then[200] == pytest.approx([0, 0])


def test_an_open_stay_counts_for_as_long_as_it_was_watched():
    # Of four, one won on day 10; one was watched for 5 days only; of the two left one wins on day 20.
    course = course_of((5, 10, WON), (5, 5, STILL_THERE), (5, 20, WON), (5, 20, LOST))

    assert course.chances[4] == pytest.approx(1 / 3 + 2 / 3 / 2)


def test_steps_back_go_round_until_they_are_won_or_lost():
    # Half of Verhandlung goes back to Angebot, half is won; from Angebot all come to Verhandlung.
    course = course_of((3, 10, 4), (4, 10, 3), (4, 20, WON))

    won_by = course.won_by[3]

    # After 10 days one half stands in Angebot again, after 20 the other is won, and so on: 1/2 + 1/4 ...
    assert (won_by[19], won_by[20], won_by[39], won_by[40]) == pytest.approx((0, 0.5, 0.5, 0.75))
    assert course.chances[3] == pytest.approx(1, abs=1e-6)


def test_what_a_deal_brings_is_learned_from_what_others_brought_compared_with_what_was_stated():
    wins, stated = np.array([80.0] * 20 + [50.0] * 20), np.full((5, 40), np.nan)
    stated[2, :20], stated[3, 20:] = 100, 100
    values = WonValues(wins, stated, np.zeros(40, np.int64), np.zeros(40, bool), 1)

    ratios = values.ratios()

    # Own and borrowed halves: (0.8 + 0.65) / 2 and (0.5 + 0.65) / 2; where nothing is known, all together.
    assert ratios == pytest.approx([0.65, 0.65, 0.725, 0.575, 0.65])
    stage, value, currency = np.array([3] * 4000), np.full(4000, 1000.0), np.zeros(4000, np.int64)
    drawn = values.draw(stage, value, currency, np.random.default_rng(1))
    assert drawn.mean() == pytest.approx(725, rel=0.02)
    # Without a stated value: what the wins brought.
    assert values.expected(stage[:1], np.zeros(1), currency[:1]) == pytest.approx([65])
