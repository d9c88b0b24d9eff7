"""Fields that several forms of activities have."""

import datetime as dt

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
LONGEST_TEXT = 10_000


class DayField(forms.DateField):
    """A day between 2000 and 2100, typed or picked."""

    def __init__(self, **options: object) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        options.setdefault("validators", [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)])
        super().__init__(**options)  # type: ignore[arg-type]


class ClockField(forms.TimeField):
    """A time of day in hours and minutes."""

    def __init__(self, **options: object) -> None:
        options.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        super().__init__(**options)  # type: ignore[arg-type]


# Dictating is the phone keyboard's: the field only has to suit it.
WRITING = {
    "rows": 4,
    "autocapitalize": "sentences",
    "spellcheck": "true",
    "data-mentions": "",
    "data-draft": "",
}


def notes_field(label: str | Promise, *, required: bool = False) -> forms.CharField:
    """A text that may name colleagues with @, and that is kept while it is typed."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs=WRITING),
    )


def moment_of(day: dt.date, clock: dt.time) -> dt.datetime:
    """A day and a time of day in Berlin."""
    return timezone.make_aware(dt.datetime.combine(day, clock))


def not_before(begins: dt.time | None, ends: dt.time | None) -> dt.time | None:
    """The end, unless it does not lie after the start."""
    if begins and ends and ends <= begins:
        raise forms.ValidationError(_("The end must lie after the start."))
    return ends
