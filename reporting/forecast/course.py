"""The course of deals as a semi-Markov model: from stays to the time of the win, given stage and age.

Everything stands on a grid of days: a stay of 10.4 days lies on day 10. Formulas and sources are in
docs/forecast.md. `went_to` counts as in `stays`: 0 still there, 1 to n the stages, n + 1 won, n + 2 lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reporting.forecast.stays import Floats, Stays

GRID_DAYS: Final = 730
"""Two years: what has not been won by then counts as never won."""
_DAMPING: Final = 1e-8
"""How much is left of what the transform would fold back from its end to its beginning."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Stays put on the grid once, to be weighted anew for every draw."""

    deal: NDArray[np.int64]
    cell: NDArray[np.int64]
    """Where a stay went, from which stage, on which day, as one number."""
    stages: int
    grid: int
    step: float

    @property
    def shape(self) -> tuple[int, int, int]:
        """Stages, where they go, days."""
        return self.stages, self.stages + 3, self.grid


def count(stays: Stays, stages: int, step: float = 1.0) -> Counted:
    """Put stays on a grid of so many days a step; what lasts longer lies on its last step."""
    grid = round(GRID_DAYS / step)
    day = place(stays.days, grid, step)
    cell = ((stays.stage - 1) * (stages + 3) + stays.went_to) * grid + day
    return Counted(stays.deal, cell, stages, grid, step)


def place(days: Floats, grid: int, step: float) -> NDArray[np.int64]:
    """The steps of the grid these ages lie on."""
    return np.clip(np.rint(days / step), 0, grid - 1).astype(np.int64)


class Course(NamedTuple):
    """How deals leave the stages, and when they are won from there."""

    leaving: Floats
    """By stage, target (stages, then the win) and day: the cumulative incidence's daily part."""
    staying: Floats
    """By stage and day: the share that still stands there after that day."""
    standing: Floats
    """By stage and day: the weight of the stays seen for so long, which is what the estimate rests on."""
    won_by: Floats
    """By stage (the last row is the win itself) and day: the share won by then, counted from the entry."""
    step: float

    @property
    def chances(self) -> Floats:
        """The share of each stage's entries that is won within the grid."""
        return self.won_by[:-1, -1]


def learn(counted: Counted, weights: Floats | None = None) -> Course:
    """Estimate the course of deals from stays; `weights` are those of the deals.

    Cause-specific cumulative incidences after Aalen and Johansen (1978); a stay that still runs counts half
    on its last day, as in a life table.
    """
    given = None if weights is None else weights[counted.deal]
    size = int(np.prod(counted.shape))
    events = np.bincount(counted.cell, given, size).reshape(counted.shape).astype(float)
    leaving_any, running = events[:, 1:].sum(axis=1), events[:, 0]
    standing = (leaving_any + running)[:, ::-1].cumsum(axis=1)[:, ::-1]
    exposed = np.maximum(standing - running / 2, leaving_any)
    inverse = np.divide(1.0, exposed, out=np.zeros_like(exposed), where=exposed > 1e-12)
    staying = np.cumprod(np.clip(1 - leaving_any * inverse, 0, 1), axis=1)
    before = np.concatenate([np.ones((counted.stages, 1)), staying[:, :-1]], axis=1)
    leaving = (before * inverse)[:, None, :] * events[:, 1:-1]
    return Course(leaving, staying, standing, _won_by(leaving), counted.step)


def win_chances(course: Course, until_days: Sequence[float]) -> Floats:
    """By stage, age (on the grid) and each of the days ahead: the chance to be won by then.

    (F(a + t) - F(a)) / S(a) for the next move, followed by the course from there; half of the day the age
    lies on is still ahead. Where nobody was ever seen to stand so long the chance is 0: there is nothing
    to go by.
    """
    grid = course.staying.shape[1]
    kernels = np.zeros((course.won_by.shape[0], len(until_days), grid))
    for number, until in enumerate(until_days):
        ahead = min(round(until / course.step), grid - 1)
        kernels[:, number, 1 : ahead + 1] = course.won_by[:, :ahead][:, ::-1]
        kernels[:, number, 0] = course.won_by[:, ahead] / 2
    length = _length(grid)
    moves = np.fft.rfft(course.leaving, length).transpose(2, 0, 1)
    after = np.fft.rfft(kernels, length).conj().transpose(2, 0, 1)
    won = np.fft.irfft((moves @ after).transpose(1, 2, 0), length)[:, :, :grid]
    # Stays of no time are passages on paper: whoever is seen standing is past them.
    won[:, :, 0] -= course.leaving[:, :, 0] @ kernels[:, :, 0]
    staying = course.staying.copy()
    staying[:, 1:] = (course.staying[:, :-1] + course.staying[:, 1:]) / 2
    staying = staying[:, None, :]
    chances = np.divide(won, staying, out=np.zeros_like(won), where=staying > 1e-9)
    return np.clip(chances, 0, 1).transpose(0, 2, 1)


def _won_by(leaving: Floats) -> Floats:
    """Solve W = f_won + sum over the stages f_r * W_r for all days at once, steps back included.

    The convolutions are products of the transforms; a damping factor keeps endless rounds of steps back from
    being folded into the first days.
    """
    stages, _targets, grid = leaving.shape
    length = _length(grid)
    damping = _DAMPING ** (np.arange(grid) / length)
    moves = np.fft.rfft(leaving * damping, length).transpose(2, 0, 1)
    system = np.eye(stages) - moves[:, :, :stages]
    wins = np.linalg.solve(system, moves[:, :, stages:])[:, :, 0]
    density = np.fft.irfft(wins.T, length)[:, :grid] / damping
    won_by = np.clip(density, 0, None).cumsum(axis=1)
    return np.concatenate([np.minimum(won_by, 1.0), np.ones((1, grid))])


def _length(grid: int) -> int:
    return 1 << (2 * grid - 1).bit_length()
