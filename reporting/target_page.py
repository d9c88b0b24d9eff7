"""The page of targets: whose they are, which year, and what may be chosen there."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import Team, TeamQuerySet, User, UserQuerySet
from core.addresses import is_key
from planning.actions import Cell
from planning.models import Planned, is_planned_by
from reporting.models import MonthActual
from reporting.scopes import Scopes
from reporting.switches import Choice, View

YEARS_BACK, YEARS_AHEAD = 2, 2


@dataclass(frozen=True)
class TargetPage:
    """The targets of a rep or team in a year, as one user sees them."""

    planned: Planned
    year: int
    user: User
    scopes: Scopes

    @cached_property
    def is_editable(self) -> bool:
        """Whether the reader sets these targets."""
        return is_planned_by(self.planned, self.user)

    @property
    def name(self) -> str:
        """The rep or the team."""
        return str(self.planned.row)

    def url(self, **more: str | int) -> str:
        """The address of this page."""
        query = {"of": self.planned.code, "year": self.year, **more}
        return f"{reverse('reporting:targets')}?{urlencode(query)}"

    @property
    def reached(self) -> dict[Cell, Decimal]:
        """What was reached in the months of the year, unless it would tell of single persons."""
        rows = MonthActual.objects.filter(rep=self.planned.rep, team=self.planned.team, month__year=self.year)
        return {(row.line, row.month): row.amount for row in rows if self.scopes.shows_people(row.people)}

    @property
    def years(self) -> list[View]:
        """The years around this one, as pills."""
        today = timezone.localdate().year
        years = sorted({*range(today - YEARS_BACK, today + YEARS_AHEAD), self.year})
        return [View(str(year), self.url(year=year), is_on=year == self.year) for year in years]

    @property
    def whose(self) -> dict[str, list[Choice]]:
        """The teams and reps whose targets the reader sees."""
        return planned_choices(self.planned, self.scopes)


def read_target_page(query: QueryDict, user: User, scopes: Scopes) -> TargetPage | None:
    """Read `of` and `year` of an address; Http404 for whose targets the user may not see.

    Without `of`: a manager's first team, a rep's own. None when there is nothing the user may see.
    """
    planned = read_planned(query.get("of", ""), user, scopes)
    return TargetPage(planned, _year(query.get("year", "")), user, scopes) if planned else None


def read_planned(code: str, user: User, scopes: Scopes) -> Planned | None:
    """The rep or team an address names, without one the reader's; as for the page of targets."""
    return _named(code, scopes) if code else _own(user, scopes)


def planned_choices(planned: Planned, scopes: Scopes) -> dict[str, list[Choice]]:
    """The teams and the reps at work whose targets are visible, to choose from; this one chosen."""
    teams = map(Planned, visible_teams(scopes).order_by("name"))
    key = planned.rep.pk if planned.rep else None
    reps = map(Planned, visible_reps(scopes).filter(Q(is_active=True) | Q(pk=key)).by_name())
    return {
        "teams": [_choice(one, planned) for one in teams],
        "reps": [_choice(one, planned) for one in reps],
    }


def _choice(one: Planned, chosen: Planned) -> Choice:
    return Choice(one.code, str(one.row), is_on=one.code == chosen.code)


def visible_teams(scopes: Scopes) -> TeamQuerySet:
    """The teams whose totals, and so whose targets, are visible."""
    return Team.objects.filter(pk__in=scopes.team_ids, is_unassigned=False)


def visible_reps(scopes: Scopes) -> UserQuerySet:
    """The reps whose figures, and so whose targets, are visible."""
    return User.objects.filter(pk__in=scopes.rep_ids)


def _named(code: str, scopes: Scopes) -> Planned:
    kind, _dash, key = code.partition("-")
    if not is_key(key):
        raise Http404
    row: User | Team | None = None
    if kind == "team":
        row = visible_teams(scopes).filter(pk=int(key)).first()
    elif kind == "rep":
        row = visible_reps(scopes).filter(pk=int(key)).first()
    if row is None:
        raise Http404
    return Planned(row)


def _own(user: User, scopes: Scopes) -> Planned | None:
    leads = user.is_admin or user.is_manager
    if not leads and scopes.shows_rep(user.pk):
        return Planned(user)
    team = visible_teams(scopes).order_by("name").first()
    if team:
        return Planned(team)
    return Planned(user) if scopes.shows_rep(user.pk) and not user.is_admin else None


def _year(text: str) -> int:
    """A year of this century, else the present one."""
    is_year = len(text) == 4 and text.isascii() and text.isdigit() and text.startswith("20")
    return int(text) if is_year else timezone.localdate().year
