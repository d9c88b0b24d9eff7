"""From a scenario to targets: what it needs, month by month, in proportion to the working days."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from itertools import pairwise
from typing import Final

from core.working_days import working_days_between
from planning.actions import Cell, Change, stored_targets
from planning.models import Line, Measure, Planned, ScenarioVersion
from reporting.backwards.chain import Level
from reporting.periods import Period, month_of
from reporting.target_form import line_labels
from reporting.target_status import months_in

LINES: Final = {
    Level.WINS: Line(Measure.WON),
    Level.OFFERS: Line(Measure.OFFERS),
    Level.APPOINTMENTS: Line(Measure.APPOINTMENTS),
    Level.CONTACTS: Line(Measure.ENTRIES, stage=2),
    Level.DEALS: Line(Measure.ENTRIES, stage=1),
}
UNIT: Final = Decimal(1)


@dataclass(frozen=True)
class Proposal:
    """One target a scenario would set, and what stands there now."""

    line: Line
    label: str
    month: date
    amount: Decimal
    now: Decimal | None

    @property
    def changes(self) -> bool:
        """Whether it would become another."""
        return self.amount != self.now

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.line.key}_{self.month:%Y-%m}"


def proposals(planned: Planned, version: ScenarioVersion, period: Period, today: date) -> list[Proposal]:
    """What a version would set, line by line; months that are over stay as they are."""
    land = planned.rep.works_in if planned.rep else getattr(planned.team, "land", "")
    amounts = monthly_amounts(totals_of(version), period, land)
    to_set = {cell: amount for cell, amount in amounts.items() if _last_day(cell[1]) >= today and amount}
    stored = stored_targets(planned, {month for _line, month in to_set})
    labels = line_labels(list({line for line, _month in to_set}))
    return [
        Proposal(
            line, labels[line], month, amount, stored[line, month].amount if (line, month) in stored else None
        )
        for (line, month), amount in to_set.items()
    ]


def totals_of(version: ScenarioVersion) -> dict[Line, Decimal]:
    """What the whole target needs, in whole numbers, rounded up: a part of a closing reaches nothing."""
    totals = {Line(Measure.REVENUE, currency=version.currency): version.amount} if version.currency else {}
    for level, line in LINES.items():
        best = version.needed.get(level, {}).get("whole", {}).get("best")
        if best:
            totals[line] = Decimal(str(best)).to_integral_value(ROUND_CEILING)
    return totals


def monthly_amounts(totals: Mapping[Line, Decimal], period: Period, land: str = "") -> dict[Cell, Decimal]:
    """Spread totals over the months of a period by their working days; the parts add up to the totals."""
    months = months_in(period)
    days = [working_days_between(month, _last_day(month), land) for month in months]
    gone = [sum(days[:number]) for number in range(len(days) + 1)]
    return {
        (line, month): amount
        for line, total in totals.items()
        for month, amount in zip(months, _spread(total, gone), strict=True)
    }


def changes_of(found: list[Proposal], seen: str) -> dict[Cell, Change]:
    """What is to be set, beside what its reader saw (as `packed` wrote it)."""
    known = _unpacked(seen)
    return {(one.line, one.month): Change(one.amount, known.get(one.key)) for one in found if one.changes}


def packed(found: list[Proposal]) -> str:
    """What stands there now, for the form."""
    return json.dumps({one.key: str(one.now) for one in found if one.now is not None})


def _unpacked(text: str) -> dict[str, Decimal]:
    try:
        found = json.loads(text)
        seen = {str(key): Decimal(str(amount)) for key, amount in found.items()}
    except (ValueError, RecursionError, AttributeError, InvalidOperation):
        return {}
    return {key: amount for key, amount in seen.items() if amount.is_finite()}


def _spread(total: Decimal, gone: list[int]) -> list[Decimal]:
    whole = gone[-1] or 1
    ends = [(total * day / whole).quantize(UNIT) for day in gone]
    ends[-1] = total
    return [end - start for start, end in pairwise(ends)]


def _last_day(month: date) -> date:
    return month_of(month).ends_on or month
