"""Who calls: the person or the company of a telephone number."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from contacts.models import Channel, Company, Person
from contacts.phones import parsed, readable

MOST = 20
# A direct line shares all but its last digits with the switchboard.
LONGEST_EXTENSION = 4
SHORTEST_NUMBER = 7


@dataclass(frozen=True)
class Match:
    """One customer a number belongs to; `is_certain` says that it is their very number."""

    row: Company | Person
    is_certain: bool

    @property
    def kind(self) -> str:
        """company or person."""
        return "company" if isinstance(self.row, Company) else "person"

    @property
    def url(self) -> str:
        """The page of the customer."""
        return reverse(f"contacts:{self.kind}_detail", args=[self.row.pk])


@dataclass(frozen=True)
class Caller:
    """A number, as it is kept and as it is read, and whom it belongs to; empty for what is no number."""

    number: str
    shown: str
    matches: list[Match]


def find_caller(text: str, user: User) -> Caller:
    """Whom a number belongs to, persons first; else the companies behind whose switchboard it may be."""
    try:
        number = parsed(text.strip().replace("tel:", ""))
    except ValidationError:
        return Caller("", text.strip(), [])
    matches = _matches([number], user, is_certain=True) or _matches(
        _switchboards(number), user, is_certain=False
    )
    return Caller(number, readable(number), matches)


def _matches(numbers: list[str], user: User, *, is_certain: bool) -> list[Match]:
    owned = Q(kind__in=[Channel.Kind.PHONE, Channel.Kind.MOBILE], value__in=numbers)
    channels = list(Channel.objects.filter(owned).order_by("pk").values_list("person", "company")[: 2 * MOST])
    people = (
        Person.objects.visible_to(user).current().filter(pk__in=[person for person, _c in channels if person])
    )
    firms = Company.objects.visible_to(user).current().filter(pk__in=[firm for _p, firm in channels if firm])
    if not is_certain:
        people = people.none()
    found: list[Company | Person] = [
        *people.order_by("sort_key", "pk")[:MOST],
        *firms.order_by("sort_key", "pk")[:MOST],
    ]
    return [Match(row, is_certain) for row in found[:MOST]]


def _switchboards(number: str) -> list[str]:
    """+49 30 123456 may be extension 56 of +49 30 12340 or +49 30 1234."""
    stems = [number[:-cut] for cut in range(1, LONGEST_EXTENSION + 1)]
    return [line for stem in stems if len(stem) > SHORTEST_NUMBER for line in (stem, f"{stem}0")]
