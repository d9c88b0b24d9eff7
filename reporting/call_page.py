"""The page that measures calls, and the calls behind each of its figures."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.models import Activity
from core.addresses import is_key
from core.pagination import Page, keyset_page
from reporting.call_figures import APPOINTMENT, REACHED, CallFigures, counted_calls, read_calls
from reporting.periods import month_of, recent_quarters, rolling_year
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.switches import Choice, Switches, View, period_label

BEHIND = "reporting:calls_behind"
TITLES: dict[str, str | Promise] = {
    "calls": _("Calls of ours"),
    "reached": _("Calls that reached somebody"),
    "appointments": _("Calls that brought an appointment"),
}
HOURS = range(24)


@dataclass(frozen=True)
class Line:
    """One line of a table: its figures, and the addresses of the calls behind them."""

    name: str
    figures: CallFigures
    urls: dict[str, str]
    # What all of them together reached, as a tick beside; None on the line of all.
    reach_tick: float | None = None
    success_tick: float | None = None


class CallPage:
    """Everything the page shows."""

    def __init__(self, selection: Selection, scopes: Scopes) -> None:
        self.selection, self.scopes = selection, scopes
        self.report = read_calls(selection)
        self.total = self._line(selection.name, self.report.total)

    @property
    def views(self) -> list[View]:
        """The periods to choose from."""
        day = Switches(self.selection, self.scopes).day
        month = month_of(day)
        offered = [rolling_year(day), month, month.before(), *recent_quarters(day, 2)]
        return [
            View(
                period_label(period),
                self.selection.with_period(period).url("reporting:calls"),
                is_on=period.code == self.selection.period.code,
            )
            for period in offered
        ]

    @cached_property
    def whose(self) -> dict[str, list[Choice]]:
        """Everyone, the teams and the reps the reader may see."""
        return Switches(self.selection, self.scopes).whose

    @property
    def shows_people(self) -> bool:
        """A total of few people would tell of persons."""
        people = len(self.report.by_caller)
        return self.selection.rep is not None or not people or self.scopes.shows_people(people)

    @property
    def shows_persons(self) -> bool:
        """Whether figures of single persons stand on the page."""
        return self.selection.rep is not None or bool(self.callers)

    @cached_property
    def callers(self) -> list[Line]:
        """Who called, as far as the reader may see them one by one, the busiest first."""
        if self.selection.rep is not None:
            return []
        people = User.objects.filter(pk__in=[key for key in self.report.by_caller if self._shows(key)])
        lines = [
            self._line(str(one), self.report.by_caller[one.pk], caller=one.pk) for one in people.by_name()
        ]
        return sorted(lines, key=lambda line: -line.figures.calls)

    @property
    def hours(self) -> list[Line]:
        """The hours of the day in which there were calls."""
        return [
            self._line(f"{hour}–{hour + 1}", figures, hour=hour)
            for hour, figures in self.report.by_hour.items()
        ]

    def _shows(self, caller: int) -> bool:
        team = self.selection.team
        return self.scopes.shows_rep(caller) or (
            team is not None and self.scopes.shows_member(caller, team.pk)
        )

    def _line(self, name: str, figures: CallFigures, **narrowed: int) -> Line:
        urls = {what: self.selection.url(BEHIND, what=what, **narrowed) for what in TITLES}
        if not narrowed:
            return Line(name, figures, urls)
        total = self.report.total
        return Line(name, figures, urls, total.reach.share, total.success.share)


@dataclass(frozen=True)
class CallsBehind:
    """The calls a figure counts: those the reader may see, and how many there are in all."""

    title: str | Promise
    page: Page[Activity]
    counted: int
    hidden: int
    hour: int | None
    caller: User | None
    selection: Selection


def calls_behind(selection: Selection, query: QueryDict, user: User, scopes: Scopes) -> CallsBehind:
    """Find the calls of a figure; `what` is calls, reached or appointments, `hour` and `caller` narrow it.

    Http404 for a figure that is none, or that the reader may not see.
    """
    what = query.get("what", "")
    hour, caller = _hour(query.get("hour", "")), _caller(query.get("caller", ""), scopes)
    if what not in TITLES:
        raise Http404
    calls = counted_calls(selection)
    people = _people(calls)
    if selection.rep is None and people and not scopes.shows_people(people):
        raise Http404
    if what != "calls":
        calls = calls.filter(REACHED if what == "reached" else APPOINTMENT)
    calls = calls.filter(at__hour=hour) if hour is not None else calls
    calls = calls.filter(author=caller) if caller is not None else calls
    seen = Activity.objects.visible_to(user).filter(pk__in=calls.order_by().values("pk"))
    counted = calls.count()
    shown = seen.select_related("author", "company", "person", "deal", "lead")
    return CallsBehind(
        title=TITLES[what],
        page=keyset_page(shown, ("-at", "-pk"), query.get("cursor", "")),
        counted=counted,
        hidden=counted - seen.count(),
        hour=hour,
        caller=caller,
        selection=selection,
    )


def _people(calls: "QuerySet[Activity]") -> int:
    return calls.order_by().values("author").distinct().count()


def _hour(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) in HOURS):
        raise Http404
    return int(text)


def _caller(text: str, scopes: Scopes) -> User | None:
    if not text:
        return None
    found = User.objects.filter(pk=int(text)).first() if is_key(text) else None
    if found is None or not (scopes.shows_rep(found.pk) or found.team_id in scopes.people_of):
        raise Http404
    return found
