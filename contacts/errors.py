"""What the customer database refuses, in words for the user."""

from core.errors import DomainError, StaleError


class ContactEditedMeanwhile(StaleError):
    """Someone else changed the company or person since the user opened the form."""


class CompanyAboveItself(DomainError):
    """A company would become its own parent, directly or through others."""


class CustomerNumberTaken(DomainError):
    """Another company has this customer number."""


class AlreadyEmployed(DomainError):
    """The person works for the company already."""


class ReportsInCircle(DomainError):
    """Somebody would be their own superior, directly or through others."""


class EmploymentEnded(DomainError):
    """The employment has ended already."""


class EndsBeforeStart(DomainError):
    """The end lies before the start."""


class ReachRefused(DomainError):
    """The law does not allow to reach this contact by this means."""


class ObjectionStands(DomainError):
    """Somebody objected; only their express consent changes that."""


class PermissionEnded(DomainError):
    """The permission does not hold any more, so it cannot end again."""


class ContactMergedMeanwhile(StaleError):
    """The row was taken into another one since the user saw it."""


class PairMerged(DomainError):
    """The two rows of this pair were merged; nothing is left to decide."""


class CannotMerge(DomainError):
    """These two rows cannot become one."""


class CannotUndoMerge(DomainError):
    """The merge is undone already, or another one has to be undone first."""
