"""What is measured of a rep or team and of those around them, read for a plan: twelve months of it.

The rates are the stored stage conversions of the dashboard, drawn towards the team's and everyone's.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Final, NamedTuple, TypeVar

from django.conf import settings
from django.db.models import Avg, Count, Q, StdDev, Sum

from planning.models import Measure, Planned
from reporting.backwards.chain import Basis
from reporting.backwards.measured import Mean, Ratio, Share, effective_size
from reporting.clocks import OFFER_DELIVERED, WON
from reporting.figures import EVERYONE, Scope
from reporting.lead_figures import leads_to_deals
from reporting.models import DealStanding, MonthActual, StageConversion
from reporting.periods import YEAR, Period, local_day, month_of, rolling_year
from reporting.scopes import Scopes
from reporting.selection import figures_day
from reporting.shrinkage import LEAST_DECIDED

STEPS: Final = {"offer": (OFFER_DELIVERED, WON), "begin": (1, 2), "contact": (2, 3)}
ANGEBOT: Final = 3
COUNTED: Final = Q(measure__in=[Measure.OFFERS, Measure.APPOINTMENTS]) | Q(
    measure=Measure.ENTRIES, stage=ANGEBOT
)

Found = TypeVar("Found")
Figures = dict[tuple[Scope, str], StageConversion]


class Wins(NamedTuple):
    """What was won in the twelve months."""

    size: int
    mean: float
    spread: float
    new: int
    from_leads: int
    begun: int


class Reading(NamedTuple):
    """What was read: the basis of the plan, and the figures the page shows beside it."""

    basis: Basis
    figures: dict[str, StageConversion | None]
    """The own rates as the dashboard has them."""
    wins: Wins
    """The own ones."""
    period: Period


def circles_of(planned: Planned) -> list[Scope]:
    """Everyone, the team, the rep: the widest first."""
    if planned.team:
        return [EVERYONE, Scope(team_id=planned.team.pk)]
    rep = planned.rep
    team = [] if rep is None or rep.team.is_unassigned else [Scope(team_id=rep.team_id)]
    return [EVERYONE, *team, Scope(rep_id=planned.row.pk)]


def read_basis(planned: Planned, scopes: Scopes, as_of: datetime, *, is_money: bool) -> Reading:
    """Read what is measured; whatever is made of too few people, or known of too few cases, is left out."""
    circles = circles_of(planned)
    period = rolling_year(figures_day())
    figures = _read_figures(circles, period, scopes)
    wins = _read_wins(circles, period)
    counted = _read_counts(circles, local_day(as_of))
    shares = {name: _nested(circles, _share_of(figures, name)) for name in STEPS}
    basis = Basis(
        worth=_nested(circles, _mean_of(wins)) if is_money else _nested(circles, _new_of(wins)),
        offer=shares["offer"],
        appointments=_nested(circles, _ratio_of(counted, "appointments", "offers")),
        delivered=_nested(circles, _ratio_of(counted, "offers", "entries")),
        contact=shares["contact"],
        begin=shares["begin"],
        from_leads=_nested(circles, _from_leads_of(wins)),
        lead=_nested(circles, _leads_of(circles, period, as_of)),
    )
    own = circles[-1]
    return Reading(basis, {name: figures.get((own, name)) for name in STEPS}, wins[own], period)


def _nested(circles: Sequence[Scope], read: Callable[[Scope, Found | None], Found | None]) -> Found | None:
    """The innermost that is known, leaning on those around it; nothing where none knows enough."""
    found: Found | None = None
    for scope in circles:
        found = read(scope, found) or found
    return found


def _read_figures(circles: Iterable[Scope], period: Period, scopes: Scopes) -> Figures:
    wanted = Q(stage=OFFER_DELIVERED, target=WON) | Q(stage=1, target=2) | Q(stage=2, target=3)
    whose = reduce(or_, (Q(rep=scope.rep_id, team=scope.team_id) for scope in circles))
    rows = StageConversion.objects.filter(
        wanted, whose, period=StageConversion.Kind.ROLLING, starts_on=period.starts_on
    )
    names = {step: name for name, step in STEPS.items()}
    return {
        (Scope(row.rep_id, row.team_id), names[row.stage, row.target]): row
        for row in rows
        if scopes.shows_people(row.people)
    }


def _share_of(figures: Figures, name: str) -> Callable[[Scope, Share | None], Share | None]:
    def read(scope: Scope, outer: Share | None) -> Share | None:
        row = figures.get((scope, name))
        if row is None or (outer is None and row.moved_on + row.lost < LEAST_DECIDED):
            return None
        decided = row.moved_on + row.lost
        return Share(row.rate, effective_size(row.rate, row.low, row.high, decided, row.entered), outer)

    return read


def _read_wins(circles: Sequence[Scope], period: Period) -> dict[Scope, Wins]:
    """Wins by who closed them; begun deals, and those from leads, by who opened them."""
    is_ours = Q(currency=settings.DEFAULT_CURRENCY)
    figures: dict[str, object] = {}
    opened: dict[str, object] = {}
    for place, scope in enumerate(circles):
        own = _credit(scope, "closer", "closing_team")
        figures |= {
            f"size{place}": Count("pk", filter=own & is_ours),
            f"mean{place}": Avg("closing_value", filter=own & is_ours),
            f"spread{place}": StdDev("closing_value", filter=own & is_ours, sample=True),
            f"new{place}": Count("pk", filter=own & is_ours & Q(is_new_customer=True)),
        }
        began = _credit(scope, "owner", "team")
        opened |= {
            f"begun{place}": Count("pk", filter=began),
            f"led{place}": Count("pk", filter=began & Q(deal__lead__isnull=False)),
        }
    won = DealStanding.objects.won_in(period).aggregate(**figures)
    begun = DealStanding.objects.opened_in(period).aggregate(**opened)
    return {
        scope: Wins(
            won[f"size{place}"],
            float(won[f"mean{place}"] or 0),
            float(won[f"spread{place}"] or 0),
            won[f"new{place}"],
            begun[f"led{place}"],
            begun[f"begun{place}"],
        )
        for place, scope in enumerate(circles)
    }


def _mean_of(wins: dict[Scope, Wins]) -> Callable[[Scope, Mean | None], Mean | None]:
    def read(scope: Scope, outer: Mean | None) -> Mean | None:
        own = wins[scope]
        if not own.size or not own.mean or (outer is None and own.size < LEAST_DECIDED):
            return None
        return Mean(own.mean, own.spread, own.size, outer)

    return read


def _new_of(wins: dict[Scope, Wins]) -> Callable[[Scope, Share | None], Share | None]:
    def read(scope: Scope, outer: Share | None) -> Share | None:
        own = wins[scope]
        if not own.size or (outer is None and own.size < LEAST_DECIDED):
            return None
        return Share(own.new / own.size, own.size, outer)

    return read


def _from_leads_of(wins: dict[Scope, Wins]) -> Callable[[Scope, Share | None], Share | None]:
    def read(scope: Scope, outer: Share | None) -> Share | None:
        own = wins[scope]
        if not own.begun or (outer is None and own.from_leads < LEAST_DECIDED):
            return None
        return Share(own.from_leads / own.begun, own.begun, outer)

    return read


def _leads_of(
    circles: Sequence[Scope], period: Period, as_of: datetime
) -> Callable[[Scope, Share | None], Share | None]:
    found = leads_to_deals(circles, period, as_of)

    def read(scope: Scope, outer: Share | None) -> Share | None:
        seen = found[scope]
        if not seen.entered or (outer is None and seen.moved_on + seen.lost < LEAST_DECIDED):
            return None
        return Share(seen.last.moved_on, min(seen.last.effective_size, float(seen.entered)), outer)

    return read


def _read_counts(circles: Sequence[Scope], today: date) -> dict[Scope, dict[str, float]]:
    """Offers, appointments and entries into Angebot of the last twelve whole months."""
    this_month = month_of(today).starts_on
    whose = reduce(or_, (Q(rep=scope.rep_id, team=scope.team_id) for scope in circles))
    rows = (
        MonthActual.objects.filter(COUNTED, whose, month__gte=this_month - YEAR, month__lt=this_month)
        .values_list("rep", "team", "measure")
        .annotate(counted=Sum("amount"))
    )
    counted: dict[Scope, dict[str, float]] = {scope: {} for scope in circles}
    for rep, team, measure, amount in rows:
        counted[Scope(rep, team)][measure] = float(amount)
    return counted


def _ratio_of(
    counted: dict[Scope, dict[str, float]], what: str, per: str
) -> Callable[[Scope, Ratio | None], Ratio | None]:
    def read(scope: Scope, outer: Ratio | None) -> Ratio | None:
        own = counted[scope]
        count, of = own.get(what, 0.0), own.get(per, 0.0)
        if not of or (outer is None and min(count, of) < LEAST_DECIDED):
            return None
        return Ratio(count, of, outer)

    return read


def _credit(scope: Scope, rep: str, team: str) -> Q:
    if scope.rep_id:
        return Q(**{rep: scope.rep_id})
    return Q(**{team: scope.team_id}) if scope.team_id else Q()
