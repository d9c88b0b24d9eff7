"""Taking back a whole import: what nobody has touched since goes, what somebody has is left and listed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions import deals_of, follow_deals
from activities.models import Activity, FollowUp, TimelineMark
from contacts.models import (
    Address,
    Channel,
    Company,
    DuplicatePair,
    Employment,
    FieldStand,
    MatchKey,
    Person,
    Tag,
    Tagging,
)
from contacts.purchases import repair_purchases
from contacts.stand import LONGEST_SOURCE
from core import events
from core.progress import Progress
from imports.marks import CODES, take_marks_back
from imports.models import Import, ImportRow
from leads.models import Lead
from pipeline.models import Deal

BATCH = 2000
# Their histories stay, so they are voided and stand in no list.
VOIDED: tuple[type[models.Model], ...] = (Deal, Lead)
# They belong to a contact and go with it; what hangs on them is no reason to keep it.
PARTS: tuple[type[models.Model], ...] = (Channel, Address, Employment, Tagging)
# Words go when nobody bears them any more, so after everybody.
LAST: tuple[type[models.Model], ...] = (Tag,)
# Rows that follow from others and never keep them from going.
FOLLOWING: tuple[type[models.Model], ...] = (FieldStand, MatchKey, DuplicatePair)


def undo_import(brought: Import, progress: Progress) -> dict[str, object]:
    """Take back everything an import wrote, in one transaction; answer how many rows went and how many stay.

    A row is untouched while the transaction that wrote it last is still the import's, and nothing hangs on it
    that the import did not bring. Deals are voided, their history stays, and whom they name is archived.
    """
    with transaction.atomic():
        brought = (
            Import.objects.select_for_update(of=["self"])
            .select_related("actor", "job__actor")
            .get(pk=brought.pk)
        )
        if brought.state != Import.State.DONE:
            return {}
        undo = _Undo(brought, progress)
        undo.run()
        # Orders and wins are gone that made somebody a customer.
        repair_purchases()
        brought.state, brought.undone_at = Import.State.UNDONE, timezone.now()
        brought.save(update_fields=["state", "undone_at"])
        actor = brought.job.actor if brought.job else None
        events.record("import.undone", brought, actor=actor, rows=undo.undone, left=undo.left)
    return {"undone": undo.undone, "left": undo.left}


def left_rows(brought: Import, limit: int) -> list[tuple[str, str, str]]:
    """Up to so many rows that an undo left: what they are, what they are called, and where."""
    found = []
    for entry in brought.rows.filter(fate=ImportRow.Fate.LEFT).order_by("pk")[:limit]:
        model = apps.get_model(entry.model)
        row = model._base_manager.filter(pk=entry.row).first()
        if row is not None:
            address = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
            found.append((str(model._meta.verbose_name), str(row) or _("without a name"), address))
    return found


class _Undo:
    """One undo: table by table, those that refer to others first, the parts of contacts at the end."""

    def __init__(self, brought: Import, progress: Progress) -> None:
        self._brought, self._progress = brought, progress
        self.undone = self.left = 0
        self._passed: set[type[models.Model]] = set()
        self._actor = brought.job.actor if brought.job and brought.job.actor else brought.actor
        self._rows: dict[type[models.Model], list[ImportRow]] = defaultdict(list)
        for row in brought.rows.order_by("-pk").defer("before"):
            self._rows[apps.get_model(row.model)].append(row)
        self._new = {model: {row.row for row in rows if row.is_new} for model, rows in self._rows.items()}
        # The parts of contacts it made: asked for with every batch of contacts.
        self._made = {
            (model, row.row): row for model in PARTS for row in self._rows.get(model, ()) if row.is_new
        }

    def run(self) -> None:
        """Take back all tables."""
        self._progress.report(0, total=sum(map(len, self._rows.values())))
        whole = [model for model in self._rows if model not in (*PARTS, *LAST)]
        concerned = self._deals_concerned()
        for model in [*_referring_first(whole), *(model for model in (*PARTS, *LAST) if model in self._rows)]:
            take_back = self._take_back_parts if model in PARTS else self._take_back
            rows = self._rows[model]
            for start in range(0, len(rows), BATCH):
                take_back(model, rows[start : start + BATCH])
                done = self.undone + self.left
                self._progress.report(done, message=str(model._meta.verbose_name_plural))
            self._passed.add(model)
        follow_deals(concerned, actor=self._actor)
        self._forget_stands()

    def _forget_stands(self) -> None:
        """What the import confirmed is not confirmed any more; those who stay keep what was said of them."""
        run = self._brought
        confirmed_at = min(run.as_of, run.done_at or run.as_of)
        stands = FieldStand.objects.filter(origin=FieldStand.Origin.IMPORT, by=run.actor_id)
        stands = stands.filter(source=run.title[:LONGEST_SOURCE], confirmed_at=confirmed_at)
        left = run.rows.filter(fate=ImportRow.Fate.LEFT)
        for model in (Company, Person):
            name, kept = model._meta.model_name, left.filter(model=model._meta.label_lower).values("row")
            for path in (name, f"channel__{name}", f"address__{name}"):
                stands = stands.exclude(**{f"{path}__in": kept})
        stands.delete()

    def _deals_concerned(self) -> set[int]:
        """Deals that were here before, and say of what came in what their next step is."""
        keys = {model: [row.row for row in self._rows.get(model, ())] for model in (Activity, FollowUp)}
        return deals_of(keys[Activity], keys[FollowUp]) - self._new.get(Deal, set())

    def _take_back(self, model: type[models.Model], rows: Sequence[ImportRow]) -> None:
        untouched = _untouched(model, rows)
        new = [row for row in rows if row.is_new and row.row in untouched]
        held = self._held(model, [row.row for row in new])
        going = [row for row in new if row.row not in held]
        changed = [row for row in rows if not row.is_new and row.row in untouched]
        take_marks_back(self._brought, model, [row.row for row in [*going, *changed]])
        _remove(model, [row.row for row in going])
        _restore(model, changed, self._brought)
        self._note(rows, {row.pk for row in [*going, *changed]})

    def _take_back_parts(self, model: type[models.Model], rows: Sequence[ImportRow]) -> None:
        """Numbers, addresses and employments of someone who was here before; the others went, or stay."""
        untouched = _untouched(model, rows)
        there = {row.pk: row for row in model._base_manager.filter(pk__in=[row.row for row in rows])}
        belonging = {pk for pk, row in there.items() if self._belongs_to_new(row)}
        going = [pk for pk in there if pk in untouched and pk not in belonging]
        for owner in (Company, Person):
            name = f"{owner._meta.model_name}_id"
            owners = {getattr(there[pk], name) for pk in going} - {None}
            take_marks_back(self._brought, owner, owners)
        model._base_manager.filter(pk__in=going).delete()
        self._note(
            rows, {row.pk for row in rows if row.row not in there or row.row in going or row.row in belonging}
        )

    def _note(self, rows: Sequence[ImportRow], gone: set[int]) -> None:
        left = [row.pk for row in rows if row.pk not in gone]
        ImportRow.objects.filter(pk__in=left).update(fate=ImportRow.Fate.LEFT)
        ImportRow.objects.filter(pk__in=gone).update(fate=ImportRow.Fate.UNDONE)
        self.left += len(left)
        self.undone += len(gone)

    def _held(self, model: type[models.Model], keys: Sequence[int]) -> set[int]:
        """The rows on which something hangs that the import did not bring, or that stays."""
        held: set[int] = set()
        if model in VOIDED:
            return held
        for other, name in _hanging(model):
            rows = other._base_manager.filter(**{f"{name}__in": keys})
            if other in PARTS:
                held.update(self._held_by_parts(other, name, rows))
                continue
            if other in VOIDED:
                rows = rows.filter(voided_at=None)
            if other is TimelineMark:
                rows = rows.exclude(code__in=CODES)
            held.update(rows.values_list(name, flat=True))
        return held

    def _held_by_parts(
        self, model: type[models.Model], name: str, rows: models.QuerySet[models.Model]
    ) -> Iterator[int]:
        parts = list(rows)
        own = [brought for part in parts if (brought := self._made.get((model, part.pk)))]
        untouched = _untouched(model, own) if own else set()
        for row in parts:
            if row.pk not in untouched or self._belongs_to_new(row, but=name):
                yield getattr(row, name)

    def _belongs_to_new(self, part: models.Model, *, but: str = "") -> bool:
        """Whether a part belongs to someone the import brought, whose turn it was, and who is still here."""
        for field in part._meta.concrete_fields:
            key = getattr(part, field.attname)
            if not field.is_relation or field.attname == but or key is None:
                continue
            owner = field.related_model
            if (
                owner in self._passed
                and key in self._new.get(owner, ())
                and owner._base_manager.filter(pk=key).exists()
            ):
                return True
        return False


def _hanging(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """The tables that refer to a table, with the column; the audit and what follows from a row apart."""
    for relation in model._meta.get_fields(include_hidden=True):
        other = relation.related_model
        is_reverse = relation.auto_created and not relation.concrete
        if not is_reverse or not (relation.one_to_many or relation.one_to_one) or not isinstance(other, type):
            continue
        if other not in FOLLOWING and not hasattr(other, "pgh_tracked_model"):
            yield other, relation.field.attname  # type: ignore[union-attr]


def _remove(model: type[models.Model], keys: Sequence[int]) -> None:
    """Delete rows; deals are voided, and whom voided deals name is archived."""
    now = timezone.now()
    if model in VOIDED:
        model._base_manager.filter(pk__in=keys).update(voided_at=now)
        return
    rows = model._base_manager.filter(pk__in=keys)
    if model in (Company, Person):
        name = f"{model._meta.model_name}_id"
        named = Deal.objects.filter(**{f"{name}__in": keys}).values_list(name, flat=True)
        kept = {pk for pk in named if pk is not None}
        rows.filter(pk__in=kept).update(archived_at=now)
        rows = rows.exclude(pk__in=kept)
    rows.delete()


def _restore(model: type[models.Model], entries: Sequence[ImportRow], brought: Import) -> None:
    """Put back what stood there; the version goes on, so that an open form notices."""
    attnames = {field.attname: field for field in model._meta.concrete_fields}
    rows = model._base_manager.in_bulk([entry.row for entry in entries])
    for entry in entries:
        row, before = rows[entry.row], entry.before or {}
        for name, value in before.items():
            setattr(row, name, attnames[name].to_python(value) if value is not None else None)
        if hasattr(row, "version"):
            row.version += 1
        row.save()
        if hasattr(row, "stands"):
            names = [attnames[name].name for name in before]
            row.stands.filter(field__in=names, confirmed_at=brought.as_of).delete()


def _untouched(model: type[models.Model], rows: Sequence[ImportRow]) -> set[int]:
    """The rows whose last writer is still the import."""
    marks = {row.row: row.mark for row in rows}
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, xmin::text::bigint FROM {table} WHERE id = ANY(%s) FOR UPDATE",  # noqa: S608
            [list(marks)],
        )
        return {pk for pk, mark in cursor.fetchall() if marks[pk] == mark}


def _referring_first(models_: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    """Tables in an order in which whoever refers to another comes before it."""
    left = sorted(set(models_), key=lambda model: (model is Company, model._meta.label_lower))
    ordered: list[type[models.Model]] = []
    while left:
        free = [
            model for model in left if not any(_refers(other, model) for other in left if other is not model)
        ]
        ordered += free or left[:1]
        left = [model for model in left if model not in ordered]
    return ordered


def _refers(model: type[models.Model], other: type[models.Model]) -> bool:
    return any(
        field.is_relation and field.concrete and field.related_model is other
        for field in model._meta.get_fields()
    )
