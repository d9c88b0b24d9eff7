"""The page of the Trichterrechner: what was asked, the plan, its levers, the scenarios kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property

from accounts.models import User
from planning.actions import Assumptions
from planning.models import (
    Goal,
    Planned,
    Scenario,
    ScenarioVersion,
    is_planned_by,
)
from reporting import counts
from reporting.backwards.asked import (
    TURN,
    CalculatorForm,
    currency_of,
    is_near,
    lever_label,
    next_quarter,
    turned_by,
)
from reporting.backwards.chain import Level, best_steps
from reporting.backwards.levers import Levers, turned
from reporting.backwards.planning import Aim, Found, Plan, lever_effects, plan
from reporting.backwards.rates import RateRow, rate_rows
from reporting.backwards.reading import Reading, circles_of, read_basis
from reporting.backwards.reading_ahead import Open, read_open, read_waits
from reporting.backwards.rows import LevelRow, LeverRow, level_rows, lever_rows
from reporting.backwards.usual import usual_amount
from reporting.periods import Period, period_of_code, rolling_year
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.switches import Choice
from reporting.target_form import plain
from reporting.target_page import planned_choices
from reporting.target_status import TargetTable

MOST_SCENARIOS = 50


@dataclass(frozen=True)
class Kept:
    """A scenario in the list, with its last version."""

    scenario: Scenario
    version: ScenarioVersion | None


@dataclass(frozen=True)
class Turn:
    """A lever, how far it is turned, and its field."""

    label: str | Promise
    value: int
    field: BoundField


class Calculator:
    """One plan for a rep or team, as one user asks for it; `version` is the scenario it starts from."""

    def __init__(
        self,
        query: QueryDict,
        user: User,
        scopes: Scopes,
        planned: Planned,
        version: ScenarioVersion | None = None,
    ) -> None:
        self.user, self.scopes, self.planned, self.version = user, scopes, planned, version
        self.today = timezone.localdate()
        data = query if "amount" in query else None
        self.form = CalculatorForm(data, today=self.today, initial=self._initial(query))

    @cached_property
    def asked(self) -> Mapping[str, object]:
        """What is reckoned with; as far as it was understood."""
        if self.form.is_bound and self.form.is_valid():
            return dict(self.form.cleaned_data)
        return dict(self.form.initial)

    @property
    def goal(self) -> str:
        """Revenue or customers."""
        return str(self.asked["goal"])

    @property
    def is_money(self) -> bool:
        """Whether the target is an amount of money."""
        return self.goal == Goal.REVENUE

    @property
    def currency(self) -> str:
        """The currency of the target."""
        return currency_of(self.goal)

    @property
    def amount(self) -> Decimal:
        """The target."""
        return Decimal(str(self.asked["amount"]))

    @property
    def levers(self) -> Levers:
        """How far they are turned."""
        return turned_by(self.asked)

    @cached_property
    def period(self) -> Period:
        """The months the target is of."""
        return period_of_code(str(self.asked["period"]), self.today)

    @cached_property
    def reading(self) -> Reading:
        """What is measured."""
        return read_basis(self.planned, self.scopes, timezone.now(), is_money=self.is_money)

    @cached_property
    def open(self) -> Open:
        """What the open deals bring."""
        return read_open(circles_of(self.planned)[-1], is_money=self.is_money)

    @cached_property
    def reached(self) -> float | None:
        """What of the target is there already; None where it would tell of single persons."""
        wins = counts.win_counts(self.selection, self.scopes)
        if wins is None:
            return None
        return float(wins.won.value) if self.is_money else float(wins.new_customers)

    @cached_property
    def plan(self) -> Plan | None:
        """The answer; None where too little is known."""
        return plan(self._aim, self._found, self.levers) if self.amount > 0 and self.shows_people else None

    @cached_property
    def shows_people(self) -> bool:
        """Whether what is measured is made of enough people to be shown."""
        return self.scopes.least_people <= 1 or (self.reached is not None and self._people_won)

    @cached_property
    def rows(self) -> list[LevelRow]:
        """The levels."""
        return level_rows(self.plan, self._aim, self._found.waits) if self.plan else []

    @property
    def aim_fields(self) -> list[BoundField]:
        """The fields that say what is to be reached."""
        return [self.form[name] for name in ("goal", "amount", "period")]

    @property
    def turns(self) -> list[Turn]:
        """The levers with their fields."""
        found = zip(self.levers._asdict().items(), self.form.levers, strict=True)
        return [Turn(lever_label(name, self.goal), value, field) for (name, value), field in found]

    @property
    def top(self) -> LevelRow | None:
        """The level at which the funnel is filled."""
        return next((row for row in self.rows if self.plan and row.level == self.plan.top), None)

    @property
    def strongest(self) -> LeverRow | None:
        """The lever that saves the most."""
        return next((row for row in self.levers_compared if row.is_strongest), None)

    @property
    def has_leads(self) -> bool:
        """Whether the plan reaches back to leads."""
        return self.plan is not None and Level.LEADS in self.plan.whole

    @property
    def urls(self) -> dict[str, str]:
        """The pages and lists behind."""
        plain = {name: value for name, value in self.query.items() if not name.startswith(TURN)}
        return {
            "won": self.selection.url("reporting:deals", what="won"),
            "forecast": self.year.url("reporting:forecast"),
            "targets": f"{reverse('reporting:targets')}?of={self.planned.code}",
            "unturned": f"{self._base}?{urlencode({**plain, **self._version_asked})}",
        }

    @property
    def rates(self) -> list[RateRow]:
        """What is measured, and what is reckoned with."""
        best = turned(best_steps(self.reading.basis), self.levers, is_money=self.is_money)
        return rate_rows(self.reading, best, self.goal, self.year, self.levers._asdict())

    @cached_property
    def levers_compared(self) -> list[LeverRow]:
        """The levers, the strongest first."""
        if self.plan is None or not self.plan.gap.best:
            return []
        return lever_rows(lever_effects(self._aim, self._found, self.levers, self.plan), self.goal)

    @cached_property
    def unturned(self) -> Plan | None:
        """The plan as it is without any lever turned, where one is."""
        return plan(self._aim, self._found, Levers()) if self.plan and self.levers.is_turned else None

    @property
    def selection(self) -> Selection:
        """The same for the other reports."""
        return Selection(self.period, rep=self.planned.rep, team=self.planned.team)

    @property
    def year(self) -> Selection:
        """The twelve months everything is measured of."""
        return self.selection.with_period(rolling_year(self.today))

    @property
    def targets(self) -> TargetTable:
        """What is set as target for the period, with what is reached of it."""
        return TargetTable(self.selection, self.scopes)

    @property
    def name(self) -> str:
        """The rep or team."""
        return str(self.planned.row)

    @property
    def may_save(self) -> bool:
        """Whether the reader may keep scenarios here: for those they plan, a rep for the rep alone."""
        return self.planned.rep == self.user or is_planned_by(self.planned, self.user)

    @property
    def query(self) -> dict[str, object]:
        """What an address or a form carries of it."""
        turns = {TURN + name: turn for name, turn in self.levers._asdict().items() if turn}
        amount = str(self.amount.normalize().quantize(Decimal("0.01"))).removesuffix(".00")
        return {
            "of": self.planned.code,
            "goal": self.goal,
            "amount": amount,
            "period": self.period.code,
            **turns,
        }

    @property
    def whose(self) -> dict[str, list[Choice]]:
        """The teams and reps to choose from."""
        return planned_choices(self.planned, self.scopes)

    @cached_property
    def kept(self) -> list[Kept]:
        """The scenarios of the rep or team the reader may see."""
        scenarios = Scenario.objects.visible_to(self.user).current().of(self.planned)[:MOST_SCENARIOS]
        last: QuerySet[ScenarioVersion] = ScenarioVersion.objects.filter(scenario__in=list(scenarios))
        versions = {one.scenario_id: one for one in last.order_by("number").select_related("made_by")}
        return [Kept(scenario, versions.get(scenario.pk)) for scenario in scenarios]

    def assumptions(self) -> Assumptions:
        """What a version keeps of it."""
        needed = {
            str(row.level): {
                "whole": row.whole._asdict(),
                "missing": row.missing._asdict(),
            }
            for row in self.rows
        }
        turns = {name: turn for name, turn in self.levers._asdict().items() if turn}
        return Assumptions(self.goal, self.amount, self.currency, self.period.code, turns, needed)

    @property
    def _base(self) -> str:
        if self.version:
            return reverse("reporting:scenario_detail", args=[self.version.scenario_id])
        return reverse("reporting:calculator")

    @property
    def _version_asked(self) -> dict[str, object]:
        return {"version": self.version.number} if self.version else {}

    @cached_property
    def _aim(self) -> Aim:
        rep = self.planned.rep
        return Aim(
            amount=float(self.amount),
            reached=self.reached or 0.0,
            is_money=self.is_money,
            first=self.period.starts_on,
            last=self.period.ends_on or self.today,
            today=self.today,
            land=rep.works_in if rep else getattr(self.planned.team, "land", ""),
        )

    @cached_property
    def _found(self) -> Found:
        waits = read_waits(circles_of(self.planned), self.reading.period)
        return Found(self.reading.basis, self.open.ahead, waits)

    @property
    def _people_won(self) -> bool:
        return counts.win_counts(self.year, self.scopes) is not None

    def _initial(self, query: QueryDict) -> dict[str, object]:
        if self.version:
            turns = {TURN + name: turn for name, turn in self.version.levers.items()}
            kept = {
                "goal": self.version.goal,
                "amount": plain(self.version.amount),
                "period": self.version.period,
            }
            return {**kept, **turns}
        asked = period_of_code(query.get("period", ""), self.today)
        period = asked if is_near(asked, self.today) else next_quarter(self.today)
        goal = Goal.CUSTOMERS if query.get("goal") == Goal.CUSTOMERS else Goal.REVENUE
        return {
            "goal": goal,
            "period": period.code,
            "amount": usual_amount(self.planned, goal, period, self.today),
        }
