"""What the keeping of people refuses, in words for the admin."""

from core.errors import DomainError


class LastAdmin(DomainError):
    """Without a single admin nobody could let anybody in again."""


class OwnAccount(DomainError):
    """Admins do not shut themselves out."""
