"""In worlds whose truth is known: the forecast hits it, and its intervals are as wide as they say."""

import numpy as np
import pytest

from reporting.forecast.course import count, learn, place, win_chances
from tests.reporting.simulated_worlds import (
    DAYS,
    EQUAL,
    FAST,
    LINGERING,
    WORLDS,
    Seen,
    World,
    live_through,
    rate_times_stock,
    wins_band,
)

WORLDS_LOOKED_AT = 60
WORLDS_DRAWN = 30
DRAWS = 60
# Coarser than in use, for speed.
STEP = 7.0
# What the usual method is off by: the older the stock, the less it is worth where losses linger.
USUAL_ERROR = {LINGERING: 0.80, FAST: -0.26, EQUAL: 0.02}


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_the_wins_among_open_deals_are_hit_where_rate_times_stock_is_not(world: World):
    worlds = [live_through(world, seed) for seed in range(WORLDS_LOOKED_AT)]

    came = sum(seen.wins_to_come for seen in worlds)
    error = sum(expected_wins(seen) for seen in worlds) / came - 1
    usual_error = sum(rate_times_stock(seen) for seen in worlds) / came - 1

    assert abs(error) < 0.05
    assert usual_error == pytest.approx(USUAL_ERROR[world], abs=0.08)


def test_nine_of_ten_worlds_lie_in_the_interval_of_ninety_percent():
    held = [
        low <= seen.wins_to_come <= high
        for world in WORLDS
        for seed in range(WORLDS_DRAWN)
        for seen in [live_through(world, 1000 + seed)]
        for _mean, low, _q25, _median, _q75, high in [wins_band(seen, seed=seed, draws=DRAWS, step=STEP)]
    ]

    # Of 90 worlds; the longer run stands in docs/forecast.md.
    assert 0.83 <= float(np.mean(held)) <= 0.97


def expected_wins(seen: Seen) -> float:
    counted = count(seen.stays, 5)
    chances = win_chances(learn(counted), [DAYS])[:, :, 0]
    return float(chances[seen.open_stage - 1, place(seen.open_age, counted.grid, 1)].sum())
