"""Appointments: agreeing one, and telling what came of it."""

import datetime as dt
from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.actions import Guests, Meeting
from activities.forms.about import AboutForm
from activities.forms.fields import ClockField, DayField, moment_of, not_before, notes_field
from activities.forms.next_step import NextStepForm
from activities.models import Activity
from activities.subjects import Subject
from contacts.models import Person
from core.versions import VersionedForm


class GuestsMixin(forms.Form):
    """Who else is there: people of the customer, and colleagues."""

    people = forms.ModelMultipleChoiceField(
        label=_("Also there"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    colleagues = forms.ModelMultipleChoiceField(
        label=_("Colleagues"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )

    def offer_guests(self, people: Iterable[Person] | QuerySet[Person], user: User | None = None) -> None:
        """The people to choose from; colleagues are all who can log in, without who asks."""
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        if not self.fields["people"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["people"]
        colleagues = User.objects.active().by_name()
        self.fields["colleagues"].queryset = (  # type: ignore[attr-defined]
            colleagues.exclude(pk=user.pk) if user else colleagues
        )

    def guests(self) -> Guests:
        """Who was named."""
        given = self.cleaned_data
        return Guests(people=tuple(given.get("people") or ()), colleagues=tuple(given["colleagues"]))


class AppointmentForm(GuestsMixin, AboutForm):
    """An on-site appointment that was agreed."""

    on = DayField(label=_("On"))
    time = ClockField(label=_("From"))
    until = ClockField(label=_("Until"), required=False)
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    text = notes_field(_("What about"))

    is_online = False

    def __init__(
        self, subject: Subject, user: User, data: object = None, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(subject, user, data, initial)
        self.offer_guests(subject.people(), user)

    def clean_until(self) -> dt.time | None:
        """Not before it begins."""
        return not_before(self.cleaned_data.get("time"), self.cleaned_data["until"])

    def meeting(self) -> Meeting:
        """When and where."""
        given = self.cleaned_data
        return Meeting(
            begins=moment_of(given["on"], given["time"]),
            ends=moment_of(given["on"], given["until"]) if given["until"] else None,
            place=given["place"],
            text=given["text"],
            guests=self.guests(),
            is_online=self.is_online,
        )


class OnlineMeetingForm(AppointmentForm):
    """An online meeting that was agreed: its link instead of its place."""

    is_online = True
    place = forms.CharField(
        label=_("Link"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class HeldForm(VersionedForm, NextStepForm):
    """After the appointment: what came of it, and the next step."""

    text = notes_field(_("What came of it?"))

    def __init__(self, appointment: Activity, data: object = None) -> None:
        super().__init__(data, initial={"text": appointment.text})  # type: ignore[arg-type]
        self.carry_version(appointment.version)
