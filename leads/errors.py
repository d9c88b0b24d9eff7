"""What leads refuse, in words for the user."""

from core.errors import DomainError, StaleError


class LeadClosed(DomainError):
    """The lead is disqualified or converted; it has to be reopened first."""


class LeadChangedMeanwhile(StaleError):
    """Someone else changed the lead since the user saw it."""


class ReasonMissing(DomainError):
    """A lead is disqualified with a reason only."""


class LeadNotDisqualified(DomainError):
    """There is nothing to reopen."""


class OwnerGone(DomainError):
    """A lead goes to somebody who works here."""


class AlreadyALead(DomainError):
    """A lead was made of this inquiry already."""


class RuleChangedMeanwhile(StaleError):
    """Someone else changed the rule since the user saw it."""
