"""The same next step for many deals at once."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from activities.actions.follow_ups import NextStep, plan_follow_up
from activities.actions.links import About
from pipeline.models import Deal


@transaction.atomic
def plan_follow_ups(deals: Iterable[Deal], step: NextStep, *, form_key: UUID, actor: User) -> int:
    """Plan the same for each of these deals, by whom it belongs to unless the step names someone.

    All of them, or none. The same `form_key` again plans nothing twice. Locks the deals in the order of their
    keys. Answers how many deals there were.
    """
    ordered = sorted(deals, key=lambda deal: deal.pk)
    for deal in ordered:
        plan_follow_up(About(deal=deal), step, form_key=uuid5(form_key, str(deal.pk)), actor=actor)
    return len(ordered)
