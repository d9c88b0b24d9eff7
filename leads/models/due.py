"""By when something is due of a lead: what the inbox is sorted by."""

from datetime import UTC, date, datetime

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from leads.models.words import OPEN_STATES

# Where a lead without a next step sorts: before everything that has a date.
NO_NEXT_STEP = date(1, 1, 1)
# Where a closed lead sorts: behind everything that is still to be done.
NEVER_DUE = datetime(9999, 12, 31, tzinfo=UTC)


def due_moment() -> Case:
    """The moment a lead is sorted by in the inbox; a day counts from its midnight."""
    day = Func(F("next_step_on"), template="timezone('UTC', %(expressions)s::timestamp)")
    return Case(
        When(~Q(state__in=OPEN_STATES), then=Value(NEVER_DUE)),
        When(Q(answered_at=None, answer_by__isnull=False), then=F("answer_by")),
        When(Q(next_step_on__isnull=False), then=day),
        default=F("touched_at"),
        output_field=models.DateTimeField(),
    )
