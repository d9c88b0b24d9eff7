"""Reading what changed in some deals between two moments, in a number of queries that does not grow."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum

from pipeline.models import DealChange, DealQuerySet, StageChange
from reporting.changes import (
    Amounts,
    Change,
    Facts,
    Flow,
    Kind,
    State,
    Step,
    amounts_of,
    flows,
    kinds_of,
    state_at,
)
from reporting.waterfall import Waterfall, waterfalls

# More changed deals than anyone goes through one by one; a shorter period or a team has fewer.
MOST_DEALS = 5000
STEPS = ("deal_id", "at", "to_stage", "to_outcome", "loss_reason_id", "owner_id", "value", "currency")
FACTS = ("deal_id", "at", "owner_id", "value", "currency", "expected_close_on")


@dataclass
class Section:
    """The deals to which one kind of thing happened: how many, their sums, and whose they are."""

    deals: int = 0
    amounts: Amounts = field(default_factory=dict)
    owner_ids: set[int] = field(default_factory=set)

    def count(self, change: Change, kind: Kind) -> None:
        """Add a deal."""
        self.deals += 1
        self.owner_ids.add(change.owner_id)
        for currency, amount in amounts_of(kind, change).items():
            self.amounts[currency] = self.amounts.get(currency, Decimal(0)) + amount


@dataclass(frozen=True)
class Changes:
    """Everything that changed between two moments; `is_too_much` when there is more than we read.

    `fewest_owners`: of how many people the smallest of the sums at the end is made.
    """

    rows: list[Change]
    waterfalls: list[Waterfall]
    fewest_owners: int = 0
    is_too_much: bool = False


@dataclass(frozen=True)
class _History:
    start: State | None
    end: State | None
    now: State


def read_changes(deals: DealQuerySet, since: datetime, until: datetime | None = None) -> Changes:
    """What changed in these deals from one moment to another (None: to now); in one snapshot.

    Whose a deal is today, its whole past is counted for: the sum at the end is that of the board.
    """
    touched = list(_touched(deals, since).values_list("pk", "owner_id")[: MOST_DEALS + 1])
    if len(touched) > MOST_DEALS:
        return Changes([], [], is_too_much=True)
    owners = dict(touched)
    histories = _histories(owners.keys(), since, until)
    rows = [
        Change(deal_id, owners[deal_id], history.start, history.end, kinds)
        for deal_id, history in histories.items()
        if history.end is not None and (kinds := kinds_of(history.start, history.end))
    ]
    totals, fewest_owners = _open_totals(deals)
    return Changes(rows, _waterfalls(totals, histories.values()), fewest_owners)


def sections_of(rows: Iterable[Change]) -> dict[Kind, Section]:
    """Count the changes by kind; a deal counts once in each of its kinds."""
    sections = {kind: Section() for kind in Kind}
    for change in rows:
        for kind in change.kinds:
            sections[kind].count(change, kind)
    return sections


def _touched(deals: DealQuerySet, since: datetime) -> DealQuerySet:
    """Those with any row of history since then: only their state at the end is not that at the start."""
    steps = StageChange.objects.filter(at__gte=since).order_by().values("deal")
    facts = DealChange.objects.filter(at__gte=since).order_by().values("deal")
    return deals.filter(pk__in=steps.union(facts))


def _histories(deal_ids: Iterable[int], since: datetime, until: datetime | None) -> dict[int, _History]:
    ids = list(deal_ids)
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    facts: defaultdict[int, list[Facts]] = defaultdict(list)
    rows: QuerySet = StageChange.objects.effective().filter(deal__in=ids).order_by("deal_id", "seq")
    for deal_id, *step in rows.values_list(*STEPS):
        steps[deal_id].append(Step._make(step))
    rows = DealChange.objects.filter(deal__in=ids).order_by("deal_id", "seq")
    for deal_id, *said in rows.values_list(*FACTS):
        facts[deal_id].append(Facts._make(said))

    def history(deal_id: int) -> _History | None:
        own = steps[deal_id], facts[deal_id]
        now = state_at(*own, None)
        end = now if until is None else state_at(*own, until)
        return _History(state_at(*own, since), end, now) if now else None

    return {deal_id: found for deal_id in ids if (found := history(deal_id))}


def _open_totals(deals: DealQuerySet) -> tuple[Amounts, int]:
    """What is open now, per currency; and of how many people the smallest of these sums is made."""
    # Summed per owner: counting distinct owners would sort all open deals.
    parts = deals.open().order_by().values("currency", "owner").annotate(total_value=Sum("value"))
    totals: Amounts = {}
    owners: Counter[str] = Counter()
    for currency, amount in parts.values_list("currency", "total_value"):
        totals[currency] = totals.get(currency, Decimal(0)) + amount
        owners[currency] += 1
    return totals, min(owners.values(), default=0)


def _waterfalls(open_now: Amounts, histories: Iterable[_History]) -> list[Waterfall]:
    """Go back from what is open now: deals without a row of history since the start stand as they stood."""
    start, end = dict(open_now), dict(open_now)
    moves: list[tuple[Flow, str, Decimal]] = []
    for history in histories:
        _replace(start, history.now, history.start)
        _replace(end, history.now, history.end)
        if history.end is not None:
            moves.extend(flows(history.start, history.end))
    return waterfalls(start, moves, end)


def _replace(amounts: Amounts, one: State, other: State | None) -> None:
    """Count a deal as it stood at another moment."""
    for state, sign in ((one, -1), (other, 1)):
        if state is not None and state.is_open:
            amounts[state.currency] = amounts.get(state.currency, Decimal(0)) + sign * state.value
