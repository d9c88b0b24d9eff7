"""Whether the CRM is used: figures of a team, and of oneself; never of another person."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Aggregate, Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import TruncDay
from django.utils import timezone

from accounts.models import User
from activities.models import Activity
from core.moments import day_start
from core.working_days import working_days_between
from pipeline.models import Deal, Origin, StageChange

# What is looked at: four weeks; an activity within this span before a step, or a day after, stands behind it.
DAYS = 28
# What was entered so late was brought in from elsewhere, by an import as a rule.
BROUGHT_IN = timedelta(days=30)
BEHIND_BEFORE, BEHIND_AFTER = timedelta(days=7), timedelta(days=1)


class Median(Aggregate):
    """The middle value of a group, as Postgres orders it."""

    function = "percentile_cont"
    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Use:
    """How the CRM is used by some people in four weeks."""

    people: int
    active_days: float
    working_days: int
    entry_delay: timedelta | None
    """The median time from what was done to its being entered."""
    entries: int
    open_deals: int
    with_next_step: int
    moves: int
    backed_moves: int

    @property
    def step_share(self) -> float | None:
        """The share of open deals with a next step."""
        return self.with_next_step / self.open_deals if self.open_deals else None

    @property
    def backed_share(self) -> float | None:
        """The share of steps forward with an activity behind them."""
        return self.backed_moves / self.moves if self.moves else None


def read_use(people: list[int], today: date | None = None) -> Use:
    """The use that these people make of it, all together."""
    today = today or timezone.localdate()
    first = today - timedelta(days=DAYS - 1)
    since = day_start(first)
    done = Activity.objects.filter(author__in=people, removed_at=None, created_at__gte=since)
    deals = Deal.objects.current().open().filter(owner__in=people)
    typed = StageChange.objects.effective().filter(owner__in=people, at__gte=since, origin=Origin.TYPED)
    moves = typed.filter(Q(to_stage__gt=F("from_stage")) | Q(to_outcome="won"), deal__voided_at=None)
    behind = Activity.objects.filter(
        deal=OuterRef("deal"),
        removed_at=None,
        at__gte=OuterRef("at") - BEHIND_BEFORE,
        at__lte=OuterRef("at") + BEHIND_AFTER,
    )
    entered = ExpressionWrapper(F("created_at") - F("at"), output_field=DurationField())
    past = done.filter(at__lte=F("created_at"), at__gt=F("created_at") - BROUGHT_IN)
    told = past.aggregate(entries=Count("pk"), middle=Median(entered, output_field=DurationField()))
    counted = deals.aggregate(
        all_deals=Count("pk"), planned=Count("pk", filter=Q(next_step_on__isnull=False))
    )
    return Use(
        people=len(people),
        active_days=_active_days(people) / max(len(people), 1),
        working_days=working_days_between(first, today),
        entry_delay=told["middle"],
        entries=told["entries"],
        open_deals=counted["all_deals"],
        with_next_step=counted["planned"],
        moves=moves.count(),
        backed_moves=moves.filter(Exists(behind)).count(),
    )


def members_of(team_id: int) -> list[int]:
    """The people of a team who sell."""
    return list(User.objects.active().filter(team=team_id).values_list("pk", flat=True))


def _active_days(people: list[int]) -> int:
    """On how many days each of them wrote or moved something, added up."""
    since = day_start(timezone.localdate() - timedelta(days=DAYS - 1))
    entries = Activity.objects.filter(author__in=people, created_at__gte=since)
    steps = StageChange.objects.filter(actor__in=people, recorded_at__gte=since, origin=Origin.TYPED)
    wrote = entries.annotate(day=TruncDay("created_at")).values_list("author", "day").distinct()
    moved = steps.order_by().annotate(day=TruncDay("recorded_at")).values_list("actor", "day").distinct()
    return len({*wrote, *moved})
