"""Importing deals with their histories: all of a file or nothing, and twice is as good as once."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contacts.purchases import mirror_many
from core import events
from core.planner import tell_planner
from imports.comparing import FILLABLE
from imports.deal_rows import ChangeRow, DealRow
from imports.errors import ImportRefused
from imports.planning import Plan, Planner
from imports.rules import Rules
from imports.sources import Source
from pipeline.backfill import write_stories
from pipeline.models import Deal, DealChange, StageChange

BATCH = 1000
LOCK = 0x696D706F7274
"""Number of the advisory lock: "import" in ASCII."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did, or would have done."""

    plan: Plan
    planner: Planner
    is_trial: bool


@transaction.atomic
def import_deals(
    deals: Source[DealRow], changes: Source[ChangeRow] | None, rules: Rules, *, is_trial: bool = False
) -> Done:
    """Write the deals of a file with their histories; a trial run finds out the same and writes nothing.

    Deals that are here already (by external id) are compared; what they lack is filled in, nothing is
    overwritten. One event for the whole import lets the figures be computed anew, once. Only one import runs
    at a time; raises ImportRefused for a second one.
    """
    if not try_lock():
        raise ImportRefused(_("Another import is running. Please try again when it is done."))
    planner = Planner(deals, changes, rules)
    plan = planner.run()
    if not is_trial:
        write_plan(planner, plan, rules, actor=None)
    return Done(plan, planner, is_trial)


def try_lock() -> bool:
    """Take the lock that only one import holds, until the end of the transaction; false if it is taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (is_free,) = cursor.fetchone()
    return bool(is_free)


def write_plan(planner: Planner, plan: Plan, rules: Rules, *, actor: User | None) -> None:
    """Write what was planned, in the caller's transaction."""
    planner.references.create()
    write_stories(new.story(rules.now) for new in plan.created)
    Deal.objects.bulk_update(plan.filled, [*FILLABLE, "version"], batch_size=BATCH)
    won = [deal for deal in plan.filled if deal.is_won]
    mirror_many(
        companies=(deal.company_id for deal in won if deal.company_id),
        persons=(deal.person_id for deal in won if deal.person_id),
    )
    written = [*(new.deal for new in plan.created), *plan.filled]
    if written:
        _prepare_commit()
        events.record("deals.imported", written[0], actor=actor, count=len(written))


def _prepare_commit() -> None:
    """Tell the planner of the new rows, so that the checks of each history at commit find them by index."""
    tell_planner(Deal, StageChange, DealChange)
