"""What a reader of reports may change to: another period, someone else, value instead of number."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Team, User
from reporting.models import StageConversion
from reporting.periods import (
    Period,
    month_of,
    quarter_number,
    quarter_of,
    recent_quarters,
    rolling_year,
    year_of,
)
from reporting.scopes import Scopes
from reporting.selection import Selection, figures_day

QUARTERS_OFFERED = 2
EARLIER_MONTHS = 23
# Ten years back are enough for a list to choose from; addresses reach further.
EARLIER_QUARTERS = 40
DASHBOARD = "reporting:dashboard"


@dataclass(frozen=True)
class View:
    """A pill: another period, or another beginning of it."""

    label: str
    url: str
    is_on: bool


@dataclass(frozen=True)
class Choice:
    """An entry of a switch: everyone, a team, a rep; a period."""

    code: str
    label: str
    is_on: bool


class Switches:
    """The switches of one page."""

    def __init__(self, selection: Selection, scopes: Scopes, page: str = DASHBOARD) -> None:
        self.selection, self.scopes, self.page = selection, scopes, page
        self.day = figures_day()

    @property
    def action(self) -> str:
        """Where the form of the switches leads."""
        return reverse(self.page)

    @cached_property
    def views(self) -> list[View]:
        """The periods to choose from first."""
        return [
            View(
                period_label(period),
                self.selection.with_period(period).url(self.page),
                is_on=self._is_on(period),
            )
            for period in self._offered
        ]

    @cached_property
    def earlier(self) -> dict[str, list[Choice]]:
        """Months, quarters and years before those, as far back as there are figures, the latest first."""
        quarters = self._earlier_quarters
        years = sorted({day.year for day in quarters} - {self.day.year}, reverse=True)
        return {
            "months": [self._choice(month) for month in self._earlier_months(quarters)],
            "quarters": [self._choice(quarter_of(day)) for day in quarters],
            "years": [self._choice(year_of(date(year, 1, 1))) for year in years],
        }

    @property
    def units(self) -> dict[str, str]:
        """Counted by number or by value."""
        return {
            "number": self.selection.counted(by_value=False).url(self.page),
            "value": self.selection.counted(by_value=True).url(self.page),
        }

    @property
    def comparisons(self) -> dict[str, str]:
        """Compared with the period before or with the year before; twelve months know no difference."""
        if self.selection.period.kind in ("rolling12", "year"):
            return {}
        return {
            "before": self.selection.against(by_year=False).url(self.page),
            "year": self.selection.against(by_year=True).url(self.page),
        }

    @property
    def whose(self) -> dict[str, list[Choice]]:
        """Everyone, the teams and the reps the reader may see."""
        teams = Team.objects.filter(pk__in=self.scopes.team_ids).order_by("name")
        chosen = self.selection.rep.pk if self.selection.rep else None
        counted = StageConversion.objects.filter(_stored_for(self.selection.period), team=None).values("rep")
        reps = User.objects.filter(
            Q(is_active=True) | Q(pk=chosen) | Q(pk__in=counted), pk__in=self.scopes.rep_ids
        )
        return {
            "everyone": [self._whose(self.selection.of())] if self.scopes.everyone else [],
            "teams": [self._whose(self.selection.of(team=team)) for team in teams],
            "reps": [self._whose(self.selection.of(rep=rep)) for rep in reps.by_name()],
        }

    @property
    def _offered(self) -> list[Period]:
        month = month_of(self.day)
        quarters = recent_quarters(self.day, QUARTERS_OFFERED)
        return [rolling_year(self.day), month, month.before(), *quarters, year_of(self.day)]

    @cached_property
    def _earlier_quarters(self) -> list[date]:
        offered = recent_quarters(self.day, QUARTERS_OFFERED)[-1]
        return list(
            StageConversion.objects.filter(
                rep=None, team=None, period=StageConversion.Kind.QUARTER, starts_on__lt=offered.starts_on
            )
            .order_by("-starts_on")
            .values_list("starts_on", flat=True)
            .distinct()[:EARLIER_QUARTERS]
        )

    def _earlier_months(self, quarters: list[date]) -> list[Period]:
        months = [month_of(self.day).before().before()]
        while len(months) < EARLIER_MONTHS:
            months.append(months[-1].before())
        return [month for month in months if quarters and month.starts_on >= quarters[-1]]

    def _choice(self, period: Period) -> Choice:
        return Choice(period.code, period_label(period), is_on=self._is_on(period))

    def _is_on(self, period: Period) -> bool:
        return period.code == self.selection.period.code

    def _whose(self, selection: Selection) -> Choice:
        return Choice(selection.whose, selection.name, is_on=selection.whose == self.selection.whose)


def period_label(period: Period) -> str:
    """`12 Monate`, `Nov 2026`, `Q4 2026`, `2026`."""
    year = period.starts_on.year
    if period.kind == "quarter":
        return _("Q%(number)s %(year)s") % {"number": quarter_number(period.starts_on), "year": year}
    if period.kind == "month":
        return f"{str(MONTHS[period.starts_on.month])[:3]} {year}"
    return str(year) if period.kind == "year" else _("12 months")


def _stored_for(period: Period) -> Q:
    """The stored figures that tell who was at work in a period."""
    quarters = Q(period=StageConversion.Kind.QUARTER)
    if period.kind == "year":
        return quarters & Q(starts_on__year=period.starts_on.year)
    if period.kind == "month":
        return quarters & Q(starts_on=quarter_of(period.starts_on).starts_on)
    return Q(period=period.kind, starts_on=period.starts_on)
