"""What the intake refuses, in words for the user."""

from core.errors import DomainError, StaleError


class SentTooOften(DomainError):
    """Too many submissions from one address."""

    status = 429


class KeyUsedTooOften(SentTooOften):
    """Too many requests with one key."""


class ConfirmationGone(DomainError):
    """The link was wrong, used or too old."""

    status = 404


class FormChangedMeanwhile(StaleError):
    """Someone else saved the form since the user saw it."""


class ProcessedAlready(DomainError):
    """A submission becomes a lead once."""


class KeyMissing(DomainError):
    """Without a source a key says nothing."""


class TooLarge(DomainError):
    """More was sent than a form takes."""

    status = 413


class ForeignSite(DomainError):
    """The form may not be used from that web site."""

    status = 403


class FormClosed(DomainError):
    """The form takes no submissions (any more)."""

    status = 410


class Unreadable(DomainError):
    """What was sent is not what it claims to be."""

    status = 400
