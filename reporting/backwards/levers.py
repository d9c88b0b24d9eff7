"""What a reader can turn: the rates, what a closing brings, the speed; in percent of what is measured."""

from typing import Final, NamedTuple

import numpy as np

from pipeline.models import Stage
from planning.models import LEVERS
from reporting.backwards.chain import Number, Steps


class Levers(NamedTuple):
    """By how many percent each is to change; 0 leaves it as it is measured."""

    worth: int = 0
    offer: int = 0
    contact: int = 0
    begin: int = 0
    lead: int = 0
    speed: int = 0

    @property
    def pace(self) -> float:
        """How long everything takes, compared with today: half as long at twice the speed."""
        return 1 / _factor(self.speed)

    @property
    def is_turned(self) -> bool:
        """Whether any of them is."""
        return any(self)


NAMES: Final = LEVERS


def turned(steps: Steps, levers: Levers, *, is_money: bool) -> Steps:
    """The steps with the levers turned; a share never comes to more than all."""
    worth = steps.worth
    if worth is not None:
        worth = worth * _factor(levers.worth) if is_money else _share(worth, levers.worth)
    return steps._replace(
        worth=worth,
        offer=_share(steps.offer, levers.offer),
        contact=_share(steps.contact, levers.contact),
        begin=_share(steps.begin, levers.begin),
        lead=_share(steps.lead, levers.lead),
    )


def lift_of_stage(stage: int, chance: float, levers: Levers) -> float:
    """How much more an open deal of a stage brings with the levers turned.

    It still has the steps before it that lie ahead of its stage; in Abschluss only the order is missing. On
    average its chance, `chance` as the forecast has it, never comes to more than all.
    """
    lift = 1.0
    if stage <= Stage.AKQUISE:
        lift *= _factor(levers.begin)
    if stage <= Stage.KONTAKT:
        lift *= _factor(levers.contact)
    if stage <= Stage.VERHANDLUNG:
        lift *= _factor(levers.offer)
    highest = max(1 / chance, 1.0) if chance else lift
    return min(lift, highest) * _factor(levers.worth)


def _share(step: Number | None, percent: int) -> Number | None:
    return None if step is None else np.minimum(step * _factor(percent), 1.0)


def _factor(percent: int) -> float:
    return 1 + percent / 100
