"""How right the forecast is over many simulated worlds: python -m tests.reporting.measured_worlds."""

import argparse
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from reporting.forecast.course import count, learn, place, win_chances
from tests.reporting.simulated_worlds import (
    DAYS,
    WORLDS,
    Seen,
    World,
    drawn_wins,
    live_through,
    rate_times_stock,
)

Z95 = 1.96
BANDS = {90: (0.05, 0.95), 50: (0.25, 0.75)}
# The draws of a world must not share its chances.
APART = 77


def main() -> None:
    """Print mean errors and, with draws, how often the intervals held, each with its uncertainty."""
    options = argparse.ArgumentParser()
    options.add_argument("--worlds", type=int, default=100)
    options.add_argument("--draws", type=int, default=0)
    options.add_argument("--step", type=float, default=1.0)
    options.add_argument("--first", type=int, default=0, help="seed of the first world")
    options.add_argument("--only", choices=[world.name for world in WORLDS])
    asked = options.parse_args()
    for world in WORLDS:
        if asked.only in (None, world.name):
            said = _measured(world, range(asked.first, asked.first + asked.worlds), asked.draws, asked.step)
            print(world.name, *said, sep="\t", flush=True)  # noqa: T201


def expected_wins(seen: Seen) -> float:
    """The wins to come among the open deals, without draws."""
    counted = count(seen.stays, 5)
    chances = win_chances(learn(counted), [DAYS])[:, :, 0]
    return float(chances[seen.open_stage - 1, place(seen.open_age, counted.grid, 1)].sum())


def _measured(world: World, seeds: range, draws: int, step: float) -> list[str]:
    seen = [live_through(world, seed) for seed in seeds]
    came = np.array([one.wins_to_come for one in seen])
    expected = np.array([expected_wins(one) for one in seen])
    usual = np.array([rate_times_stock(one) for one in seen])
    said = [f"forecast {_error(expected, came)}", f"usual {_error(usual, came)}"]
    if draws:
        seeded = zip(seen, seeds, strict=True)
        drawn = [drawn_wins(one, seed=seed + APART, draws=draws, step=step) for one, seed in seeded]
        futures = np.array(drawn)
        said += [line for share, ends in BANDS.items() for line in _held(share, ends, futures, came)]
    return said


def _error(expected: NDArray, came: NDArray) -> str:
    """The relative error of the sum, with its 95 % uncertainty as a ratio of means."""
    ratio = expected.sum() / came.sum()
    spread = (expected - ratio * came).std(ddof=1) / sqrt(came.size) / came.mean()
    return f"{ratio - 1:+.1%} ± {Z95 * spread:.1%}"


def _held(share: int, ends: tuple[float, float], futures: NDArray, came: NDArray) -> list[str]:
    """How often the truth lay between the ends, ends included; and with whole numbers as if they were even.

    The second counts of a truth that is drawn with some probability only that part of it which lies between
    the ends (the expected randomised probability integral transform): it is exact for a right method.
    """
    low, high = np.quantile(futures, ends, axis=1)
    within = ((low <= came) & (came <= high)).mean()
    below = (futures < came[:, None]).mean(axis=1)
    upto = (futures <= came[:, None]).mean(axis=1)
    inside = np.minimum(upto, ends[1]) - np.maximum(below, ends[0])
    is_point = upto <= below
    even = np.where(
        is_point,
        (below >= ends[0]) & (below <= ends[1]),
        np.clip(inside, 0, None) / np.where(is_point, 1, upto - below),
    )
    return [
        f"{share} % held {_share(within, came.size)}",
        f"evened out {even.mean():.1%} ± {Z95 * even.std(ddof=1) / sqrt(came.size):.1%}",
    ]


def _share(rate: float, cases: int) -> str:
    return f"{rate:.1%} ± {Z95 * sqrt(rate * (1 - rate) / cases):.1%}"


if __name__ == "__main__":
    main()
