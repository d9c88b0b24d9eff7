"""What orders refuse, in words for the user."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, StaleError


class CustomerMissing(DomainError):
    """Somebody has bought."""

    def __init__(self) -> None:
        super().__init__(_("An order needs a company or a person as the customer."))


class LinesMissing(DomainError):
    """Something was bought."""

    def __init__(self) -> None:
        super().__init__(_("An order needs at least one line."))


class AmountTooLarge(DomainError):
    """A line costs more than an amount can hold."""

    def __init__(self) -> None:
        super().__init__(_("A line comes to more than can be kept. Please check quantity and price."))


class NumberTaken(DomainError):
    """A number belongs to one order."""

    def __init__(self, number: str) -> None:
        super().__init__(_("There is an order with the number %(number)s already.") % {"number": number})


class OrderCancelled(DomainError):
    """A cancelled order stays as it was."""

    def __init__(self) -> None:
        super().__init__(_("This order is cancelled; it can no longer be changed."))


class OrderEditedMeanwhile(StaleError):
    """Someone else changed the order since the user opened the form."""

    def __init__(self) -> None:
        super().__init__(_("Someone else has changed this order in the meantime. Nothing was saved yet."))


class ExportTooLarge(DomainError):
    """More rows than a file takes."""


class TooManyLines(DomainError):
    """An order that was imported with more lines than a form holds."""

    def __init__(self, most: int) -> None:
        super().__init__(_("Orders of more than %(most)d lines are not changed here.") % {"most": most})
