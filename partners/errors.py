"""What partners refuse, in words for the user."""

from core.errors import DomainError, StaleError


class PartnerExists(DomainError):
    """The company or person is a partner already."""


class PartnerEditedMeanwhile(StaleError):
    """Someone else changed the partner since the user opened the form."""
