"""The cards of the board: what each one shows, as a value of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from pipeline.models import Deal


def stamp(moment: datetime) -> str:
    """When a deal was last touched, as the script of the board compares it: seconds since 1970."""
    return f"{moment.timestamp():f}"


@dataclass(frozen=True)
class Fact:
    """The one fact that matters in a stage: its criterion, met or not."""

    text: str
    is_met: bool
    due: datetime | None = None


@dataclass(frozen=True)
class Face:
    """The owner as a card shows one: initials, and the name for those who point at them."""

    initials: str
    get_full_name: str

    @classmethod
    def of(cls, user: User) -> "Face":
        """That of a user."""
        return cls(user.initials, user.get_full_name())


@dataclass(frozen=True)
class Addresses:
    """Where a card leads; made once for a whole board, because reversing addresses takes its time."""

    page: str
    move: str
    card: str

    @classmethod
    def read(cls) -> "Addresses":
        """The addresses with a gap for the key of a deal."""
        names = ("deal_detail", "deal_move", "deal_card")
        return cls(*(reverse(f"pipeline:{name}", args=[0]).replace("/0/", "/{}/", 1) for name in names))

    def of(self, pk: int) -> "Addresses":
        """Those of one deal."""
        return Addresses(*(address.format(pk) for address in (self.page, self.move, self.card)))


@dataclass(frozen=True)
class CardLook:
    """Everything a card shows and nothing else: cards that look the same are drawn once (`deal_card`)."""

    pk: int
    stage: int
    # The day its column is sorted by, and the moment the deal was last touched, for the script of the board.
    order: str
    touched: str
    urls: Addresses
    is_editable: bool
    # The stage it cannot leave, because something mandatory is not settled there.
    held_in: int | None
    customer: str
    title: str
    value: Decimal
    currency: str
    fact: Fact | None
    # Nobody where all cards are one owner's.
    owner: Face | None
    next_step: str
    next_step_on: date | None
    days: int
    is_too_long: bool
    usual: str

    @property
    def menu_label(self) -> str:
        """What its menu button is called."""
        return _("Move %(customer)s") % {"customer": self.customer}


@dataclass(frozen=True)
class Card:
    """One deal on the board."""

    deal: Deal
    look: CardLook

    @property
    def fact(self) -> Fact | None:
        """The one fact that matters in its stage."""
        return self.look.fact
