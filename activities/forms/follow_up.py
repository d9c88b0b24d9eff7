"""Follow-ups: planning, changing, postponing."""

import datetime as dt
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from activities.actions import NextStep
from activities.forms.about import AboutForm
from activities.forms.fields import ClockField, DayField
from activities.models import FollowUp
from activities.subjects import Subject
from core.versions import VersionedForm

REMINDERS = [
    ("", pgettext_lazy("reminder", "none")),
    (0, _("when it is due")),
    (15, _("15 minutes before")),
    (60, _("an hour before")),
    (24 * 60, _("a day before")),
]


class StepForm(forms.Form):
    """Something to be done on a day."""

    kind = forms.ChoiceField(
        label=_("What"), choices=FollowUp.Kind.choices, widget=forms.RadioSelect, initial=FollowUp.Kind.CALL
    )
    on = DayField(label=_("On"))
    time = ClockField(label=_("At (time)"), required=False)
    text = forms.CharField(label=_("What is to be done?"), required=False, max_length=200)

    repeats = forms.ChoiceField(label=_("Repeated"), choices=FollowUp.Repeats.choices, required=False)
    repeats_until = DayField(label=_("Until"), required=False)
    remind = forms.TypedChoiceField(
        label=_("Reminder"), choices=REMINDERS, required=False, coerce=int, empty_value=None
    )

    def clean_on(self) -> dt.date:
        """Not over, unless it stays the day it was."""
        day: dt.date = self.cleaned_data["on"]
        if day < timezone.localdate() and day != self.initial.get("on"):
            raise forms.ValidationError(_("This day is over."))
        return day

    def clean_repeats_until(self) -> dt.date | None:
        """Not before the first one."""
        until: dt.date | None = self.cleaned_data["repeats_until"]
        day = self.cleaned_data.get("on")
        if until and day and self.cleaned_data.get("repeats") and until < day:
            raise forms.ValidationError(_("The end must not lie before the start."))
        return until

    def step(self) -> NextStep:
        """What is to be done, when, and by whom, if that is said."""
        given = self.cleaned_data
        return NextStep(
            on=given["on"],
            kind=given["kind"],
            text=given["text"],
            time=given["time"],
            owner=given.get("owner"),
            repeats=given["repeats"],
            repeats_until=given["repeats_until"] if given["repeats"] else None,
            remind_minutes=given["remind"],
        )


class NextStepsForm(StepForm):
    """The same for many deals; each is its owner's to do."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class FollowUpForm(StepForm, AboutForm):
    """Something to be done on a day, and by whom."""

    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.active().by_name(),
        empty_label=None,
    )


class FollowUpEditForm(VersionedForm, FollowUpForm):
    """Changing what was planned; with whom and for which deal stays."""

    def __init__(self, follow_up: FollowUp, subject: Subject, user: User, data: object = None) -> None:
        initial = {
            "kind": follow_up.kind,
            "on": follow_up.due_on,
            "time": follow_up.due_time,
            "text": follow_up.text,
            "owner": follow_up.owner,
            "repeats": follow_up.repeats,
            "repeats_until": follow_up.repeats_until,
            "remind": follow_up.remind_minutes,
        }
        super().__init__(subject, user, data, initial=initial)
        for name in ("person", "deal", "form_key"):
            self.fields.pop(name, None)
        self.carry_version(follow_up.version)


class PostponeForm(forms.Form):
    """Another day for a follow-up, and the version of it that was seen."""

    on = DayField(label=_("On"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
