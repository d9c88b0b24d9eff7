"""How right the forecast is over many simulated worlds: python -m tests.reporting.measured_worlds."""

import argparse

import numpy as np

from reporting.forecast.course import count, learn, place, win_chances
from tests.reporting.simulated_worlds import (
    DAYS,
    WORLDS,
    Seen,
    World,
    live_through,
    rate_times_stock,
    wins_band,
)


def main() -> None:
    """Print mean errors and, with draws, how often the intervals held the truth."""
    options = argparse.ArgumentParser()
    options.add_argument("--worlds", type=int, default=100)
    options.add_argument("--draws", type=int, default=0)
    options.add_argument("--step", type=float, default=1.0)
    asked = options.parse_args()
    for world in WORLDS:
        print(world.name, *_measured(world, asked.worlds, asked.draws, asked.step), sep="\t")  # noqa: T201


def expected_wins(seen: Seen) -> float:
    """The wins to come among the open deals, without draws."""
    counted = count(seen.stays, 5)
    chances = win_chances(learn(counted), [DAYS])[:, :, 0]
    return float(chances[seen.open_stage - 1, place(seen.open_age, counted.grid, 1)].sum())


def _measured(world: World, worlds: int, draws: int, step: float) -> list[str]:
    seen = [live_through(world, seed) for seed in range(worlds)]
    came = np.array([one.wins_to_come for one in seen])
    expected = np.array([expected_wins(one) for one in seen])
    usual = np.array([rate_times_stock(one) for one in seen])
    said = [f"forecast {expected.sum() / came.sum() - 1:+.1%}", f"usual {usual.sum() / came.sum() - 1:+.1%}"]
    if not draws:
        return said
    bands = np.array([wins_band(one, seed=number, draws=draws, step=step) for number, one in enumerate(seen)])
    wide = (bands[:, 1] <= came) & (came <= bands[:, 5])
    half = (bands[:, 2] <= came) & (came <= bands[:, 4])
    return [*said, f"90 % held {wide.mean():.1%}", f"50 % held {half.mean():.1%}"]


if __name__ == "__main__":
    main()
