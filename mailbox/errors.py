"""Refusals of the mail."""

from core.errors import DomainError, StaleError


class MailNotReady(DomainError):
    """Something in the text is still to be filled in."""


class MailDecidedMeanwhile(StaleError):
    """Somebody else has filed or rejected it."""


class MailHasLeft(StaleError):
    """It is sent, or being sent."""
