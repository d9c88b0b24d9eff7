"""What is stuck now (Was hängt): too long in its stage, without a next step, overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from accounts.models import Team, User
from pipeline.models import Deal, StageSetting, longer_than_usual
from reporting.scopes import Scopes
from reporting.selection import Selection

# What is asked of the list of deals, in the order of the columns.
REASONS = ("too_long", "no_step", "overdue")


@dataclass(frozen=True)
class StuckCell:
    """So many deals are stuck for one reason, and what they are worth in the usual currency."""

    deals: int
    value: Decimal
    url: str


@dataclass(frozen=True)
class StuckLine:
    """A rep, a team, or all of them."""

    name: str
    user: User | None
    open: StuckCell
    cells: list[StuckCell]


class StuckTable:
    """The open deals of a selection that the reader may see; lines by rep or team as far as rights go."""

    def __init__(self, selection: Selection, user: User, scopes: Scopes) -> None:
        self.selection, self.scopes = selection, scopes
        by = "owner__team" if not (selection.rep or selection.team) else "owner"
        self._rows = list(_counted(self._open_deals(user).values(by)))
        self.lines = sorted(self._lines(), key=lambda line: line.name.casefold())
        self.foot = self._foot()

    def _open_deals(self, user: User) -> QuerySet[Deal]:
        deals = Deal.objects.visible_to(user).open()
        if self.selection.rep:
            return deals.filter(owner=self.selection.rep)
        return deals.filter(owner__team=self.selection.team) if self.selection.team else deals

    def _lines(self) -> Iterable[StuckLine]:
        """The reps of a team, or all teams; a rep alone is the foot."""
        if self.selection.rep:
            return
        if self.selection.team:
            yield from self._rep_lines(self.selection.team)
            return
        teams = Team.objects.in_bulk(self.scopes.team_ids)
        for row in self._rows:
            team = teams.get(row["owner__team"])
            if team and self.scopes.shows_people(row["people"]):
                yield _line(str(team), None, row, {"team": team.pk})

    def _rep_lines(self, team: Team) -> Iterable[StuckLine]:
        reps = User.objects.select_related("team").in_bulk(team.members.values_list("pk", flat=True))
        for row in self._rows:
            rep = reps.get(row["owner"])
            if rep and self.scopes.shows_member(rep.pk, team.pk):
                yield _line(str(rep), rep, row, {"owner": rep.pk})

    def _foot(self) -> StuckLine | None:
        """All of them together, unless they are too few people."""
        names = [name for name in self._rows[0] if not name.startswith("owner")] if self._rows else []
        total = {name: sum(row[name] or 0 for row in self._rows) for name in names}
        if not total or not self.scopes.shows_people(total["people"]):
            return None
        query: dict[str, int] = {}
        if self.selection.rep:
            query = {"owner": self.selection.rep.pk}
        elif self.selection.team:
            query = {"team": self.selection.team.pk}
        return _line(self.selection.name, None, total, query)


def _counted(groups: QuerySet) -> QuerySet:
    """Number and value of the open deals, and of those stuck for each reason; in one pass over them."""
    conditions = {
        "open": Q(),
        "too_long": longer_than_usual(StageSetting.objects.all()),
        "no_step": Q(next_step_on=None),
        "overdue": Q(next_step_on__lt=timezone.localdate()),
    }
    own = Q(currency=settings.DEFAULT_CURRENCY)
    counts = {f"{name}_deals": Count("pk", filter=wanted or None) for name, wanted in conditions.items()}
    sums = {f"{name}_value": Sum("value", filter=own & wanted) for name, wanted in conditions.items()}
    return groups.order_by().annotate(people=Count("owner", distinct=True), **counts, **sums)


def _line(name: str, user: User | None, row: dict, query: dict[str, int]) -> StuckLine:
    return StuckLine(name, user, _cell(row, "open", query), [_cell(row, reason, query) for reason in REASONS])


def _cell(row: dict, reason: str, query: dict[str, int]) -> StuckCell:
    asked = {"outcome": "open", **query, **({} if reason == "open" else {reason: "on"})}
    url = f"{reverse('pipeline:deal_list')}?{urlencode(asked)}"
    return StuckCell(row[f"{reason}_deals"], Decimal(row[f"{reason}_value"] or 0), url)
