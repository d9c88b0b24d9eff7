"""What managers said of deals, beside the computed figures: of open deals, and of decided ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Avg, Count, F, Q, Sum

from reporting.forecast.judging import Share, share_of
from reporting.models import DealChance, DealJudgement
from reporting.selection import Selection

Stance = DealJudgement.Stance


@dataclass(frozen=True)
class Judged:
    """The open deals of one judgement."""

    stance: str
    deals: int
    value: float
    computed_wins: float
    computed_value: float


@dataclass(frozen=True)
class Beside:
    """The judgements of open deals beside the forecast, and what it would be if they were right."""

    committed: Judged
    excluded: Judged
    wins: float
    value: float
    """Expected of all open deals: the committed ones for certain, the excluded ones not at all."""


@dataclass(frozen=True)
class Decided:
    """Judged deals that are decided by now: the share that was won, beside the chance computed then."""

    stance: str
    won: Share
    chance: float | None
    still_open: int


def judged_now(selection: Selection) -> Beside | None:
    """Of the open deals the last forecast covers; None where nothing was said of any."""
    chances = DealChance.objects.of_scope(selection.scope)
    current = DealJudgement.objects.current().filter(deal__in=chances.values("deal"))
    own = Q(deal__chance__currency=settings.DEFAULT_CURRENCY)
    rows = (
        current.order_by()
        .values("stance")
        .annotate(
            deals=Count("pk"),
            stated=Sum("deal__value", filter=own),
            wins=Sum("deal__chance__probability"),
            brings=Sum("deal__chance__expected_value", filter=own),
        )
    )
    found = {row["stance"]: _judged(row) for row in rows}
    if not found:
        return None
    committed, excluded = (
        found.get(stance, Judged(stance, 0, 0.0, 0.0, 0.0)) for stance in (Stance.COMMITTED, Stance.EXCLUDED)
    )
    whole = chances.aggregate(
        wins=Sum("probability"), value=Sum("expected_value", filter=Q(currency=settings.DEFAULT_CURRENCY))
    )
    wins = float(whole["wins"] or 0) - committed.computed_wins - excluded.computed_wins + committed.deals
    value = float(whole["value"] or 0) - committed.computed_value - excluded.computed_value + committed.value
    return Beside(committed, excluded, max(wins, 0.0), max(value, 0.0))


def judged_before(selection: Selection) -> list[Decided]:
    """How right judgements were: the last one of each deal that is decided by now."""
    current = DealJudgement.objects.current().of_scope(selection.scope).filter(deal__voided_at=None)
    is_decided = ~Q(deal__outcome="open")
    rows = (
        current.order_by()
        .values("stance")
        .annotate(
            decided=Count("pk", filter=is_decided),
            won=Count("pk", filter=Q(deal__outcome="won")),
            still_open=Count("pk", filter=Q(deal__outcome="open")),
            foretold=Avg(F("chance"), filter=is_decided),
        )
    )
    found = {
        row["stance"]: Decided(
            row["stance"],
            share_of(row["won"], row["decided"], row["decided"]),
            row["foretold"],
            row["still_open"],
        )
        for row in rows
    }
    return [found[stance] for stance in (Stance.COMMITTED, Stance.EXCLUDED) if stance in found]


def _judged(row: Mapping[str, Any]) -> Judged:
    return Judged(
        row["stance"],
        row["deals"],
        float(row["stated"] or 0),
        float(row["wins"] or 0),
        float(row["brings"] or 0),
    )
