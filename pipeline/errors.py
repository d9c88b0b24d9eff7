"""What the funnel refuses, in words for the user."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, StaleError
from pipeline.models import Criterion, Deal


class DealClosed(DomainError):
    """The deal is won or lost; it has to be reopened first."""


class DealNotClosed(DomainError):
    """The deal is open; there is nothing to reopen."""


class DealMovedMeanwhile(StaleError):
    """Someone else moved the deal since the user saw it; `deal` is how it stands now."""

    def __init__(self, deal: Deal, by: str) -> None:
        super().__init__(
            _("%(name)s has moved this deal to “%(stage)s” in the meantime.")
            % {"name": by, "stage": deal.get_stage_display()}
        )
        self.deal = deal


class DealEditedMeanwhile(StaleError):
    """Someone else changed the deal since the user opened the form."""


class CriteriaUnmet(DomainError):
    """Moving on asks about criteria that are not met, or is refused for mandatory ones."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        self.criteria = list(criteria)
        self.mandatory = [criterion for criterion in self.criteria if criterion.is_mandatory]
        names = ", ".join(criterion.unmet_label for criterion in self.mandatory or self.criteria)
        message = (
            _("This has to be settled before the deal moves on: %(criteria)s.")
            if self.mandatory
            else _("Not yet settled: %(criteria)s. Move on all the same?")
        )
        super().__init__(message % {"criteria": names})


class LossNoteMissing(DomainError):
    """This loss reason asks for an explanation."""


class CustomerMissing(DomainError):
    """A deal without company and person cannot be won, and a won one cannot lose its customer."""

    def __init__(self) -> None:
        super().__init__(_("Name the customer first: a won deal needs a company or a person."))


class NothingToUndo(DomainError):
    """The step to undo is not the last one any more, or is no step that can be undone."""


class ConversionOver(DomainError):
    """Too late to take a conversion back, or somebody worked on the deal since."""


class DealOfAnotherLead(DomainError):
    """An open deal belongs to one lead."""
