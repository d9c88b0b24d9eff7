"""What one row of a table of targets says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from imports.column_names import Field
from imports.columns import normal_name
from imports.rows import RowValues
from planning.models import Line, Measure

TARGET_FIELDS: Final = (
    Field.OWNER,
    Field.TEAM,
    Field.MONTH,
    Field.MEASURE,
    Field.STAGE,
    Field.VALUE,
    Field.CURRENCY,
)
_MEASURES: Mapping[Measure, str] = {
    Measure.REVENUE: "revenue, umsatz, auftragseingang, auftragsvolumen, order intake, bookings, sales",
    Measure.WON: "won, wins, deals won, won deals, gewonnen, gewonnene, abschlüsse, aufträge, closings",
    Measure.OFFERS: "offers, offers delivered, angebote, übergebene angebote, proposals, quotes",
    Measure.APPOINTMENTS: (
        "appointments, appointments held, termine, vor ort termine, durchgeführte termine, besuche, visits, "
        "meetings"
    ),
    Measure.ENTRIES: "entries, entries into a stage, eintritte, eintritte in eine phase",
}


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target as a file has it: of the owner if one is named, else of the team."""

    line: int
    owner: str
    team: str
    month: date
    of: Line
    amount: Decimal


def target_row(values: RowValues) -> TargetRow | None:
    """Read a row of a table of targets; without a measure it is order intake."""
    month, amount = values.month(), values.amount()
    owner, team = values.text(Field.OWNER), values.text(Field.TEAM)
    measure = _measure(values)
    stage = _stage(values) if measure == Measure.ENTRIES else None
    if not values.problems:
        values.problems.extend(_missing(values, month, owner or team))
    if month is None or amount is None or measure is None:
        return None
    currency = amount.currency if measure == Measure.REVENUE else ""
    line = Line(measure, stage, currency)
    if not values.problems:
        values.problems.extend(_wrong(line, amount.number))
    return TargetRow(values.line, owner, team, month, line, amount.number)


def _measure(values: RowValues) -> Measure | None:
    text = values.text(Field.MEASURE)
    if not text:
        return Measure.REVENUE
    measure = _WORDS.get(normal_name(text))
    if measure is None:
        values.count_unmapped(Field.MEASURE)
        values.problems.append(
            _("“%(value)s” is no known measure; map it with “measure:%(value)s=…”.") % {"value": text}
        )
    return measure


def _stage(values: RowValues) -> int | None:
    stage = values.standing().stage
    if stage is None and not values.problems:
        values.problems.append(_("The stage is missing."))
    return stage.value if stage else None


def _missing(values: RowValues, month: date | None, whose: str) -> list[str]:
    return [
        problem
        for problem, is_missing in (
            (_("The month is missing."), month is None),
            (_("The amount is missing."), not values.says(Field.VALUE)),
            (_("Neither a rep nor a team is named."), not whose),
        )
        if is_missing
    ]


def _wrong(line: Line, amount: Decimal) -> list[str]:
    if not amount:
        return [_("A target of nothing is no target.")]
    if not line.is_money and amount != amount.to_integral_value():
        return [_("Only order intake has decimals; “%(value)s” is no whole number.") % {"value": amount}]
    return []


_WORDS = {normal_name(word): measure for measure, text in _MEASURES.items() for word in text.split(",")}
