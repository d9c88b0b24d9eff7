"""The page of data quality and use: one's own figures, those of the teams one may see, how they went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Team, User
from quality.models import QualityDay, Subject
from quality.records import Tally, added_up, tallies
from quality.rules import Rule, rules_of
from quality.use import DAYS, Use, members_of, read_use
from reporting.scopes import Scopes

# How far back the course goes, and the size of its picture.
COURSE = timedelta(days=90)
WIDTH, HEIGHT, FULL = 300.0, 60.0, 100.0
# Teams of which the use is counted on a page.
MOST_TEAMS = 20


@dataclass(frozen=True)
class RuleLine:
    """A rule with how many records break it; where it is one's own, the queue of these."""

    rule: Rule
    count: int
    share: float
    url: str


@dataclass(frozen=True)
class Course:
    """The score of one's own records, or of a team's, day by day."""

    path: str
    first: date
    last: date
    days: int


@dataclass(frozen=True)
class Whose:
    """The quality of somebody's open records: one's own, a team's, everyone's."""

    name: str
    tally: Tally
    lines: Mapping[str, list[RuleLine]]
    course: Course | None
    use: Use | None
    is_own: bool = False


class QualityPage:
    """Everything the page shows, under the rights of its reader."""

    def __init__(self, user: User, scopes: Scopes) -> None:
        self.user, self.scopes = user, scopes
        self.use_days = DAYS

    @cached_property
    def last_day(self) -> date | None:
        """The day of the last picture that was taken of all."""
        row = QualityDay.objects.order_by("-day").first()
        return row.day if row else None

    @cached_property
    def own(self) -> Whose | None:
        """One's own records, as they are now; None where the house has no figures of persons."""
        if not self.scopes.shows_rep(self.user.pk):
            return None
        now = {subject: list(tallies(subject, self.user)) for subject in Subject.values}
        tally = added_up(row for rows in now.values() for row in rows)
        if not tally.records and (self.user.is_admin or self.user.is_manager):
            return None
        past = QualityDay.objects.filter(owner=self.user)
        use = read_use([self.user.pk])
        return Whose(_("My records"), tally, _lines(now, is_own=True), _course(past), use, is_own=True)

    @cached_property
    def teams(self) -> list[Whose]:
        """The teams whose totals one may see, as they were in the last night; the largest first."""
        found = []
        days = QualityDay.objects.filter(team__in=self.scopes.team_ids)
        days = days.filter(day=self.last_day) if self.last_day else days.none()
        by_team: defaultdict[int, list[QualityDay]] = defaultdict(list)
        for day in days:
            by_team[day.team_id].append(day)
        teams = Team.objects.filter(pk__in=by_team).order_by("name")[:MOST_TEAMS]
        for team in teams:
            tally = added_up(by_team[team.pk])
            if not self.scopes.shows_people(len(tally.people)):
                continue
            past = QualityDay.objects.filter(team=team)
            use = read_use(members_of(team.pk))
            found.append(Whose(team.name, tally, _lines(_by_subject(by_team[team.pk])), _course(past), use))
        return found

    @property
    def everyone(self) -> list[Whose]:
        """One's own, then the teams."""
        return [*([self.own] if self.own else []), *self.teams]


def _by_subject(days: Iterable[QualityDay]) -> dict[str, list[QualityDay]]:
    found: dict[str, list[QualityDay]] = {subject: [] for subject in Subject.values}
    for day in days:
        found[day.subject].append(day)
    return found


def _lines(days: Mapping[str, list[QualityDay]], *, is_own: bool = False) -> dict[str, list[RuleLine]]:
    """The rules that are broken, by what they are of; those that cost the most first."""
    found = {}
    for subject, rows in days.items():
        tally, lines = added_up(rows), []
        for code, rule in rules_of(subject).items():
            count = tally.broken.get(code, 0)
            url = f"{reverse('quality:queue')}?subject={subject}&rule={code}" if is_own and count else ""
            share = count / tally.records if tally.records else 0
            lines.append(RuleLine(rule, count, share, url))
        if tally.records:
            lines.sort(key=lambda line: -line.count * line.rule.weight)
            found[str(Subject(subject).label)] = [line for line in lines if line.count]
    return found


def _course(days: "object") -> Course | None:
    """The mean score of each day since COURSE; None where there is no course yet."""
    since = timezone.localdate() - COURSE
    sums: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
    for day, points, records in days.since(since).values_list("day", "points", "records"):  # type: ignore[attr-defined]
        sums[day][0] += points
        sums[day][1] += records
    if len(sums) < 2:
        return None
    first, last = min(sums), max(sums)
    span = (last - first).days
    points_of = [
        (WIDTH * (day - first).days / span, HEIGHT * (1 - points / records / FULL))
        for day, (points, records) in sorted(sums.items())
    ]
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points_of)
    return Course(path, first, last, len(sums))
