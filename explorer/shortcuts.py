"""Answers from sums that are kept: questions about stage changes of those who see every deal."""

from dataclasses import replace

from django.conf import settings
from django.db.models import F, Q, QuerySet, Sum

from accounts.models import User
from explorer import steps
from explorer.asked import Asked
from explorer.dimensions import times
from explorer.models import StepSum
from explorer.subjects import CHANGES, FORWARD
from explorer.words import Measure, Subject

# Below so many rows the history itself answers at once, to the second.
FROM_ROWS = 20_000
SAME = ("team", "rep", "move", "from_stage", "to_stage", "reason")
FROM_DEAL = {
    "kind": "kind",
    "source": "source",
    "product": "product",
    "group": "product__group",
    "customer": "is_new_customer",
    "direct": "accepted_directly",
}


def _rows(user: User) -> QuerySet[StepSum]:
    return StepSum.objects.all()


def _measures() -> dict[str, Measure]:
    tops = {
        "count": (Sum("changes"), None),
        "value": (Sum("value"), None),
        "conversion": (
            Sum("changes", filter=FORWARD),
            Sum("changes", filter=FORWARD | Q(to_outcome="lost")),
        ),
    }
    return {
        name: replace(CHANGES.measures[name], top=top, bottom=bottom) for name, (top, bottom) in tops.items()
    }


SUMMED: Subject = replace(
    CHANGES,
    rows=_rows,
    moment="day",
    is_moment=False,
    measures=_measures(),
    dimensions={
        **times("day"),
        **{name: CHANGES.dimensions[name] for name in SAME},
        **{name: replace(CHANGES.dimensions[name], expression=F(path)) for name, path in FROM_DEAL.items()},
    },
)


def summed(asked: Asked, user: User) -> Subject | None:
    """The sums that answer this question as the history would; None where they do not."""
    if asked.subject is not CHANGES or not sees_every_deal(user):
        return None
    names = {*asked.axes.values(), *asked.filters}
    if not names <= SUMMED.dimensions.keys() or asked.measure_name not in SUMMED.measures:
        return None
    return SUMMED if _is_much() and steps.is_ready() else None


def sees_every_deal(user: User) -> bool:
    """Whether nothing of the history is kept from this user."""
    return user.is_admin or settings.DEAL_VISIBILITY == "all"


def _is_much() -> bool:
    """Whether there are so many sums that they are worth it; bounded, whatever there is."""
    return len(StepSum.objects.values_list("pk")[FROM_ROWS : FROM_ROWS + 1]) > 0
