"""Writing companies and persons: what both have in common when they come in from a file."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.actions.tags import tags_of_many
from contacts.models import Address, Channel, Company, FieldStand, Person, Tagging
from contacts.stand import WHOLE, Origin, record_stands
from contacts.suppression import suppressed
from core.copying import copy_rows
from imports.contact_rows import LONGEST_NOTE, same_kind
from imports.read_rows import ReadRow
from imports.run import MOST_SAMPLES, Run, Sample

Contact = TypeVar("Contact", Company, Person)


@dataclass(slots=True)
class Incoming(Generic[Contact]):
    """One row on its way in: the row of ours it is, what it says, and what is different there."""

    read: ReadRow
    facts: dict[str, object]
    row: Contact | None = None
    channels: list[tuple[str, str, str]] = field(default_factory=list)
    address: dict[str, str] | None = None
    extra: dict[str, object] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)


class ContactWriter(Generic[Contact]):
    """Writes many companies, or many persons: new ones, and what newer files say of those we know."""

    def __init__(self, model: type[Contact], run: Run) -> None:
        self.model: type[Contact] = model
        self.run = run
        self._said: dict[type, list[tuple[int, str]]] = defaultdict(list)
        self._confirmed: dict[type, list[tuple[int, str]]] = defaultdict(list)

    def write(self, incoming: Sequence[Incoming[Contact]]) -> None:
        """Write them, their numbers and addresses, and how fresh all of that is."""
        new = [entry for entry in incoming if entry.row is None]
        known = [entry for entry in incoming if entry.row is not None]
        self._create(new)
        tagged = self._tag(incoming)
        self._update(known, tagged)
        self._note_stands()
        values = [(kind, value) for entry in incoming for kind, value, _label in entry.channels]
        self._count_blocked(values)

    def _create(self, new: Sequence[Incoming[Contact]]) -> None:
        for entry in new:
            entry.row = self.model(**entry.facts, extra=entry.extra)
        copy_rows(self.model, [entry.row for entry in new if entry.row])
        for entry in new:
            self._say(entry.row, _said(entry))
        self.run.made((entry.read.line, entry.row) for entry in new if entry.row)
        self.run.tally.counts["created"] += len(new)
        for entry in new[:MOST_SAMPLES]:
            self.run.sample(Sample(entry.read.line, str(entry.row)[:100]))
        self._add_reach((entry, entry.channels, entry.address) for entry in new)

    def _tag(self, incoming: Sequence[Incoming[Contact]]) -> set[int]:
        """Give them the tags of their rows; answer the lines that brought any."""
        own = self.model._meta.model_name or ""
        tags = tags_of_many({name for entry in incoming for name in entry.tags})
        keys = [entry.row.pk for entry in incoming if entry.tags and entry.row]
        present = set(Tagging.objects.filter(**{f"{own}__in": keys}).values_list(f"{own}_id", "tag_id"))
        made: list[tuple[int, Tagging]] = []
        for entry in incoming:
            wanted = {tags.found[name].pk: tags.found[name] for name in entry.tags}
            for pk, tag in wanted.items():
                if entry.row and (entry.row.pk, pk) not in present:
                    made.append((entry.read.line, Tagging(**{own: entry.row}, tag=tag)))
                    self._say(entry.row, ["tags"])
        copy_rows(Tagging, [row for _line, row in made])
        self.run.made((0, tag) for tag in tags.new)
        self.run.made(made)
        return {line for line, _row in made}

    def _update(self, known: Sequence[Incoming[Contact]], tagged: set[int]) -> None:
        rows = [entry.row for entry in known if entry.row]
        stands = self._stands(rows)
        changed: list[tuple[int, models.Model, str]] = []
        names: set[str] = set()
        for entry in known:
            before = self._compared(entry, stands)
            names |= before.keys()
            if before and entry.row:
                changed.append((entry.read.line, entry.row, json.dumps(before, default=str)))
                if len(changed) <= MOST_SAMPLES:
                    self.run.sample(
                        Sample(entry.read.line, str(entry.row)[:100], _changes(entry.row, before))
                    )
        if changed:
            touched = [entry.row for entry in known if entry.row]
            self.model.objects.bulk_update(touched, [*sorted(names), "version", "updated_at"], batch_size=500)
            self.run.changed(changed)
        added = self._new_reach(known)
        self._add_reach(added)
        reached = {entry.read.line for entry, _channels, _address in added}
        touched_lines = {line for line, _row, _before in changed} | reached
        touched_lines |= tagged & {entry.read.line for entry in known}
        self.run.tally.counts["updated"] += len(touched_lines)
        self.run.tally.counts["unchanged"] += len(known) - len(touched_lines)

    def _compared(
        self, entry: Incoming[Contact], stands: dict[tuple[int, str], datetime]
    ) -> dict[str, object]:
        """Put what the file says newer into the row; answer what stood there before, by column."""
        row, before = entry.row, dict[str, object]()
        if row is None:
            return before
        for name, value in entry.facts.items():
            present = getattr(row, name)
            if name == "note" and present and value:
                value = present if str(value) in present else f"{present}\n{value}"[:LONGEST_NOTE]
            if value in (None, "", []) or value == present:
                self._confirm(row, _name(self.model, name), is_said=value not in (None, "", []))
            elif present in (None, "", []) or name == "note" or self._is_newer(row, name, stands):
                before[_column(self.model, name)] = _plain(present)
                setattr(row, name, value)
                self._say(row, [_name(self.model, name)])
            else:
                self.run.tally.notes[_("kept, because it was confirmed here later")] += 1
        self._compare_extra(entry, row, before, stands)
        if before:
            row.version += 1
            row.updated_at = self.run.now
        return before

    def _compare_extra(
        self,
        entry: Incoming[Contact],
        row: Contact,
        before: dict[str, object],
        stands: dict[tuple[int, str], datetime],
    ) -> None:
        for code, value in entry.extra.items():
            present = row.extra.get(code)
            if present == value:
                self._confirm(row, f"extra:{code}", is_said=True)
            elif present is None or self._is_newer(row, f"extra:{code}", stands):
                before.setdefault("extra", dict(row.extra))
                row.extra = {**row.extra, code: value}
                self._say(row, [f"extra:{code}"])

    def _is_newer(self, row: Contact, name: str, stands: dict[tuple[int, str], datetime]) -> bool:
        return self.run.as_of > stands.get((row.pk, _name_of(self.model, name)), row.created_at)

    def _new_reach(
        self, known: Sequence[Incoming[Contact]]
    ) -> list[tuple[Incoming[Contact], list[tuple[str, str, str]], dict[str, str] | None]]:
        """The numbers and addresses of known contacts that we do not have yet; the others are confirmed."""
        own = self.model._meta.model_name
        keys = [entry.row.pk for entry in known if entry.row]
        channels: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
        for pk, owner, kind, value in Channel.objects.filter(**{f"{own}__in": keys}).values_list(
            "pk", f"{own}_id", "kind", "value"
        ):
            channels[owner][same_kind(kind), value] = pk
        places: dict[int, list[Address]] = defaultdict(list)
        for address in Address.objects.filter(**{f"{own}__in": keys}):
            places[getattr(address, f"{own}_id")].append(address)
        added = []
        for entry in known:
            owner = entry.row.pk if entry.row else 0
            lacks = []
            for kind, value, label in entry.channels:
                pk = channels[owner].get((same_kind(kind), value))
                if pk is None:
                    lacks.append((kind, value, label))
                else:
                    self._confirmed[Channel].append((pk, WHOLE))
            said = entry.address
            same = next((place for place in places[owner] if said and _is_same(place, said)), None)
            if same is not None:
                self._confirmed[Address].append((same.pk, WHOLE))
                said = None
            if lacks or said:
                added.append((entry, lacks, said))
        return added

    def _add_reach(
        self,
        entries: Iterable[tuple[Incoming[Contact], list[tuple[str, str, str]], dict[str, str] | None]],
    ) -> None:
        own = self.model._meta.model_name or ""
        channels: list[tuple[int, Channel]] = []
        addresses: list[tuple[int, Address]] = []
        for entry, said, place in entries:
            line = entry.read.line
            channels += [
                (line, Channel(**{own: entry.row}, kind=kind, value=value, label=label))
                for kind, value, label in said
            ]
            if place:
                addresses.append((line, Address(**{own: entry.row}, **place)))
        copy_rows(Channel, [row for _line, row in channels])
        copy_rows(Address, [row for _line, row in addresses])
        for line, row in [*channels, *addresses]:
            self._said[type(row)].append((row.pk, WHOLE))
            self.run.made([(line, row)])

    def _stands(self, rows: Sequence[Contact]) -> dict[tuple[int, str], datetime]:
        own = self.model._meta.model_name
        found = FieldStand.objects.filter(**{f"{own}__in": [row.pk for row in rows]})
        return {(pk, name): at for pk, name, at in found.values_list(f"{own}_id", "field", "confirmed_at")}

    def _say(self, row: Contact | None, names: Collection[str]) -> None:
        if row is not None:
            self._said[self.model] += [(row.pk, name) for name in names]

    def _confirm(self, row: Contact, name: str, *, is_said: bool) -> None:
        if is_said:
            self._confirmed[self.model].append((row.pk, name))

    def _note_stands(self) -> None:
        for pairs, only_if_newer in ((self._said, False), (self._confirmed, True)):
            for model, said in pairs.items():
                record_stands(
                    model,
                    said,
                    origin=Origin.IMPORT,
                    by=self.run.actor,
                    at=self.run.as_of,
                    source=self.run.source,
                    only_if_newer=only_if_newer,
                )

    def _count_blocked(self, values: Sequence[tuple[str, str]]) -> None:
        """Numbers and addresses that someone objected to come in, and stay blocked for advertising."""
        means = {Channel.Kind.PHONE: "phone", Channel.Kind.MOBILE: "phone", Channel.Kind.EMAIL: "email"}
        asked = [(means[Channel.Kind(kind)], value) for kind, value in values if kind in means]
        blocked = len(suppressed(asked))
        if blocked:
            self.run.tally.notes[_("numbers or addresses on the list of objections, blocked")] += blocked


def _changes(row: models.Model, before: dict[str, object]) -> list[tuple[str, str, str]]:
    """What a row said and what it says now; of references only that they changed."""
    told = []
    for name, value in before.items():
        old, new = ("", "") if name.endswith("_id") else (_shown(value), _shown(getattr(row, name)))
        told.append((name, old, new))
    return told


def _shown(value: object) -> str:
    """A value in a line."""
    if isinstance(value, dict):
        value = [f"{code}: {said}" for code, said in value.items()]
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return " ".join(text.split())[:100]


def _is_same(place: Address, said: dict[str, str]) -> bool:
    present = (place.street, place.postal_code, place.city)
    wanted = tuple(said.get(name, "") for name in ("street", "postal_code", "city"))
    return [text.casefold() for text in present] == [text.casefold() for text in wanted]


def _said(entry: Incoming[Contact]) -> list[str]:
    """The fields of a new row that say something."""
    model = type(entry.row)
    told: list[str] = [_name(model, key) for key, value in entry.facts.items() if value not in (None, "", [])]
    return [*told, *(f"extra:{code}" for code in entry.extra)]


def _name_of(model: type, name: str) -> str:
    return name if ":" in name else _name(model, name)


def _name(model: type, name: str) -> str:
    return str(model._meta.get_field(name).name)  # type: ignore[attr-defined]


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _plain(value: object) -> object:
    return value.pk if isinstance(value, models.Model) else value
