"""What reports count in the stored standings and offers, unless it would tell of single persons."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from reporting.models import OFFER_DELIVERED, DealStanding, EarlierReach, StageEntry
from reporting.periods import rolling_year
from reporting.reach import came_to_by
from reporting.scopes import Scopes
from reporting.selection import Selection, figures_day
from reporting.standings import PictureStep, Tally, funnel_steps

NOTHING = Tally()


@dataclass(frozen=True)
class FunnelCounts:
    """The deals begun in a period: each step, the main reason of losing there, and who was won."""

    steps: list[PictureStep]
    main_reasons: dict[int, int]
    """The most frequent loss reason (its key) by furthest stage."""
    new_customers: Tally
    repeat_customers: Tally
    other_currencies: int
    """How many deals are stated in another currency and so missing in the values."""

    @property
    def begun(self) -> Tally:
        """All of them."""
        return self.steps[0].reached


@dataclass(frozen=True)
class LeakCount:
    """Deals lost in a period for one reason in one stage."""

    stage: int
    reason_id: int
    lost: Tally


@dataclass
class WinCounts:
    """Deals won in a period."""

    won: Tally = NOTHING
    new_customers: int = 0
    other_currencies: dict[str, Decimal] = field(default_factory=dict)


@dataclass
class OfferCounts:
    """Deals with an offer delivered in a period, and what became of them; stated value at delivery."""

    delivered: Tally = NOTHING
    won: Tally = NOTHING
    lost: Tally = NOTHING

    @property
    def still_open(self) -> Tally:
        """Neither won nor lost."""
        return Tally(
            self.delivered.deals - self.won.deals - self.lost.deals,
            self.delivered.value - self.won.value - self.lost.value,
        )

    @property
    def won_share_of_value(self) -> float | None:
        """What was won of the delivered value so far."""
        return float(self.won.value / self.delivered.value) if self.delivered.value else None


def begun_deals(selection: Selection) -> QuerySet[DealStanding]:
    """Deals opened in the period, by their owner at opening."""
    rows = DealStanding.objects.opened_in(selection.period)
    return rows.filter(**_credit(selection, "owner", "team"))


def lost_deals(selection: Selection) -> QuerySet[DealStanding]:
    """Deals lost in the period, by their owner at the loss."""
    rows = DealStanding.objects.lost_in(selection.period)
    return rows.filter(**_credit(selection, "closer", "closing_team"))


def won_deals(selection: Selection) -> QuerySet[DealStanding]:
    """Deals won in the period, by their owner at the win."""
    rows = DealStanding.objects.won_in(selection.period)
    return rows.filter(**_credit(selection, "closer", "closing_team"))


def stage_entries(selection: Selection, stage: int) -> QuerySet[StageEntry]:
    """First entries into a stage in the period, by their owner at entry; OFFER_DELIVERED for offers."""
    rows = StageEntry.objects.filter(stage=stage).entered_in(selection.period)
    return rows.filter(**_credit(selection, "owner", "team"))


def funnel_counts(selection: Selection, scopes: Scopes) -> FunnelCounts | None:
    """Count the funnel picture; None where it is made of too few people to be shown."""
    rows = begun_deals(selection)
    if _tells_of_persons(rows, "owner", scopes):
        return None
    tallies: defaultdict[tuple[int, str], Tally] = defaultdict(Tally)
    reasons: defaultdict[int, Counter[int]] = defaultdict(Counter)
    customers: defaultdict[bool, Tally] = defaultdict(Tally)
    other_currencies = 0
    groups = rows.values_list("furthest", "outcome", "currency", "loss_reason_id", "is_new_customer")
    for furthest, outcome, currency, reason_id, is_new, deals, value in groups.annotate(
        deals=Count("*"), total_value=Sum("value")
    ):
        tally = _tally(deals, value, currency)
        tallies[furthest, outcome] += tally
        other_currencies += deals if currency != settings.DEFAULT_CURRENCY else 0
        if outcome == "lost":
            reasons[furthest][reason_id] += deals
        if outcome == "won":
            customers[bool(is_new)] += tally
    return FunnelCounts(
        steps=funnel_steps(dict(tallies)),
        main_reasons={stage: counted.most_common(1)[0][0] for stage, counted in reasons.items()},
        new_customers=customers[True],
        repeat_customers=customers[False],
        other_currencies=other_currencies,
    )


def reached_by_then(selection: Selection, scopes: Scopes) -> dict[int, Tally] | None:
    """Count how far the deals of an earlier period had come by its end, by stage; None as above.

    The deals of the present one have had no more time than that.
    """
    rows = begun_deals(selection)
    if _tells_of_persons(rows, "owner", scopes):
        return None
    groups = came_to_by(rows, selection.period).values_list("by_then", "currency")
    counted = _stored_reach(selection) or groups.annotate(deals=Count("pk"), total_value=Sum("value"))
    reached: defaultdict[int, Tally] = defaultdict(Tally)
    for furthest, currency, deals, value in counted:
        for stage in range(1, furthest + 1):
            reached[stage] += _tally(deals, value, currency)
    return reached


def _stored_reach(selection: Selection) -> list[tuple[int, str, int, Decimal]]:
    """What is stored of it: of the year before the rolling one; else nothing."""
    if selection.period != rolling_year(figures_day()).before():
        return []
    rows = EarlierReach.objects.filter(starts_on=selection.period.starts_on)
    rows = rows.filter(**_credit(selection, "rep", "team"))
    groups = rows.values_list("stage", "currency")
    return list(groups.annotate(all_deals=Sum("deals"), total_value=Sum("value")))


def leak_counts(selection: Selection, scopes: Scopes) -> list[LeakCount]:
    """Count the lost deals by the stage they stood in and by reason, the most frequent first."""
    rows = lost_deals(selection)
    if _tells_of_persons(rows, "closer", scopes):
        return []
    tallies: defaultdict[tuple[int, int], Tally] = defaultdict(Tally)
    groups = rows.values_list("stands_in", "loss_reason_id", "currency")
    for stage, reason_id, currency, deals, value in groups.annotate(
        deals=Count("*"), total_value=Sum("closing_value")
    ):
        tallies[stage, reason_id] += _tally(deals, value, currency)
    leaks = [LeakCount(stage, reason_id, lost) for (stage, reason_id), lost in tallies.items()]
    return sorted(leaks, key=lambda leak: (-leak.lost.deals, leak.stage, leak.reason_id))


def win_counts(selection: Selection, scopes: Scopes) -> WinCounts | None:
    """Count the won deals of the period; None where they are made of too few people to be shown."""
    rows = won_deals(selection)
    if _tells_of_persons(rows, "closer", scopes):
        return None
    counts = WinCounts()
    for currency, is_new, deals, value in rows.values_list("currency", "is_new_customer").annotate(
        deals=Count("*"), total_value=Sum("closing_value")
    ):
        counts.won += _tally(deals, value, currency)
        counts.new_customers += deals if is_new else 0
        if currency != settings.DEFAULT_CURRENCY:
            counts.other_currencies[currency] = counts.other_currencies.get(currency, Decimal(0)) + value
    return counts


def offer_counts(selection: Selection, scopes: Scopes) -> OfferCounts | None:
    """Count the offers delivered in the period; None where they are made of too few people to be shown."""
    rows = stage_entries(selection, OFFER_DELIVERED)
    if _tells_of_persons(rows, "owner", scopes):
        return None
    counts = OfferCounts()
    for currency, ending, deals, value in rows.values_list("currency", "ending").annotate(
        deals=Count("*"), total_value=Sum("value")
    ):
        tally = _tally(deals, value, currency)
        counts.delivered += tally
        counts.won += tally if ending == "moved_on" else NOTHING
        counts.lost += tally if ending == "lost" else NOTHING
    return counts


def _tally(deals: int, value: Decimal, currency: str) -> Tally:
    return Tally(deals, value if currency == settings.DEFAULT_CURRENCY else Decimal(0))


def _credit(selection: Selection, owner: str, team: str) -> dict[str, object]:
    if selection.rep:
        return {owner: selection.rep}
    return {team: selection.team} if selection.team else {}


def _tells_of_persons(rows: QuerySet, person: str, scopes: Scopes) -> bool:
    """Tell whether a total would be made of so few people that it speaks of them."""
    if scopes.least_people <= 1:
        return False
    people = rows.values(person).distinct().count()
    return 0 < people < scopes.least_people
