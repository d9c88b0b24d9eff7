"""What potentials refuse, in words for the user."""

from core.errors import DomainError, StaleError


class PotentialExists(DomainError):
    """There is an estimate of this company, product group and year already."""


class PotentialChangedMeanwhile(StaleError):
    """Someone else estimated again since the user opened the form."""


class PotentialWorkedOn(DomainError):
    """A colleague has an open deal of this potential that the user may not see."""


class NothingOpen(DomainError):
    """The potential is archived, or there is nothing of it left to win."""
