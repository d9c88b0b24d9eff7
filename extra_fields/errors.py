"""What extra fields refuse, in words for the user."""

from core.errors import DomainError


class ValueRefused(DomainError):
    """This cannot stand in a field of its kind."""
