"""Everything the database holds of one person, found by walking the foreign keys of the models.

No table is named here: one that points at a person is found as soon as it exists. Rows of a person bring
their parts along (what is deleted with them); what a person shares with a company or its deals comes alone.
Entries that were merged are one human being: whichever of them is asked for, all of them are held.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.apps import apps
from django.db import models
from django.db.models import Q

from activities.models import Activity
from contacts.merging import survivor_of
from contacts.models import Person
from privacy.correspondence import inquiries_of, mails_of

# Copies of figures and signs of work hold nothing personal; sessions and log-ins belong to users.
NOT_HELD = {"reporting", "sessions", "admin", "auth", "axes", "contenttypes"}

Model = type[models.Model]


@dataclass
class Holdings:
    """The rows of one person by table, and what the audit keeps of them."""

    person: Person
    # The keys of all entries of this person: the one that stands for them and those merged into it.
    selves: frozenset[int]
    rows: dict[Model, dict[object, models.Model]] = field(default_factory=dict)
    # Of the first person in a table: rows that are there on account of them alone.
    parts: set[tuple[Model, object]] = field(default_factory=set)

    def add(self, row: models.Model, *, is_part: bool) -> bool:
        """Take a row in; whether it is new."""
        known = self.rows.setdefault(type(row), {})
        if row.pk in known:
            return False
        known[row.pk] = row
        if is_part:
            self.parts.add((type(row), row.pk))
        return True

    def of(self, model: Model) -> list[models.Model]:
        """The rows of one table, in the order they were written."""
        return [
            row for _key, row in sorted(self.rows.get(model, {}).items(), key=lambda entry: str(entry[0]))
        ]

    def past(self) -> Iterator[tuple[Model, "models.QuerySet[models.Model]"]]:
        """What the audit keeps of these rows, and of rows of the person that are gone, table by table."""
        for model, history in histories().items():
            found = Q(pgh_obj_id__in=list(self.rows.get(model, {})))
            columns = {column.name: column for column in history._meta.concrete_fields}
            if "person" in columns and columns["person"].related_model is Person:
                found |= Q(person_id__in=self.selves)
            rows = history._base_manager.filter(found).order_by("pgh_id")
            yield history, rows


def read_holdings(person: Person) -> Holdings:
    """Walk from the person to everything that points at them, and from there to the parts, table by table."""
    entries = entries_of(person)
    held = Holdings(entries[0], frozenset(entry.pk for entry in entries))
    waiting: list[list[models.Model]] = [[*entries], list(inquiries_of(entries))]
    for row in chain(*waiting):
        held.add(row, is_part=False)
    while waiting:
        wave = waiting.pop()
        for relation in _relations(type(wave[0])) if wave else []:
            leading = [row for row in wave if _leads_on(row, relation, held.person)]
            if fresh := _pointing_at(leading, relation, held):
                waiting.append(fresh)
    for mail in mails_of(entries, held.rows.get(Activity, {})):
        held.add(mail, is_part=False)
    return held


def entries_of(person: Person) -> list[Person]:
    """The entry that stands for somebody today, then all that were merged into it."""
    found = [Person.objects.get(pk=survivor_of(Person.objects.get(pk=person.pk)).pk)]
    for entry in found:  # grows on the way: what was merged into a merged entry comes, too
        found += entry.absorbed.order_by("pk")
    return found


def _pointing_at(
    rows: list[models.Model], relation: models.ManyToOneRel, held: Holdings
) -> list[models.Model]:
    """The rows of one table that point at these, taken in where they are new and not about someone else."""
    if not rows:
        return []
    pointing = relation.related_model._base_manager.filter(
        **{f"{relation.field.name}__in": [row.pk for row in rows]}
    )
    if "deal" in {column.name for column in relation.related_model._meta.concrete_fields}:
        pointing = pointing.select_related("deal")
    mine = [found for found in pointing if not _is_anothers(found, held)]
    return [found for found in mine if held.add(found, is_part=_is_part(relation))]


def histories() -> dict[Model, Model]:
    """The tables of the audit by the tables they watch."""
    return {
        model.pgh_tracked_model: model  # type: ignore[attr-defined]
        for model in apps.get_models(include_auto_created=True)
        if getattr(model, "pgh_tracked_model", None) is not None
    }


def is_their_own(row: models.Model, person: Person) -> bool:
    """Whether a row concerns this person alone: neither a company nor the deal of one has a share in it."""
    if isinstance(row, Person):
        return row.pk == person.pk
    if getattr(row, "company_id", None) is not None:
        return False
    deal = getattr(row, "deal", None)
    return deal is None or deal.company_id is None


def _relations(model: Model) -> list[models.ManyToOneRel]:
    return [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
        and relation.related_model._meta.app_label not in NOT_HELD
        and not hasattr(relation.related_model, "pgh_tracked_model")
    ]


def _leads_on(row: models.Model, relation: models.ManyToOneRel, person: Person) -> bool:
    """Parts follow their whole, an inquiry is one person's; a deal is theirs when no company has a share."""
    if row._meta.model_name == "deal":
        return is_their_own(row, person)
    if isinstance(row, Person) or row._meta.model_name == "lead":
        return True
    return _is_part(relation)


def _is_part(relation: models.ManyToOneRel) -> bool:
    """What is deleted with a row, and what is one with it."""
    return relation.on_delete is models.CASCADE or isinstance(relation, models.OneToOneRel)


def _is_anothers(row: models.Model, held: Holdings) -> bool:
    """Whether a row is about another person, although something of this one's leads to it."""
    others = [
        getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if column.related_model is Person and column.name == "person"
    ]
    return bool(others) and others[0] is not None and others[0] not in held.selves
