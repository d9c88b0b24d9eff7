"""The table of targets as one form: lines by months, typed like a spreadsheet."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.validators import MinValueValidator
from django.forms.boundfield import BoundField
from django.utils.dates import MONTHS
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.versions import now_saved
from pipeline.models import StageSetting
from planning.actions import Cell, Change
from planning.models import Line, Measure, Planned, SalesTarget, usual_lines

MONTHS_OF_A_YEAR = range(1, 13)
ENTRIES_INTO = gettext_lazy("Entries into %(stage)s")

Amounts = dict[Cell, Decimal]


@dataclass(frozen=True)
class GridCell:
    """One field of the table."""

    field: BoundField
    is_filled: bool
    """Filled in by a help for filling, and not saved yet."""
    reached: Decimal | None
    """What was reached in the month, once it has begun; None where there is nothing to show."""


@dataclass(frozen=True)
class GridLine:
    """One line of the table, with what it comes to in the year."""

    line: Line
    label: str
    cells: list[GridCell]
    total: Decimal


class TargetForm(forms.Form):
    """The targets of a rep or team in a year. `seen` carries what stood in the cells when it was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        planned: Planned,
        year: int,
        filled: Amounts | None = None,
        reached: Amounts | None = None,
        is_editable: bool = True,
    ) -> None:
        self.stored: Amounts = {
            (row.line, row.month): row.amount for row in SalesTarget.objects.of(planned).in_year(year)
        }
        self.year, self.filled, self.reached = year, filled or {}, reached or {}
        self.lines = lines_with(self.stored)
        self.labels = line_labels(self.lines)
        super().__init__(data)
        for cell in self._cells():
            self.fields[name_of(cell)] = self._field(cell, is_editable=is_editable)
        self.initial = {"seen": _packed(self.stored)} | {
            name_of(cell): plain(amount) for cell, amount in {**self.stored, **self.filled}.items()
        }

    @property
    def months(self) -> list[str]:
        """Heads of the columns."""
        return [str(MONTHS[month])[:3] for month in MONTHS_OF_A_YEAR]

    @property
    def grid(self) -> list[GridLine]:
        """The lines with their fields."""
        return [self._grid_line(line) for line in self.lines]

    def is_stale(self) -> bool:
        """Whether someone set a cell meanwhile that this form sets otherwise; the cell then says so.

        Saving once more is a decision: the form goes on with what stands there now.
        """
        overtaken = [
            cell
            for cell, change in self.changes().items()
            if self.stored.get(cell) not in (change.seen, change.amount)
        ]
        if not overtaken:
            return False
        typed = {name: self.data[name] for name in self.data}
        self.data = {**typed, "seen": _packed(self.stored)}
        self.add_error(
            None,
            _("Someone else has changed targets in the meantime. Saving once more keeps what stands here."),
        )
        for cell in overtaken:
            now = self.stored.get(cell)
            self.add_error(name_of(cell), now_saved(localize(plain(now)) if now is not None else ""))
        return True

    def changes(self) -> dict[Cell, Change]:
        """The cells that say something else than what the user saw in them."""
        seen = _unpacked(self.cleaned_data.get("seen", ""))
        changes = {}
        for cell in self._cells():
            # Nothing is planned where nothing is to be reached.
            amount = self.cleaned_data.get(name_of(cell)) or None
            if amount != seen.get(name_of(cell)):
                changes[cell] = Change(amount, seen.get(name_of(cell)))
        return changes

    def _cells(self) -> Iterator[Cell]:
        for line in self.lines:
            for month in MONTHS_OF_A_YEAR:
                yield line, date(self.year, month, 1)

    def _field(self, cell: Cell, *, is_editable: bool) -> forms.DecimalField:
        line, month = cell
        return forms.DecimalField(
            label=f"{self.labels[line]}, {MONTHS[month.month]} {month.year}",
            required=False,
            disabled=not is_editable,
            max_digits=14,
            decimal_places=2 if line.is_money else 0,
            localize=True,
            validators=[MinValueValidator(0)],
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "class": "num", "autocomplete": "off", "maxlength": 20}
            ),
        )

    def _grid_line(self, line: Line) -> GridLine:
        cells = [(line, date(self.year, month, 1)) for month in MONTHS_OF_A_YEAR]
        shown = {**self.stored, **self.filled}
        return GridLine(
            line,
            self.labels[line],
            [GridCell(self[name_of(cell)], cell in self.filled, self.reached.get(cell)) for cell in cells],
            plain(sum((shown.get(cell, Decimal(0)) for cell in cells), start=Decimal(0))),
        )


def name_of(cell: Cell) -> str:
    """The name of a field: `won_3`."""
    line, month = cell
    return f"{line.key}_{month.month}"


def lines_with(amounts: Amounts) -> list[Line]:
    """The usual lines, and those in other currencies for which there are targets."""
    usual = usual_lines()
    others = sorted({line for line, _month in amounts} - set(usual), key=lambda line: line.key)
    return [*usual[:1], *others, *usual[1:]]


def line_labels(lines: list[Line]) -> dict[Line, str]:
    """What the lines are called; stages as this company calls them."""
    stages = {setting.stage: setting.label for setting in StageSetting.objects.all()}
    return {line: _label(line, stages) for line in lines}


def plain(amount: Decimal) -> Decimal:
    """Without decimals that say nothing."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


def _label(line: Line, stages: Mapping[int, str | Promise]) -> str:
    if line.stage:
        return str(ENTRIES_INTO) % {"stage": stages[line.stage]}
    label = str(Measure(line.measure).label)
    return f"{label} ({line.currency})" if line.currency else label


def _packed(amounts: Amounts) -> str:
    return json.dumps({name_of(cell): str(amount) for cell, amount in amounts.items()})


def _unpacked(text: str) -> dict[str, Decimal]:
    """What a form says the user saw; what makes no sense was not seen."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    seen = {}
    for name, amount in found.items():
        try:
            seen[name] = Decimal(amount)
        except (InvalidOperation, TypeError, ValueError):
            continue
    return {name: amount for name, amount in seen.items() if amount.is_finite()}
