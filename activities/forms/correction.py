"""Correcting what was written."""

import datetime as dt

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.actions import Correction
from activities.forms.about import AboutForm
from activities.forms.appointment import GuestsMixin
from activities.forms.call import CallForm
from activities.forms.fields import ClockField, DayField, moment_of, not_before, notes_field
from activities.models import Activity
from activities.subjects import Subject
from contacts.models import Person
from core.versions import VersionedForm

NOT_MET = ("result", "duration", "until", "place", "people", "colleagues")
# What each kind does not have.
LEFT_OUT = {
    Activity.Kind.CALL: ("subject", "until", "place", "people", "colleagues"),
    Activity.Kind.APPOINTMENT: ("result", "direction", "duration", "subject"),
    Activity.Kind.MEETING: ("result", "direction", "duration", "subject"),
    Activity.Kind.NOTE: ("subject", "direction", *NOT_MET),
    # What was written stays as it was written; whom it belongs to may be put right.
    Activity.Kind.MAIL: ("subject", "direction", "on", "time", "text", *NOT_MET),
    Activity.Kind.LETTER: NOT_MET,
}


class ActivityForm(VersionedForm, GuestsMixin, forms.Form):
    """Correcting an entry of any kind."""

    result = CallForm.base_fields["result"]
    direction = CallForm.base_fields["direction"]
    duration = CallForm.base_fields["duration"]
    subject = forms.CharField(label=_("Subject"), max_length=200)
    on = DayField(label=_("On"))
    time = ClockField(label=_("At (time)"))
    until = ClockField(label=_("Until"), required=False)
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    person = AboutForm.base_fields["person"]
    text = notes_field(_("Notes"))

    def __init__(self, activity: Activity, subject: Subject, data: object = None) -> None:
        super().__init__(data, initial=_said_by(activity))  # type: ignore[arg-type]
        self.carry_version(activity.version)
        for name in LEFT_OUT[Activity.Kind(activity.kind)]:
            del self.fields[name]
        whom = Q(pk__in=subject.people().values("pk")) | Q(pk=activity.person_id)
        self.fields["person"].queryset = Person.objects.filter(whom)  # type: ignore[attr-defined]
        if activity.is_appointment:
            guests = Q(pk__in=subject.people().values("pk")) | Q(participations__activity=activity)
            self.offer_guests(Person.objects.filter(guests).distinct(), activity.author)
        # It has to be about somebody.
        self.fields["person"].required = not (activity.deal_id or activity.lead_id or activity.company_id)
        if "text" in self.fields:
            self.fields["text"].required = activity.kind == Activity.Kind.NOTE

    def clean_until(self) -> dt.time | None:
        """Not before it begins."""
        return not_before(self.cleaned_data.get("time"), self.cleaned_data["until"])

    def correction(self) -> Correction:
        """What it is to say."""
        given = {**self.initial, **self.cleaned_data}
        until = given.get("until")
        return Correction(
            at=moment_of(given["on"], given["time"]),
            text=given["text"],
            person=given["person"],
            result=given.get("result", ""),
            direction=given.get("direction", ""),
            ends_at=moment_of(given["on"], until) if until else None,
            place=given.get("place", ""),
            subject=given.get("subject", ""),
            duration_minutes=given.get("duration"),
            guests=self.guests() if "colleagues" in self.fields else None,
        )


def _said_by(activity: Activity) -> dict[str, object]:
    begins = timezone.localtime(activity.at)
    guests = list(activity.participants.all()) if activity.is_appointment else []
    return {
        "result": activity.result,
        "direction": activity.direction,
        "duration": activity.duration_minutes,
        "subject": activity.subject,
        "people": [guest.person_id for guest in guests if guest.person_id],
        "colleagues": [guest.user_id for guest in guests if guest.user_id],
        "on": begins.date(),
        "time": begins.time(),
        "until": timezone.localtime(activity.ends_at).time() if activity.ends_at else None,
        "place": activity.place,
        "person": activity.person_id,
        "text": activity.text,
    }
