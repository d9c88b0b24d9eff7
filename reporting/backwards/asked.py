"""What is asked of the Trichterrechner: goal, amount, period, and how far each lever is turned."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django import forms
from django.conf import settings
from django.core.validators import MinValueValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from planning.models import LEVERS, Goal
from planning.models.scenarios import LEAST_TURN, MOST_TURN
from reporting.backwards.levers import Levers
from reporting.periods import Period, month_of, period_of_code, quarter_of, year_of
from reporting.switches import period_label

TURN: Final = "lever_"
STEP: Final = 5
YEARS_AROUND: Final = 2
SELECT: Final = {"class": "form-select"}
LABELS: Final[dict[str, str | Promise]] = {
    "worth": _("Value of a closing"),
    "offer": _("Offers that are won"),
    "contact": _("Contacts that become an offer"),
    "begin": _("Deals that become a contact"),
    "lead": _("Leads that become a deal"),
    "speed": _("Speed"),
}
NEW_SHARE: Final = _("New customers among closings")


class CalculatorForm(forms.Form):
    """Goal, amount, period and levers, as they stand in the address."""

    goal = forms.ChoiceField(label=_("Goal"), choices=Goal, widget=forms.Select(attrs=SELECT))
    amount = forms.DecimalField(
        label=pgettext_lazy("sales target", "Target"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        validators=[MinValueValidator(Decimal("0.01"))],
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "form-control num", "size": 10}),
    )
    period = forms.ChoiceField(label=_("Period"), widget=forms.Select(attrs=SELECT))

    def __init__(self, data: Mapping[str, str] | None, *, today: date, initial: Mapping[str, object]) -> None:
        super().__init__(data, initial=dict(initial))
        asked = [str(initial.get("period", "")), (data or {}).get("period", "")]
        self.periods = _periods(today, asked)
        self.fields["period"].choices = [(one.code, period_label(one)) for one in self.periods]  # type: ignore[attr-defined]
        for name in LEVERS:
            self.fields[TURN + name] = _turn(name)

    @property
    def levers(self) -> list[forms.BoundField]:
        """The fields of the levers."""
        return [self[TURN + name] for name in LEVERS]


def turned_by(cleaned: Mapping[str, object]) -> Levers:
    """How far the levers are turned; what is left empty is not."""
    return Levers(**{name: int(str(cleaned.get(TURN + name) or 0)) for name in LEVERS})


def lever_label(name: str, goal: str) -> str | Promise:
    """What a lever is called; of new customers the first one is their share."""
    return NEW_SHARE if name == "worth" and goal == Goal.CUSTOMERS else LABELS[name]


def currency_of(goal: str) -> str:
    """The currency a goal is stated in; none for customers."""
    return settings.DEFAULT_CURRENCY if goal == Goal.REVENUE else ""


def next_quarter(today: date) -> Period:
    """The one that is planned where nothing else is asked for."""
    ends = quarter_of(today).ends_on or today
    return quarter_of(date.fromordinal(ends.toordinal() + 1))


def is_near(period: Period, today: date) -> bool:
    """Whether it is a month, quarter or year of these years."""
    return period.kind != "rolling12" and abs(period.starts_on.year - today.year) <= YEARS_AROUND


def _periods(today: date, asked: list[str]) -> list[Period]:
    """This month, quarter and year and the next ones, and what was asked for, as far as it is near."""
    month = month_of(today)
    months = [month, _after(month)]
    quarters = [quarter_of(today)]
    while len(quarters) < 4:
        quarters.append(_after(quarters[-1]))
    years = [year_of(today), year_of(date(today.year + 1, 1, 1))]
    offered = [*months, *quarters, *years]
    for code in asked:
        period = period_of_code(code, today)
        if is_near(period, today) and period not in offered:
            offered.append(period)
    return offered


def _after(period: Period) -> Period:
    following = date.fromordinal((period.ends_on or period.starts_on).toordinal() + 1)
    return month_of(following) if period.kind == "month" else quarter_of(following)


def _turn(name: str) -> forms.IntegerField:
    attrs = {"class": "form-control num", "step": STEP, "placeholder": "0"}
    return forms.IntegerField(
        label=str(LABELS[name]),
        required=False,
        min_value=LEAST_TURN,
        max_value=MOST_TURN,
        initial=0,
        widget=forms.NumberInput(attrs=attrs),
    )
