"""The page of stage quotas (Phasenquoten): a rep or team beside targets and the others, fairly."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Team, User
from reporting.comparison import Sentence, sentences
from reporting.dashboard import Dashboard
from reporting.efforts import EffortTable
from reporting.handovers import HandOver, handed_over
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.stage_entries import STAGES
from reporting.stage_table import StageTable
from reporting.standings import Tally
from reporting.switches import Switches

PAGE = "reporting:evaluation"
MOST_HAND_OVERS = 20


@dataclass(frozen=True)
class LeakCell:
    """Deals lost in a stage for a reason; how dark the cell is, 0 to 1."""

    lost: Tally
    shade: float
    url: str


@dataclass(frozen=True)
class LeakRow:
    """One reason across the stages; the last cell is all of them."""

    reason: str
    cells: list[LeakCell | None]
    total: Tally
    url: str


@dataclass(frozen=True)
class HandOverRow:
    """Who gave how many deals to whom, in words the reader may see."""

    giver: str
    taker: str
    handed: HandOver


class Evaluation(Dashboard):
    """What the dashboard knows of a selection, with comparison, effort, leaks by stage, hand-overs."""

    def __init__(self, selection: Selection, user: User, scopes: Scopes) -> None:
        super().__init__(selection, user, scopes)
        self.switches = Switches(selection, scopes, PAGE)
        self.table = StageTable(selection, scopes, self.labels, PAGE)
        self.efforts = EffortTable(selection, scopes)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Beside the others, stage by stage."""
        return sentences(self.selection, self.scopes, self.table, self.labels)

    @property
    def shows_persons(self) -> bool:
        """Whether figures of persons other than the reader are on the page."""
        users = [line.user for line in self.efforts.lines] + [line.user for line in self.table.lines]
        rep = self.selection.rep
        shown = {user.pk for user in users if user} | ({rep.pk} if rep else set())
        return bool(shown - {self.user.pk})

    @cached_property
    def leak_rows(self) -> list[LeakRow]:
        """Every reason with the stages it took deals from, the most frequent first."""
        most = max((self.size(leak.lost) for leak in self.leak_counts), default=0.0) or 1.0
        by_place = {(leak.reason_id, leak.stage): leak.lost for leak in self.leak_counts}
        totals: dict[int, Tally] = {}
        for leak in self.leak_counts:
            totals[leak.reason_id] = totals.get(leak.reason_id, Tally()) + leak.lost
        rows = sorted(totals.items(), key=lambda row: (-self.size(row[1]), row[0]))
        return [
            LeakRow(
                self.reasons[reason],
                [self._leak_cell(by_place.get((reason, stage)), reason, stage, most) for stage in STAGES],
                total,
                self.deals_url(what="lost", reason=reason),
            )
            for reason, total in rows
        ]

    @cached_property
    def leak_totals(self) -> list[LeakCell | None]:
        """Everything lost in each stage."""
        totals = {stage: Tally() for stage in STAGES}
        for leak in self.leak_counts:
            totals[leak.stage] += leak.lost
        return [
            LeakCell(total, 0.0, self.deals_url(what="lost", stage=stage)) if total.deals else None
            for stage, total in totals.items()
        ]

    @cached_property
    def hand_overs(self) -> list[HandOverRow]:
        """Who gave to whom, the most first; of whom the reader may see no figures, the team."""
        if self.scopes.least_people > 1:
            return []
        found = handed_over(self.selection)[:MOST_HAND_OVERS]
        users = User.objects.in_bulk({key for one in found for key in (one.from_rep, one.to_rep)})
        teams = Team.objects.in_bulk({key for one in found for key in (one.from_team, one.to_team)})
        return [
            HandOverRow(
                self._named(users[one.from_rep], teams[one.from_team]),
                self._named(users[one.to_rep], teams[one.to_team]),
                one,
            )
            for one in found
        ]

    def _named(self, user: User, team: Team) -> str:
        if self.scopes.shows_member(user.pk, team.pk):
            return str(user)
        return _("somebody of %(team)s") % {"team": team}

    def _leak_cell(self, lost: Tally | None, reason: int, stage: int, most: float) -> LeakCell | None:
        if lost is None:
            return None
        url = self.deals_url(what="lost", stage=stage, reason=reason)
        return LeakCell(lost, self.size(lost) / most, url)
