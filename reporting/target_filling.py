"""Helps for filling the table of targets: as last year, as the month before, a year spread over its months.

They only propose: what they fill in is saved by the user, and never writes over what stands there; spreading
does, because it was asked for the whole line.
"""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from django import forms
from django.core.validators import MinValueValidator
from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from core.money import CENT
from planning.models import Line, Planned, SalesTarget
from reporting.target_form import MONTHS_OF_A_YEAR, Amounts, line_labels, lines_with


class FillForm(forms.Form):
    """Asks for one of the helps."""

    AS_LAST_YEAR, AS_MONTH_BEFORE, SPREAD = "year", "month", "spread"

    fill = forms.ChoiceField(choices=[(AS_LAST_YEAR, ""), (AS_MONTH_BEFORE, ""), (SPREAD, "")])
    month = forms.TypedChoiceField(
        label=_("month"), choices=[(n, MONTHS[n]) for n in MONTHS_OF_A_YEAR], coerce=int, required=False
    )
    line = forms.ChoiceField(label=_("measure"), required=False)
    amount = forms.DecimalField(
        label=_("target of the year"),
        required=False,
        max_digits=14,
        decimal_places=2,
        localize=True,
        validators=[MinValueValidator(0)],
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "size": 10}),
    )

    def __init__(self, data: QueryDict | None, *, planned: Planned, year: int) -> None:
        super().__init__(data)
        self.planned, self.year = planned, year
        self.stored = _targets(planned, year)
        self.lines = {line.key: line for line in lines_with(self.stored)}
        labels = line_labels(list(self.lines.values()))
        self.fields["line"].choices = [(key, labels[line]) for key, line in self.lines.items()]  # type: ignore[attr-defined]

    @property
    def filled(self) -> Amounts:
        """What to fill in; nothing where the question was not understood."""
        if not (self.is_bound and self.is_valid()):
            return {}
        asked = self.cleaned_data
        if asked["fill"] == self.SPREAD:
            return self._spread(asked["line"], asked["amount"])
        if asked["fill"] == self.AS_LAST_YEAR:
            return self._into_empty(_moved(_targets(self.planned, self.year - 1), self.year))
        return self._into_empty(self._month_before(asked["month"] or 0))

    def _month_before(self, month: int) -> Amounts:
        if month not in MONTHS_OF_A_YEAR:
            return {}
        first = date(self.year, month, 1)
        is_january = month == 1
        source = date(self.year - is_january, 12 if is_january else month - 1, 1)
        rows = SalesTarget.objects.of(self.planned).filter(month=source)
        return {(row.line, first): row.amount for row in rows}

    def _spread(self, key: str, amount: Decimal | None) -> Amounts:
        if key not in self.lines or not amount:
            return {}
        line = self.lines[key]
        months = [date(self.year, month, 1) for month in MONTHS_OF_A_YEAR]
        return {(line, month): part for month, part in zip(months, spread(line, amount), strict=True) if part}

    def _into_empty(self, amounts: Amounts) -> Amounts:
        return {cell: amount for cell, amount in amounts.items() if cell not in self.stored}


def spread(line: Line, amount: Decimal, parts: int = 12) -> list[Decimal]:
    """An amount in equal parts that add up to it: whole ones, and cents only where it has cents itself."""
    is_whole = amount == amount.to_integral_value()
    unit = Decimal(1) if is_whole or not line.is_money else CENT
    whole = amount.quantize(unit)
    ends = [(whole * part / parts).quantize(unit) for part in range(parts + 1)]
    return [end - start for start, end in pairwise(ends)]


def _targets(planned: Planned, year: int) -> Amounts:
    rows = SalesTarget.objects.of(planned).in_year(year)
    return {(row.line, row.month): row.amount for row in rows}


def _moved(amounts: Amounts, year: int) -> Amounts:
    return {(line, month.replace(year=year)): amount for (line, month), amount in amounts.items()}
