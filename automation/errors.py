"""Refusals of rules, each with a sentence for the user."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, StaleError


class RuleEditedMeanwhile(StaleError):
    """Someone saved the rule since the form was opened."""


class HitDecided(DomainError):
    """What was planned has been done, skipped or stopped already."""

    def __init__(self) -> None:
        super().__init__(_("This is no longer planned: it was done or stopped in the meantime."))
