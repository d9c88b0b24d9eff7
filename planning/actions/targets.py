"""Setting targets: whole tables of them at once, as they were typed or read from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import events
from planning.errors import TargetsChanged
from planning.models import Line, Planned, SalesTarget

Cell = tuple[Line, date]
"""A place in the table of a rep or team: what, in which month."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a cell is to say and what the user saw in it; None: no target."""

    amount: Decimal | None
    seen: Decimal | None


@transaction.atomic
def set_targets(planned: Planned, changes: Mapping[Cell, Change], *, actor: User | None) -> int:
    """Set or take away the targets of a rep or team; answer how many changed.

    Refused whole where a cell says by now neither what the user saw nor what it is to say. The row of the
    rep or team is locked, because a target that does not exist yet cannot be.
    """
    _lock(planned)
    stored = stored_targets(planned, {month for _line, month in changes})
    present = {cell: target.amount for cell, target in stored.items()}
    if any(present.get(cell) not in (change.seen, change.amount) for cell, change in changes.items()):
        raise TargetsChanged(_("Someone else has changed one of these targets in the meantime."))

    changed = 0
    for cell, change in changes.items():
        changed += _set(planned, cell, stored.get(cell), change.amount)
    if changed:
        events.record("targets.set", planned.row, actor=actor, count=changed)
    return changed


@transaction.atomic
def take_over_targets(planned: Planned, amounts: Mapping[Cell, Decimal], *, actor: User | None) -> int:
    """Let a file have the last word on the cells it names; answer how many changed."""
    _lock(planned)
    stored = stored_targets(planned, {month for _line, month in amounts})
    changed = sum(_set(planned, cell, stored.get(cell), amount) for cell, amount in amounts.items())
    if changed:
        events.record("targets.set", planned.row, actor=actor, count=changed)
    return changed


def stored_targets(planned: Planned, months: set[date]) -> dict[Cell, SalesTarget]:
    """What stands in the table for some months, by its place."""
    rows = SalesTarget.objects.of(planned).filter(month__in=months)
    return {(row.line, row.month): row for row in rows}


def _lock(planned: Planned) -> None:
    model: type[models.Model] = type(planned.row)
    model._default_manager.select_for_update(no_key=True).get(pk=planned.row.pk)


def _set(planned: Planned, cell: Cell, target: SalesTarget | None, amount: Decimal | None) -> bool:
    line, month = cell
    if target is None:
        if amount is None:
            return False
        keys = {"measure": line.measure, "stage": line.stage, "currency": line.currency}
        SalesTarget.objects.create(rep=planned.rep, team=planned.team, month=month, amount=amount, **keys)
    elif amount is None:
        target.delete()
    elif amount == target.amount:
        return False
    else:
        target.amount = amount
        target.save(update_fields=["amount"])
    return True
