"""What potentials refuse, in words for the user."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, StaleError
from core.templatetags.money import percent


class PotentialExists(DomainError):
    """There is an estimate of this company, product group and year already."""


class PotentialChangedMeanwhile(StaleError):
    """Someone else estimated again since the user opened the form."""


class PotentialWorkedOn(DomainError):
    """A colleague has an open deal of this potential that the user may not see."""


class NothingOpen(DomainError):
    """The potential is archived, or there is nothing of it left to win."""


class SupplyNoted(DomainError):
    """This source of supply is noted already."""

    def __init__(self) -> None:
        super().__init__(_("This source of supply is noted for this product group already."))


class SupplyChangedMeanwhile(StaleError):
    """Someone else noted something else since the user opened the form."""

    def __init__(self) -> None:
        super().__init__(_("Someone else has changed this entry in the meantime. Nothing was saved yet."))


class SharesAboveWhole(DomainError):
    """Nobody buys more than all they need."""

    def __init__(self, noted: Decimal) -> None:
        said = {"share": percent(noted)}
        super().__init__(_("Others have %(share)s already: together that is more than all of it.") % said)
