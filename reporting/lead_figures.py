"""What came of the leads of a period: counts, conversions with open ones censored, costs, response times.

The cohort are the leads received in the period, followed to `as_of`. A lead converts when its deal is opened;
it is lost when it is disqualified; until then it is open, and censored at its age (reporting/survival.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import numpy as np
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from numpy.typing import NDArray

from accounts.models import User
from intake.models import Submission
from leads.models import Direction, Lead, LeadQuerySet, LeadState, SourceCost, Touch
from pipeline.models import Deal, Outcome
from reporting.curves import CODES, Counts
from reporting.figures import Scope
from reporting.periods import Period, local_day
from reporting.survival import (
    Incidence,
    Observation,
    StageFigures,
    cumulative_incidence,
    incidence_of,
    stage_figures,
)
from reporting.wire import read_columns

By: TypeAlias = Literal["source", "medium", "campaign", "form", "rep", "team", "direction", "reason"]
DAY = 86_400.0
MICROSECONDS_OF_A_DAY = DAY * 1_000_000
NEVER = np.iinfo(np.int64).max
DISQUALIFIED, CONVERTED = 1, 2
# Where columns count moments from.
MICROSECONDS_FROM = datetime(2000, 1, 1, tzinfo=UTC)
# What of a group is a sum, and what is one entry for each lead.
COUNTS = (
    *("received", "inbound", "outbound", "disqualified", "converted", "won", "new_customers", "open"),
    *("answered_late", "awaited"),
)
LISTS = ("waits", "to_deal", "to_won")
# The key of those of whom nobody knows it.
UNKNOWN = ""


@dataclass
class LeadGroup:
    """The leads of one source, campaign, rep ...; `key` is what the list of leads is filtered by."""

    key: str
    name: str
    received: int = 0
    inbound: int = 0
    outbound: int = 0
    disqualified: int = 0
    converted: int = 0
    won: int = 0
    new_customers: int = 0
    open: int = 0
    answered_late: int = 0
    awaited: int = 0
    cost: Decimal | None = None
    waits: list[float] = field(default_factory=list)
    to_deal: list[Observation] = field(default_factory=list)
    to_won: list[Observation] = field(default_factory=list)

    @property
    def deal_figures(self) -> StageFigures:
        """How many become a deal, and how sure that is."""
        return stage_figures(cumulative_incidence(self.to_deal))

    @property
    def won_figures(self) -> StageFigures:
        """How many become a won deal."""
        return stage_figures(cumulative_incidence(self.to_won))

    @property
    def median_wait_hours(self) -> float | None:
        """The median time from the inquiry to the answer, in hours by the clock."""
        waits = sorted(self.waits)
        return waits[len(waits) // 2] if waits else None

    def cost_per(self, count: int) -> Decimal | None:
        """What one of so many cost; None where nothing is known of costs or there is none."""
        return None if self.cost is None or not count else self.cost / count


@dataclass(frozen=True)
class LeadReport:
    """The groups, the largest first, all of them together, and by month."""

    by: By
    total: LeadGroup
    groups: list[LeadGroup]
    months: list[tuple[str, int, int]]


def lead_report(leads: LeadQuerySet, period: Period, by: By, as_of: datetime) -> LeadReport:
    """Count the leads of a period that a queryset holds, grouped; one read of the leads."""
    found = leads.filter(received_at__gte=period.begins_at, received_at__lte=as_of)
    if period.ends_before:
        found = found.filter(received_at__lt=period.ends_before)
    names = _names(by)
    groups: dict[str, LeadGroup] = {}
    months: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in _rows(found, by):
        key = UNKNOWN if row["group_key"] in (None, "") else str(row["group_key"])
        if key not in groups:
            groups[key] = LeadGroup(key, names.get(key, key))
        _count(groups[key], row, as_of)
        months[f"{row['received_at']:%Y-%m}"][row["direction"] == "outbound"] += 1
    total = _added_up(groups.values())
    _add_costs(total, groups, by, period, as_of, names)
    ordered = sorted(groups.values(), key=lambda group: (-group.received, group.name))
    return LeadReport(by, total, ordered, [(month, *months[month]) for month in sorted(months)])  # type: ignore[misc]


def leads_to_deals(scopes: Sequence[Scope], period: Period, as_of: datetime) -> dict[Scope, Incidence]:
    """How many of the leads received in a period become a deal, for everyone, some teams or reps.

    The same as above as columns, read at once; without the leads of an import that was undone.
    """
    leads = Lead.objects.current().filter(received_at__gte=period.begins_at, received_at__lte=as_of)
    nobody = Value(0)
    is_state = (
        When(state=LeadState.DISQUALIFIED, then=Value(1)),
        When(state=LeadState.CONVERTED, then=Value(2)),
    )
    rows = leads.order_by("pk").values_list(
        "pk",
        Coalesce("owner_id", nobody, output_field=BigIntegerField()),
        Coalesce("team_id", nobody, output_field=BigIntegerField()),
        "received_at",
        "state_since",
        Cast(Case(*is_state, default=nobody), BigIntegerField()),
    )
    keys, owner, team, received, since, state = read_columns(rows, 6)
    opened = np.where(state == CONVERTED, since, NEVER)
    _take_deals(opened, keys, received_from=period.begins_at)
    lost = state == DISQUALIFIED
    now = int((as_of - MICROSECONDS_FROM).total_seconds() * 1_000_000)
    has_moved, has_lost = opened <= now, lost
    ended = np.where(has_moved, opened, np.where(has_lost, since, now))
    days = np.maximum(ended - received, 0) / MICROSECONDS_OF_A_DAY
    codes = np.where(has_moved, CODES["moved_on"], np.where(has_lost, CODES["lost"], CODES[None]))
    whose = {scope: _belongs(scope, owner, team) for scope in scopes}
    return {scope: incidence_of(days[own], codes[own].astype(np.int8)) for scope, own in whose.items()}


def _take_deals(opened: Counts, keys: Counts, received_from: datetime) -> None:
    """Write down when the deals of leads were opened, the first of each."""
    deals = Deal.objects.current().filter(lead__received_at__gte=received_from).order_by("-opened_at")
    leads, moments = read_columns(deals.values_list("lead_id", "opened_at"), 2)
    at = np.minimum(np.searchsorted(keys, leads), max(keys.size - 1, 0))
    here = keys[at] == leads if keys.size else np.zeros(0, bool)
    opened[at[here]] = moments[here]


def _belongs(scope: Scope, owner: Counts, team: Counts) -> NDArray[np.bool_]:
    if scope.rep_id:
        return owner == scope.rep_id
    return team == scope.team_id if scope.team_id else np.ones(owner.size, bool)


def _rows(leads: LeadQuerySet, by: By) -> Iterable[dict[str, object]]:
    """What is counted of each lead, read in chunks."""
    deal = Deal.objects.current().filter(lead=OuterRef("pk"))
    first_touch = Touch.objects.filter(lead=OuterRef("pk")).order_by("at", "pk")
    keys = {
        "source": F("source_id"),
        "campaign": F("campaign_id"),
        "rep": F("owner_id"),
        "team": F("team_id"),
        "direction": F("direction"),
        "reason": F("disqualify_reason_id"),
        "medium": Coalesce(Subquery(first_touch.values("medium")[:1]), Value("")),
        # The form it came by; what its sender sent later adds touches, and no second lead.
        "form": Subquery(Submission.objects.filter(reference=OuterRef("form_key")).values("form_id")[:1]),
    }
    rows = leads.order_by().annotate(
        group_key=keys[by],
        deal_opened_at=Subquery(deal.values("opened_at")[:1]),
        deal_outcome=Subquery(deal.values("outcome")[:1]),
        deal_closed_at=Subquery(deal.values("closed_at")[:1]),
        deal_is_new=Subquery(deal.values("is_new_customer")[:1]),
    )
    return rows.values(
        *("group_key", "received_at", "direction", "state", "state_since", "answered_at", "answer_by"),
        *("deal_opened_at", "deal_outcome", "deal_closed_at", "deal_is_new"),
    ).iterator(chunk_size=5000)


def _count(group: LeadGroup, row: dict[str, object], as_of: datetime) -> None:
    received: datetime = row["received_at"]  # type: ignore[assignment]
    since: datetime = row["state_since"]  # type: ignore[assignment]
    opened: datetime | None = row["deal_opened_at"]  # type: ignore[assignment]
    if opened is None and row["state"] == LeadState.CONVERTED:
        # Brought in as converted, without a deal of ours.
        opened = since
    lost = row["state"] == LeadState.DISQUALIFIED
    group.received += 1
    group.inbound += row["direction"] == "inbound"
    group.outbound += row["direction"] == "outbound"
    group.disqualified += lost
    group.converted += opened is not None
    group.won += row["deal_outcome"] == Outcome.WON
    group.new_customers += bool(row["deal_is_new"])
    group.open += not lost and opened is None
    if row["answer_by"] is not None:
        answered: datetime | None = row["answered_at"]  # type: ignore[assignment]
        group.awaited += 1
        group.answered_late += (answered or as_of) > row["answer_by"]  # type: ignore[operator]
        if answered is not None:
            group.waits.append(max((answered - received).total_seconds(), 0) / 3600)
    closed: datetime = row["deal_closed_at"] or as_of  # type: ignore[assignment]
    group.to_deal.append(_seen(received, opened, since if lost else None, as_of))
    is_won, deal_lost = row["deal_outcome"] == Outcome.WON, row["deal_outcome"] == Outcome.LOST
    over = since if lost else closed if deal_lost else None
    group.to_won.append(_seen(received, closed if is_won else None, over, as_of))


def _added_up(groups: Iterable[LeadGroup]) -> LeadGroup:
    """All leads together; each is counted in one group."""
    total = LeadGroup("", "")
    for group in groups:
        for name in COUNTS:
            setattr(total, name, getattr(total, name) + getattr(group, name))
        for name in LISTS:
            getattr(total, name).extend(getattr(group, name))
    return total


def _seen(start: datetime, moved: datetime | None, lost: datetime | None, as_of: datetime) -> Observation:
    if moved is not None:
        return max((moved - start).total_seconds(), 0) / DAY, "moved_on"
    if lost is not None:
        return max((lost - start).total_seconds(), 0) / DAY, "lost"
    return max((as_of - start).total_seconds(), 0) / DAY, None


def _add_costs(
    total: LeadGroup,
    groups: dict[str, LeadGroup],
    by: By,
    period: Period,
    as_of: datetime,
    names: dict[str, str],
) -> None:
    """Costs lie evenly on the days they are of; those days that are in the period count."""
    today = local_day(as_of)
    first, last = period.starts_on, min(period.ends_on or today, today)
    column = {"source": "source_id", "campaign": "campaign_id"}.get(by)
    rows = SourceCost.objects.filter(Q(starts_on__lte=last) & Q(ends_on__gte=first), currency="EUR")
    for row in rows:
        days = (min(row.ends_on, last) - max(row.starts_on, first)).days + 1
        share = row.amount * days / ((row.ends_on - row.starts_on).days + 1)
        total.cost = (total.cost or Decimal(0)) + share
        key = str(getattr(row, column) or "") if column else ""
        if key:
            # What cost something and brought nobody is a line, too.
            group = groups.setdefault(key, LeadGroup(key, names.get(key, key)))
            group.cost = (group.cost or Decimal(0)) + share


def _names(by: By) -> dict[str, str]:
    """What the groups are called, by their keys."""
    if by == "rep":
        return {str(user.pk): str(user) for user in User.objects.all()}
    if by == "medium":
        return {}
    if by == "direction":
        return {value: str(label) for value, label in Direction.choices}
    column = Lead._meta.get_field({"reason": "disqualify_reason", "form": "submissions"}.get(by, by))
    model: Any = column.related_model
    if by == "form":
        # The table of a higher app, by the models' metadata.
        model = model._meta.get_field("form").related_model
    return {str(row.pk): str(row) for row in model._default_manager.all()}
