"""What data protection refuses, in words for the user."""

from core.errors import DomainError, StaleError


class AlreadyErased(DomainError):
    """The person was erased before."""


class RestrictionStands(DomainError):
    """The data must not be worked with, so they are not restricted or erased again in passing."""


class NothingRestricted(DomainError):
    """There is no restriction to lift."""


class RequestNoted(DomainError):
    """Such a request is noted already."""


class ProposalDecided(StaleError):
    """Someone decided meanwhile."""


class PlanChanged(StaleError):
    """More was stored about the person since the preview was read."""
