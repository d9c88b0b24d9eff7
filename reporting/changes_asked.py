"""What a reader of the changes asks for: since when, until when, whose deals, which kind of change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Team, User
from accounts.rights import led_team_ids
from core.moments import day_start
from reporting.changes import Kind
from reporting.scopes import Scopes

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# Nobody's history begins earlier.
EARLIEST = date(2000, 1, 1)
LONGEST_DAY = 10


@dataclass(frozen=True)
class Whose:
    """Deals a reader may ask for together; `shows_sums` when their sums are the reader's to see."""

    code: str
    name: str
    deals: Q
    shows_sums: bool
    team_id: int | None = None
    rep: User | None = None


@dataclass(frozen=True)
class Choices:
    """Whose deals a reader may choose from."""

    together: list[Whose]
    teams: list[Whose]
    reps: list[Whose]

    def __iter__(self) -> Iterator[Whose]:
        return iter([*self.together, *self.teams, *self.reps])


@dataclass(frozen=True)
class Asked:
    """Whose deals, from the start of one day to the end of another (None: to now), of one kind or all."""

    whose: Whose
    since: date
    until: date | None = None
    kind: Kind | None = None

    @property
    def begins_at(self) -> datetime:
        """The first moment of the period."""
        return day_start(self.since)

    @property
    def ends_before(self) -> datetime | None:
        """The first moment after the period."""
        return day_start(self.until + DAY) if self.until else None

    @property
    def path(self) -> str:
        """The address of the page that shows this."""
        query: dict[str, object] = {"of": self.whose.code, "since": self.since.isoformat()}
        if self.until:
            query["until"] = self.until.isoformat()
        if self.kind:
            query["kind"] = self.kind.value
        return f"{reverse('reporting:changes')}?{urlencode(query)}"

    def from_day(self, day: date) -> "Asked":
        """The same since another day, until now."""
        return replace(self, since=day, until=None)

    def of_kind(self, kind: Kind | None) -> "Asked":
        """The same, of one kind of change or of all."""
        return replace(self, kind=kind)


def read_asked(query: QueryDict, user: User, choices: Choices) -> Asked:
    """Read an address; what is no day counts as none. Http404 for deals that are not offered."""
    today = timezone.localdate()
    since = _day(query.get("since", ""), today) or monday_before(today)
    until = _day(query.get("until", ""), today)
    kind = query.get("kind", "")
    return Asked(
        whose=_chosen(query.get("of", ""), user, choices),
        since=since,
        until=until if until and since <= until < today else None,
        kind=Kind(kind) if kind in set(Kind) else None,
    )


def choices_of(user: User, scopes: Scopes) -> Choices:
    """Whose deals a user may choose: everyone's, the led teams', a team's, a person's; always the own."""
    led = led_team_ids(user)
    teams = Team.objects.filter(pk__in=_whole_teams(user, scopes, led)).order_by("name")
    reps = User.objects.active().filter(pk__in=scopes.rep_ids | {user.pk}).by_name()
    return Choices(
        together=[
            *([Whose("all", _("All teams"), Q(), shows_sums=True)] if scopes.everyone else []),
            *([_led(led)] if len(led) > 1 else []),
        ],
        teams=[
            Whose(f"team-{team.pk}", team.name, Q(owner__team=team.pk), shows_sums=True, team_id=team.pk)
            for team in teams
        ],
        reps=[
            Whose(f"rep-{rep.pk}", str(rep), Q(owner=rep.pk), scopes.shows_rep(rep.pk), rep=rep)
            for rep in reps
        ],
    )


def own_choice(user: User, choices: Choices) -> Whose:
    """What a user wants to see first: a rep the own deals, a manager those of the led teams, an admin all."""
    if user.is_admin or user.is_manager:
        led = {f"team-{key}" for key in led_team_ids(user)}
        wanted = [
            one for one in choices if one.code == ("all" if user.is_admin else "led") or one.code in led
        ]
        if wanted:
            return wanted[0]
    return next(one for one in choices.reps if one.code == f"rep-{user.pk}")


def monday_before(day: date) -> date:
    """The latest Monday before a day: on a Monday the one a week ago."""
    return day - timedelta(days=day.weekday() or WEEK.days)


def _chosen(code: str, user: User, choices: Choices) -> Whose:
    if not code:
        return own_choice(user, choices)
    found = next((one for one in choices if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _led(team_ids: list[int]) -> Whose:
    return Whose("led", _("My teams"), Q(owner__team__in=team_ids), shows_sums=True)


def _whole_teams(user: User, scopes: Scopes, led: list[int]) -> frozenset[int]:
    """Teams whose totals are visible, and all of their deals: else the sums would be of a part of them."""
    if user.is_admin or settings.DEAL_VISIBILITY != "own":
        return scopes.team_ids
    return scopes.team_ids & frozenset(led)


def _day(text: str, today: date) -> date | None:
    """A day of the past, as fields of forms send it."""
    if not (text.isascii() and len(text) == LONGEST_DAY):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= today else None
