"""What a reader of reports has chosen: whose figures, which period, counted how."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Team, User
from core.addresses import is_key
from reporting.figures import EVERYONE, Scope
from reporting.models import Rebuild
from reporting.periods import Period, compared_with, period_of_code, rolling_year
from reporting.scopes import Scopes


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose figures of which period, by number or by value. `rep` or `team` or neither: everyone's."""

    period: Period
    rep: User | None = None
    team: Team | None = None
    by_value: bool = False
    by_year: bool = False
    """Compared with the year before instead of the period before."""

    @property
    def scope(self) -> Scope:
        """The scope of the stored figures."""
        if self.rep:
            return Scope(rep_id=self.rep.pk)
        return Scope(team_id=self.team.pk) if self.team else EVERYONE

    def url(self, name: str = "reporting:dashboard", **more: str | int) -> str:
        """The address of a report of this selection."""
        return f"{reverse(name)}?{urlencode({**self._query(), **more})}"

    def part_url(self, part: str) -> str:
        """The address of a part of the dashboard that comes by itself."""
        return f"{reverse('reporting:dashboard_part', args=[part])}?{urlencode(self._query())}"

    def with_period(self, period: Period) -> "Selection":
        """The same of another period."""
        return replace(self, period=period)

    def of(self, *, rep: User | None = None, team: Team | None = None) -> "Selection":
        """The same of someone else."""
        return replace(self, rep=rep, team=team)

    def counted(self, *, by_value: bool) -> "Selection":
        """The same by number or by value."""
        return replace(self, by_value=by_value)

    def against(self, *, by_year: bool) -> "Selection":
        """The same compared with the year before, or with the period before."""
        return replace(self, by_year=by_year)

    @property
    def compared(self) -> "Selection":
        """What it is compared with: as many days of the period before, or of the year before."""
        return self.with_period(compared_with(self.period, timezone.localdate(), by_year=self.by_year))

    @property
    def whose(self) -> str:
        """How addresses name whose figures these are: `all`, `team-3`, `rep-7`."""
        if self.rep:
            return f"rep-{self.rep.pk}"
        return f"team-{self.team.pk}" if self.team else "all"

    @property
    def name(self) -> str:
        """The rep, the team, or everyone."""
        return str(self.rep or self.team or _("All teams"))

    def _query(self) -> dict[str, str | int]:
        unit = {"by": "value"} if self.by_value else {}
        beside = {"vs": "year"} if self.by_year else {}
        return {"of": self.whose, "period": self.period.code, **unit, **beside}


def read_selection(query: QueryDict, user: User, scopes: Scopes) -> Selection:
    """Read the parameters of an address; Http404 for a rep or team whose figures the user may not see.

    Without `of` the reader's own: an admin sees everyone's, a manager the team's, a rep the rep's.
    """
    period = period_of_code(query.get("period", ""), figures_day())
    selection = Selection(period, by_value=query.get("by") == "value", by_year=query.get("vs") == "year")
    whose, _dash, key = query.get("of", "").partition("-")
    if not whose:
        return _own(selection, user, scopes)
    if whose == "rep":
        return selection.of(rep=_visible_rep(key, scopes))
    if whose == "team":
        return selection.of(team=_visible_team(key, scopes))
    if not scopes.everyone:
        raise Http404
    return selection


def figures_day() -> date:
    """The day the stored rolling year ends with."""
    return Rebuild.objects.values_list("day", flat=True).first() or timezone.localdate()


def ribbon_selection(query: QueryDict, scopes: Scopes) -> Selection | None:
    """Read whose last twelve months the board asks for by `owner` or `team`, counted `by` number or value.

    None for what is not visible.
    """
    selection = Selection(rolling_year(figures_day()), by_value=query.get("by") == "value")
    if owner := query.get("owner"):
        rep = _find_rep(owner, scopes)
        return selection.of(rep=rep) if rep else None
    if team_key := query.get("team"):
        team = _find_team(team_key, scopes)
        return selection.of(team=team) if team else None
    return selection if scopes.everyone else None


def _own(selection: Selection, user: User, scopes: Scopes) -> Selection:
    if not (user.is_admin or user.is_manager) and scopes.shows_rep(user.pk):
        return selection.of(rep=user)
    if user.is_admin and scopes.everyone:
        return selection
    team = Team.objects.filter(pk__in=scopes.team_ids).order_by("name").first()
    if team:
        return selection.of(team=team)
    if scopes.everyone:
        return selection
    raise Http404


def _visible_rep(key: str, scopes: Scopes) -> User:
    rep = _find_rep(key, scopes)
    if rep is None:
        raise Http404
    return rep


def _visible_team(key: str, scopes: Scopes) -> Team:
    team = _find_team(key, scopes)
    if team is None:
        raise Http404
    return team


def _find_rep(key: str, scopes: Scopes) -> User | None:
    return User.objects.select_related("team").filter(pk__in=scopes.rep_ids & _keys(key)).first()


def _find_team(key: str, scopes: Scopes) -> Team | None:
    return Team.objects.filter(pk__in=scopes.team_ids & _keys(key)).first()


def _keys(text: str) -> frozenset[int]:
    return frozenset({int(text)}) if is_key(text) else frozenset()
