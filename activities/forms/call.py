"""After the call."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.actions import CallFacts, Meeting
from activities.forms.about import AboutForm
from activities.forms.fields import ClockField, DayField, moment_of, notes_field
from activities.forms.next_step import NextStepForm
from activities.models import LONGEST_CALL, Activity, FollowUp
from core.working_days import on_or_after, working_day_after


@dataclass(frozen=True)
class ResultChoice:
    """One result of a call: the key that chooses it, and the next step that usually follows."""

    key: str
    value: str
    label: str | Promise
    step_kind: str
    step_on: str
    is_chosen: bool


class CallForm(NextStepForm, AboutForm):
    """After the call: the result, the notes, the appointment it brought, the next step."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=Activity.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a result.")},
    )
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=Activity.Direction.choices,
        widget=forms.RadioSelect,
        initial=Activity.Direction.OUTBOUND,
    )
    duration = forms.IntegerField(
        label=_("Duration (minutes)"), required=False, min_value=1, max_value=LONGEST_CALL
    )
    text = notes_field(_("Notes"))
    appointment_on = DayField(label=_("Appointment on"), required=False)
    appointment_time = ClockField(label=_("At (time)"), required=False)
    appointment_place = forms.CharField(label=_("Where"), required=False, max_length=200)
    follow_up = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """An agreed appointment has day and time, a call back has its day."""
        cleaned = super().clean()
        result = cleaned.get("result")
        if result == Activity.Result.APPOINTMENT:
            for name in ("appointment_on", "appointment_time"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("When is the appointment?"))
        if result == Activity.Result.CALL_BACK and not (cleaned.get("step_on") or self.errors):
            self.add_error("step_on", _("On which day do you call back?"))
        return cleaned

    def facts(self) -> CallFacts:
        """How the call went."""
        given = self.cleaned_data
        return CallFacts(
            result=given["result"],
            text=given["text"],
            direction=given["direction"],
            duration_minutes=given["duration"],
        )

    def meeting(self) -> Meeting | None:
        """The appointment it brought."""
        given = self.cleaned_data
        if given["result"] != Activity.Result.APPOINTMENT:
            return None
        begins = moment_of(given["appointment_on"], given["appointment_time"])
        return Meeting(begins=begins, place=given["appointment_place"])

    def results(self) -> list["ResultChoice"]:
        """The results in the order of their keys, with what usually follows."""
        chosen = self["result"].value()
        suggested = self._suggestions()
        return [
            ResultChoice(str(key), value, label, *suggested[value], is_chosen=value == chosen)
            for key, (value, label) in enumerate(Activity.Result.choices, start=1)
        ]

    def _suggestions(self) -> dict[str, tuple[str, str]]:
        """Per result what usually follows: kind and day, for the user to accept or change."""
        today = timezone.localdate()
        tomorrow = working_day_after(today, land=self.user.works_in).isoformat()
        in_a_week = on_or_after(today + dt.timedelta(days=7), self.user.works_in).isoformat()
        result, kind = Activity.Result, FollowUp.Kind
        return {
            result.NOT_REACHED: (kind.CALL, tomorrow),
            result.FRONT_DESK: (kind.CALL, tomorrow),
            result.DECISION_MAKER: (kind.CALL, in_a_week),
            result.APPOINTMENT: ("", ""),
            result.NO_NEED: ("", ""),
            result.CALL_BACK: (kind.CALL, ""),
            result.OBJECTION: (kind.MAIL, tomorrow),
        }
