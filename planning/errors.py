"""Refusals around targets."""

from core.errors import StaleError


class TargetsChanged(StaleError):
    """Someone set a target that the user is about to set, and the user has not seen it."""
