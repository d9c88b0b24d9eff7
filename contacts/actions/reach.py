"""Channels and addresses of a company or person."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from contacts.actions.contact import values
from contacts.models import Address, Channel, Company, Person
from contacts.stand import TYPED, WHOLE, Told, changed_by, record_stands, record_told
from core import events


@dataclass(frozen=True)
class ChannelFacts:
    """One way to reach a contact; `pk` is the row it was, None for a new one. Without a value it is to go."""

    kind: str
    value: str
    label: str = ""
    pk: int | None = None

    @property
    def is_emptied(self) -> bool:
        """Whether nothing is left of it."""
        return not self.value


@dataclass(frozen=True)
class AddressFacts:
    """One address of a contact; `pk` is the row it was, None for a new one. Without a place it is to go."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "DE"
    use: str = Address.Use.MAIN
    pk: int | None = None

    @property
    def is_emptied(self) -> bool:
        """Whether nothing is left of it."""
        return not (self.street or self.postal_code or self.city)


@dataclass(frozen=True)
class Reach:
    """Channels and addresses of a contact as a form showed them.

    Rows that are not named stay: someone else added them while the form was open.
    """

    channels: Sequence[ChannelFacts] = field(default_factory=tuple)
    addresses: Sequence[AddressFacts] = field(default_factory=tuple)


def keep_reach(contact: Company | Person, reach: Reach | None, told: Told, *, actor: User) -> None:
    """Write channels and addresses as the form showed them; None leaves all as they are."""
    if reach is None:
        return
    for rows, wanted in ((contact.channels, reach.channels), (contact.addresses, reach.addresses)):
        stated = _keep_rows(rows, wanted)
        record_stands(
            rows.model,
            ((pk, WHOLE) for pk in stated),
            origin=told.origin,
            by=actor,
            at=told.at,
            source=told.source,
        )


@transaction.atomic
def add_channel(contact: Company | Person, facts: ChannelFacts, told: Told = TYPED, *, actor: User) -> None:
    """Enter one more way to reach a contact; one that stands there already stays as it is."""
    contact = type(contact).objects.select_for_update().get(pk=contact.pk)
    if contact.channels.filter(kind=facts.kind, value__iexact=facts.value).exists():
        return
    keep_reach(contact, Reach(channels=[facts]), told, actor=actor)
    events.record(f"{contact._meta.model_name}.edited", contact, actor=actor)


def change(contact: Company | Person, facts: object, reach: Reach | None, told: Told, *, actor: User) -> None:
    """Write what a locked row says from now on, and how to reach it."""
    changed = changed_by(contact, facts)
    for name, value in values(facts, contact).items():
        setattr(contact, name, value)
    contact.version += 1
    contact.save()
    record_told(contact, changed, told, by=actor)
    keep_reach(contact, reach, told, actor=actor)


def _keep_rows(rows: object, wanted: Sequence[ChannelFacts] | Sequence[AddressFacts]) -> list[int]:
    """Write the rows of a contact as wanted, answer those that were new or changed.

    A key of someone else's row counts as new.
    """
    known: dict[int, Channel | Address] = {row.pk: row for row in rows.all()}  # type: ignore[attr-defined]
    stated = []
    for facts in wanted:
        said = {name: value for name, value in values(facts).items() if name != "pk"}
        row = known.get(facts.pk) if facts.pk else None
        if facts.is_emptied:
            if row is not None:
                row.delete()
        elif row is None:
            stated.append(rows.create(**said).pk)  # type: ignore[attr-defined]
        elif any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            row.save()
            stated.append(row.pk)
    return stated
