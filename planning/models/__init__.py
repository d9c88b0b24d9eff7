"""What is planned: targets, and the scenarios they come from."""

from planning.models.scenarios import LEVERS, Goal, Scenario, ScenarioVersion
from planning.models.targets import (
    FIGURES_OF_PERSONS,
    Line,
    Measure,
    Planned,
    SalesTarget,
    is_planned_by,
    reps_planned_by,
    teams_planned_by,
    usual_lines,
)

__all__ = [
    "FIGURES_OF_PERSONS",
    "LEVERS",
    "Goal",
    "Line",
    "Measure",
    "Planned",
    "SalesTarget",
    "Scenario",
    "ScenarioVersion",
    "is_planned_by",
    "reps_planned_by",
    "teams_planned_by",
    "usual_lines",
]
