"""Refusals around targets."""

from core.errors import DomainError, StaleError


class TargetsChanged(StaleError):
    """Someone set a target that the user is about to set, and the user has not seen it."""


class ScenarioChanged(StaleError):
    """Someone added a version to a scenario since the user saw it, or put it away."""


class ScenarioNameTaken(DomainError):
    """The rep or team has a scenario of this name."""
