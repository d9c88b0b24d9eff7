"""Every write of planning."""

from planning.actions.scenarios import Assumptions, archive_scenario, save_scenario
from planning.actions.targets import Cell, Change, set_targets, stored_targets, take_over_targets

__all__ = [
    "Assumptions",
    "Cell",
    "Change",
    "archive_scenario",
    "save_scenario",
    "set_targets",
    "stored_targets",
    "take_over_targets",
]
