"""How leads are scored: points by rules, with reasons; pure functions without a query.

A score is always computed anew from the lead, its touches, the rules and the moment, never counted up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from contacts.matching.records import FREE_MAILERS
from leads.conditions import fits, names_any
from leads.models import Lead, ScoreRule

Known, Part = ScoreRule.Known, ScoreRule.Part
DAY = 86_400


@dataclass(frozen=True)
class Touched:
    """What rules ask of a touch."""

    at: datetime
    channel: str
    direction: str
    page: str = ""


@dataclass(frozen=True)
class Reason:
    """What one rule gave."""

    rule: int
    points: int


@dataclass(frozen=True)
class Score:
    """Both parts; each is exactly the sum of its reasons."""

    fit: int = 0
    interest: int = 0
    reasons: tuple[Reason, ...] = ()

    @property
    def total(self) -> int:
        """What leads are sorted by."""
        return self.fit + self.interest

    def stored(self) -> dict[str, object]:
        """As the columns of a lead keep it."""
        reasons = [{"rule": one.rule, "points": one.points} for one in self.reasons]
        return {
            "fit": self.fit,
            "keenness": self.interest,
            "score": self.total,
            "score_reasons": reasons,
        }


def score_of(lead: Lead, touches: Sequence[Touched], rules: Iterable[ScoreRule], *, now: datetime) -> Score:
    """What the rules make of a lead; touches in any order."""
    sums = {Part.FIT: 0, Part.INTEREST: 0}
    reasons = []
    for rule in rules:
        points = points_of(rule, lead, touches, now=now)
        if points:
            sums[Part(rule.part)] += points
            reasons.append(Reason(rule.pk, points))
    reasons.sort(key=lambda reason: -abs(reason.points))
    return Score(sums[Part.FIT], sums[Part.INTEREST], tuple(reasons))


def points_of(rule: ScoreRule, lead: Lead, touches: Sequence[Touched], *, now: datetime) -> int:
    """What one rule gives; the points of all touches that count are summed before they are rounded."""
    if not _fits_lead(rule, lead):
        return 0
    moments = [lead.received_at]
    if rule.is_of_touches:
        moments = sorted((touch.at for touch in touches if _fits_touch(rule, touch)), reverse=True)
        moments = moments[: rule.most_times]
    return round(sum(rule.points * _left(rule.half_life_days, at, now) for at in moments))


def _left(half_life: int | None, at: datetime, now: datetime) -> float:
    """The share of the points that is left."""
    if half_life is None:
        return 1.0
    return 0.5 ** (max((now - at).total_seconds(), 0) / DAY / half_life)


def _fits_lead(rule: ScoreRule, lead: Lead) -> bool:
    if not fits(rule, lead) or (rule.known and not _has_told(lead, rule.known)):
        return False
    if rule.job and not names_any(lead.position, rule.job):
        return False
    return not rule.wish or names_any(f"{lead.interest} {lead.note}", rule.wish)


def _fits_touch(rule: ScoreRule, touch: Touched) -> bool:
    if rule.channel and rule.channel != touch.channel:
        return False
    if rule.touch_direction and rule.touch_direction != touch.direction:
        return False
    return not rule.page or names_any(touch.page, rule.page)


def _has_told(lead: Lead, what: str) -> bool:
    if what == Known.CUSTOMER:
        return lead.company_id is not None
    if what in (Known.WORK_EMAIL, Known.FREE_EMAIL):
        host = lead.email.rpartition("@")[2].lower()
        return bool(host) and (host in FREE_MAILERS) is (what == Known.FREE_EMAIL)
    return bool(getattr(lead, what))
