"""What call lists refuse, in words for the user."""

from core.errors import DomainError, StaleError


class NobodyToCall(DomainError):
    """A list has at least one entry."""


class EntryTaken(StaleError):
    """A colleague has the entry in hand."""


class EntrySettled(StaleError):
    """Somebody has settled the entry since the user saw it."""


class ListEnded(DomainError):
    """Nobody works through a list that was ended."""
