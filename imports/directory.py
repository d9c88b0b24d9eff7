"""Reps, teams, products and sources that a foreign table names: found, or prepared to be created."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import count
from typing import Generic, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models

from accounts.models import Team, User
from catalog.models import Product
from core.sentences import sentence as _
from imports.cells import folded
from imports.columns import normal_name
from leads.models import Source

Named = TypeVar("Named", bound=models.Model)

NO_MAIL_DOMAIN = "import.invalid"
"""No mail ever reaches this domain (RFC 2606), so nobody can be sent a password for such an address."""
_CLOSE_ENOUGH = 0.85
_MOST_COMPARED = 100_000


class NameAmbiguousError(Exception):
    """A name fits several of ours; carries the reason for the user."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A foreign name that looks much like one of ours: taken for it, or created all the same."""

    field: str
    theirs: str
    ours: str
    count: int
    is_taken_for_ours: bool = False


class NamedRows(Generic[Named]):
    """Rows known by their name, without regard to case; others are prepared, but not saved."""

    def __init__(self, known: Iterable[tuple[str, Named]], make: Callable[[str], Named]) -> None:
        self._known: dict[str, Named] = {}
        self._names: dict[str, str] = {}
        for name, row in known:
            self._known.setdefault(folded(name), row)
            self._names.setdefault(normal_name(name), name)
        self._make = make
        self._prepared: dict[str, tuple[str, Named]] = {}
        self._counts: Counter[str] = Counter()

    @property
    def prepared(self) -> list[Named]:
        """The rows to create, in the order in which they were first named."""
        return [row for _name, row in self._prepared.values()]

    def find(self, name: str) -> Named | None:
        """The row of that name, if there is one already."""
        key = folded(name)
        return self._known.get(key) or self._prepared.get(key, ("", None))[1]

    def get(self, name: str) -> Named:
        """The row of that name, prepared where there is none."""
        key = folded(name)
        self._counts[key] += 1
        row = self.find(name)
        if row is None:
            row = self._make(name)
            self._prepared[key] = name, row
        return row

    def look_alikes(self, field: str) -> list[LookAlike]:
        """For each prepared name the one of ours that looks much like it."""
        found = []
        for key, (name, _row) in self._prepared.items():
            ours = self._names.get(normal_name(name)) or self._close_to(name)
            if ours:
                found.append(LookAlike(field, name, ours, self._counts[key]))
        return found

    def _close_to(self, name: str) -> str:
        if len(self._names) * len(self._prepared) > _MOST_COMPARED:
            return ""
        close = get_close_matches(normal_name(name), self._names, n=1, cutoff=_CLOSE_ENOUGH)
        return self._names[close[0]] if close else ""


def known_teams() -> NamedRows[Team]:
    """The sales teams, by name."""
    return NamedRows(((team.name, team) for team in Team.objects.all()), lambda name: Team(name=name))


def known_sources() -> NamedRows[Source]:
    """The sources of leads, by name."""
    return NamedRows(
        ((source.name, source) for source in Source.objects.all()), lambda name: Source(name=name)
    )


def known_products() -> NamedRows[Product]:
    """The products, by name and by number; a new one gets the next free number of its own kind."""
    products = list(Product.objects.order_by("-is_active", "pk"))
    taken = {product.number for product in products}
    numbers = (number for n in count(1) if (number := f"IMP-{n:04d}") not in taken)
    names = ((product.name, product) for product in products)
    known = [*names, *((product.number, product) for product in products)]
    return NamedRows(known, lambda name: Product(number=next(numbers), name=name))


class Reps:
    """Users who own deals: found by address or name, else prepared as inactive users without password."""

    def __init__(self, teams: NamedRows[Team]) -> None:
        self._teams = teams
        self._unassigned = Team.objects.unassigned()
        self._by_address: dict[str, User] = {}
        self._by_name: dict[str, list[User]] = {}
        self.prepared: list[User] = []
        for user in User.objects.select_related("team").order_by("-is_active", "pk"):
            self._by_address[user.email.lower()] = user
            for name in (user.get_full_name(), f"{user.last_name}, {user.first_name}"):
                self._by_name.setdefault(folded(name), []).append(user)

    def find(self, text: str) -> User | None:
        """The user of that address or name; of several the only active one. Raises NameAmbiguousError."""
        user = self._by_address.get(folded(text))
        if user is not None:
            return user
        users = self._by_name.get(folded(text), [])
        active = [user for user in users if user.is_active]
        if len(active) > 1 or (not active and len(users) > 1):
            raise NameAmbiguousError(
                _("Several users are called “%(name)s”; map the name to an e-mail address.") % {"name": text}
            )
        return next(iter(active or users), None) or self._by_address.get(derived_address(text))

    def get(self, text: str, team: str = "") -> User:
        """The user of that address or name, prepared where there is none; see find."""
        user = self.find(text)
        if user is None:
            user = self._prepare(text)
        if team and user.pk is None and user.team is self._unassigned:
            user.team = self._teams.get(team)
        return user

    def _prepare(self, text: str) -> User:
        first_name, last_name = split_name(text or _("Not assigned"))
        user = User(
            email=derived_address(text),
            first_name=first_name[:80],
            last_name=last_name[:80],
            team=self._unassigned,
            is_active=False,
            password=make_password(None),
        )
        self._by_address[user.email] = user
        self.prepared.append(user)
        return user


def derived_address(text: str) -> str:
    """An address that stands for a rep without one, the same for the same name; no mail reaches it."""
    name = text.partition("@")[0] if "@" in text else " ".join(split_name(text))
    plain = (
        unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss")).encode("ascii", "ignore").decode()
    )
    local = re.sub("[^a-z0-9]+", ".", plain).strip(".")[:60]
    if not local:
        local = f"rep-{hashlib.sha256(text.encode()).hexdigest()[:12]}" if text else "not.assigned"
    return f"{local}@{NO_MAIL_DOMAIN}"


def split_name(text: str) -> tuple[str, str]:
    """First and last name of `Anna Berg`, `Berg, Anna` or `anna.berg@firma.example`."""
    if "@" in text:
        text = re.sub(r"[._-]+", " ", text.partition("@")[0]).title()
    last_name, comma, first_name = (part.strip() for part in text.partition(","))
    if comma and first_name:
        return first_name, last_name
    first_name, _blank, last_name = text.strip().rpartition(" ")
    return (first_name.strip(), last_name) if first_name else (last_name, "")
