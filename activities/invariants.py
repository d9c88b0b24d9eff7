"""What must be true between deals and follow-ups, checked every night."""

import logging

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from activities.actions import mirror_next_step, step_text
from activities.models import FollowUp
from pipeline.models import Deal

logger = logging.getLogger(__name__)


def repair_next_steps() -> list[int]:
    """Compare each deal's next step with its earliest open follow-up; log and repair what differs.

    Repairing is safe, because the mirror is derived; the error in the log says that some write went past the
    actions. Each deal is locked and compared again, so that a change under way is not taken for a difference.
    Answers the keys of the repaired deals.
    """
    return [pk for pk in _suspects() if _repair(pk)]


def _suspects() -> list[int]:
    earliest = FollowUp.objects.filter(deal=OuterRef("pk")).open()
    deals = Deal.objects.annotate(
        earliest_on=Subquery(earliest.values("due_on")[:1]),
        earliest_text=Subquery(earliest.values("text")[:1]),
    )
    differs_in_day = Q(next_step_on__isnull=True, earliest_on__isnull=False) | Q(
        next_step_on__isnull=False, earliest_on__isnull=True
    )
    differs_in_day |= ~Q(next_step_on=F("earliest_on")) & Q(
        next_step_on__isnull=False, earliest_on__isnull=False
    )
    differs_in_text = Q(earliest_on__isnull=False) & ~Q(earliest_text="") & ~Q(next_step=F("earliest_text"))
    return list(deals.filter(differs_in_day | differs_in_text).order_by("pk").values_list("pk", flat=True))


def _repair(pk: int) -> bool:
    with transaction.atomic():
        deal = Deal.objects.select_for_update(of=("self",)).get(pk=pk)
        earliest = FollowUp.objects.filter(deal=deal).open().first()
        should_be = (step_text(earliest)[:200], earliest.due_on if earliest else None)
        if (deal.next_step, deal.next_step_on) == should_be:
            return False
        logger.error("Next step of deal %s did not mirror its earliest open follow-up; repaired", pk)
        mirror_next_step(deal)
        return True
