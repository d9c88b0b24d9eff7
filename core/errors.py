"""Refusals: what the rules of the business say no to, with a sentence for the user."""

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the business says no. The message is translated and meant for the user."""

    status = 422

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class StaleError(DomainError):
    """Someone changed the row since the user saw it; nothing was done."""

    status = 409
