"""What the clock finds: deals and customers of which something has lasted long enough.

Each finder answers rows with `falls_due_on`, the day on which a rule of so many days acts, and `occasion`,
which names what has lasted: as long as it lasts, the occasion stays the same.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import (
    Case,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, TruncDate
from django.utils import timezone

from activities.models import FollowUp
from automation.models import Trigger
from offers.models import OfferState, OfferVersion
from pipeline.models import DealQuerySet, StageChange, StageSetting

# Deals with two annotations more, which the type of the model does not know.
Found = QuerySet


def found(trigger: str, days: int, deals: DealQuerySet) -> Found:
    """Of these deals those of which it is so, whether or not it has lasted long enough."""
    return FINDERS[trigger](deals, days)


def due(rows: Found) -> Found:
    """Of those that were found the ones whose day has come."""
    return rows.filter(falls_due_on__lte=timezone.localdate())


def occasions(trigger: str, days: int, deals: DealQuerySet) -> list[tuple[date, str]]:
    """When each of these deals falls due, and what for."""
    return list(found(trigger, days, deals).values_list("falls_due_on", "occasion"))


def _no_next_step(deals: DealQuerySet, days: int) -> DealQuerySet:
    """Since the last follow-up was done, else since the deal came into its stage."""
    ended = FollowUp.objects.filter(deal=OuterRef("pk")).order_by("-done_at").values("done_at")[:1]
    last = FollowUp.objects.filter(deal=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    since = Greatest(F("stage_since"), Coalesce(Subquery(ended), F("stage_since")))
    return deals.without_next_step().annotate(
        falls_due_on=_days_after(TruncDate(since), days),
        occasion=_named("after", Coalesce(Subquery(last), Value(0))),
    )


def _step_overdue(deals: DealQuerySet, days: int) -> DealQuerySet:
    return deals.overdue().annotate(
        falls_due_on=_days_after(F("next_step_on"), days), occasion=_named("step", F("next_step_on"))
    )


def _too_long(deals: DealQuerySet, days: int) -> DealQuerySet:
    """From the first day beyond what is usual in the stage."""
    settings = list(StageSetting.objects.all())
    usual = Case(
        *(When(stage=one.stage, then=Value(one.usual_days + 1)) for one in settings),
        default=Value(0),
        output_field=IntegerField(),
    )
    entered = StageChange.objects.filter(deal=OuterRef("pk")).order_by("-seq").values("seq")[:1]
    return deals.too_long_in_stage(settings).annotate(
        falls_due_on=_days_after(TruncDate(F("stage_since")) + usual, days),
        occasion=_named("stay", Subquery(entered)),
    )


def _offer_runs_out(deals: DealQuerySet, days: int) -> DealQuerySet:
    """So many days before the last on which it can be accepted; once that has passed it is too late."""
    standing = OfferVersion.objects.filter(
        offer__deal=OuterRef("pk"), state=OfferState.SENT, valid_until__gte=timezone.localdate()
    ).order_by("valid_until", "pk")
    ends = Subquery(standing.values("valid_until")[:1])
    return (
        deals.open()
        .annotate(
            ends_on=ends,
            falls_due_on=_days_after(ends, -days),
            occasion=_named("version", Subquery(standing.values("pk")[:1])),
        )
        .filter(ends_on__isnull=False)
    )


def _days_after(day: Combinable, days: int) -> ExpressionWrapper:
    return ExpressionWrapper(day + Value(days), output_field=DateField())


def _named(what: str, value: Combinable) -> Concat:
    return Concat(Value(f"{what}-"), Cast(value, TextField()), output_field=TextField())


FINDERS: dict[str, Callable[[DealQuerySet, int], DealQuerySet]] = {
    Trigger.NO_NEXT_STEP: _no_next_step,
    Trigger.STEP_OVERDUE: _step_overdue,
    Trigger.TOO_LONG: _too_long,
    Trigger.OFFER_RUNS_OUT: _offer_runs_out,
}
