"""What the catalogue refuses, in words for the user."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NumberTaken(DomainError):
    """A number belongs to one product."""

    def __init__(self) -> None:
        super().__init__(_("There is a product with this number."))


class RateFileUnread(DomainError):
    """A file of exchange rates says something else."""
