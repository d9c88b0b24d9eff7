"""The next step as a part of another form."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.actions import NextStep
from activities.forms.fields import ClockField, DayField
from activities.models import FollowUp


class NextStepForm(forms.Form):
    """The next step, as part of another form: nothing, or what on which day."""

    step_kind = forms.ChoiceField(
        label=_("Next step"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", pgettext_lazy("next step", "none")), *FollowUp.Kind.choices],
    )
    step_on = DayField(label=_("On"), required=False)
    step_time = ClockField(label=_("At (time)"), required=False)
    step_text = forms.CharField(label=_("What is to be done?"), required=False, max_length=200)

    def clean(self) -> dict[str, object]:
        """A step has a kind and a day that is not over."""
        cleaned: dict[str, object] = super().clean() or {}
        kind, day = cleaned.get("step_kind"), cleaned.get("step_on")
        if kind and not day and "step_on" not in self.errors:
            self.add_error("step_on", _("Please name a day."))
        if not kind and (day or cleaned.get("step_text")):
            self.add_error("step_kind", _("Please choose what is to be done."))
        if isinstance(day, dt.date) and day < timezone.localdate():
            self.add_error("step_on", _("This day is over."))
        return cleaned

    def next_step(self) -> NextStep | None:
        """What was planned."""
        given = self.cleaned_data
        if not given["step_kind"]:
            return None
        return NextStep(
            on=given["step_on"], kind=given["step_kind"], text=given["step_text"], time=given["step_time"]
        )
