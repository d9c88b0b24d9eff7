"""Input checks of calls, appointments, notes and follow-ups."""

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from activities.actions import CallFacts, Correction, Meeting, NextStep
from activities.models import Activity, FollowUp
from activities.subjects import Subject
from activities.working_days import on_or_after, working_day_after
from contacts.models import Person
from core.versions import VersionedForm
from pipeline.models import Deal

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


def _notes(label: str | Promise, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def moment_of(day: dt.date, clock: dt.time) -> dt.datetime:
    """A day and a time of day in Berlin."""
    return timezone.make_aware(dt.datetime.combine(day, clock))


@dataclass(frozen=True)
class ResultChoice:
    """One result of a call: the key that chooses it, and the next step that usually follows."""

    key: str
    value: str
    label: str | Promise
    step_kind: str
    step_on: str
    is_chosen: bool


class AboutForm(forms.Form):
    """What every form of a panel asks: with whom, and which deal it belongs to."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    person = forms.ModelChoiceField(
        label=_("With"), queryset=Person.objects.none(), required=False, empty_label=_("not named")
    )
    deal = forms.ModelChoiceField(
        label=_("Deal"), queryset=Deal.objects.none(), required=False, empty_label=_("none in particular")
    )

    def __init__(
        self, subject: Subject, user: User, data: object = None, initial: dict[str, object] | None = None
    ) -> None:
        usual = {"person": subject.usual_person(), "deal": subject.usual_deal(user)}
        super().__init__(data, initial={**usual, **(initial or {})})  # type: ignore[arg-type]
        people, deals = subject.people(), subject.deals(user)
        self._offer("person", people)
        self._offer("deal", deals.select_related("company", "person"))
        if "deal" in self.fields:
            self.fields["deal"].label_from_instance = lambda deal: deal.title  # type: ignore[attr-defined]

    def _offer(self, name: str, rows: object) -> None:
        field = self.fields[name]
        field.queryset = rows  # type: ignore[attr-defined]
        if not field.queryset.exists():  # type: ignore[attr-defined]
            del self.fields[name]


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
    text = _notes(_("Notes"))
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
        return CallFacts(result=given["result"], text=given["text"], direction=given["direction"])

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
        tomorrow = working_day_after(today).isoformat()
        in_a_week = on_or_after(today + dt.timedelta(days=7)).isoformat()
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


class AppointmentForm(AboutForm):
    """An on-site appointment that was agreed."""

    on = DayField(label=_("On"))
    time = ClockField(label=_("From"))
    until = ClockField(label=_("Until"), required=False)
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    text = _notes(_("What about"))

    def clean_until(self) -> dt.time | None:
        """Not before it begins."""
        return _after(self.cleaned_data.get("time"), self.cleaned_data["until"])

    def meeting(self) -> Meeting:
        """When and where."""
        given = self.cleaned_data
        return Meeting(
            begins=moment_of(given["on"], given["time"]),
            ends=moment_of(given["on"], given["until"]) if given["until"] else None,
            place=given["place"],
            text=given["text"],
        )


class NoteForm(AboutForm):
    """A note."""

    text = _notes(_("Note"), required=True)


class StepForm(forms.Form):
    """Something to be done on a day."""

    kind = forms.ChoiceField(
        label=_("What"), choices=FollowUp.Kind.choices, widget=forms.RadioSelect, initial=FollowUp.Kind.CALL
    )
    on = DayField(label=_("On"))
    time = ClockField(label=_("At (time)"), required=False)
    text = forms.CharField(label=_("What is to be done?"), required=False, max_length=200)

    def clean_on(self) -> dt.date:
        """Not over, unless it stays the day it was."""
        day: dt.date = self.cleaned_data["on"]
        if day < timezone.localdate() and day != self.initial.get("on"):
            raise forms.ValidationError(_("This day is over."))
        return day

    def step(self) -> NextStep:
        """What is to be done, when, and by whom, if that is said."""
        given = self.cleaned_data
        return NextStep(
            on=given["on"],
            kind=given["kind"],
            text=given["text"],
            time=given["time"],
            owner=given.get("owner"),
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
        }
        super().__init__(subject, user, data, initial=initial)
        for name in ("person", "deal", "form_key"):
            self.fields.pop(name, None)
        self.carry_version(follow_up.version)


class HeldForm(VersionedForm, NextStepForm):
    """After the appointment: what came of it, and the next step."""

    text = _notes(_("What came of it?"))

    def __init__(self, appointment: Activity, data: object = None) -> None:
        super().__init__(data, initial={"text": appointment.text})  # type: ignore[arg-type]
        self.carry_version(appointment.version)


class PostponeForm(forms.Form):
    """Another day for a follow-up, and the version of it that was seen."""

    on = DayField(label=_("On"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ActivityForm(VersionedForm, forms.Form):
    """Correcting a call, an appointment or a note."""

    result = CallForm.base_fields["result"]
    direction = CallForm.base_fields["direction"]
    on = DayField(label=_("On"))
    time = ClockField(label=_("At (time)"))
    until = ClockField(label=_("Until"), required=False)
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    person = AboutForm.base_fields["person"]
    text = _notes(_("Notes"))

    def __init__(self, activity: Activity, subject: Subject, data: object = None) -> None:
        super().__init__(data, initial=_said_by(activity))  # type: ignore[arg-type]
        self.carry_version(activity.version)
        own = {
            Activity.Kind.CALL: ("until", "place"),
            Activity.Kind.APPOINTMENT: ("result", "direction"),
            Activity.Kind.NOTE: ("until", "place", "result", "direction"),
            # What was written stays as it was written; whom it belongs to may be put right.
            Activity.Kind.MAIL: ("until", "place", "result", "direction", "text", "on", "time"),
        }
        for name in own[Activity.Kind(activity.kind)]:
            del self.fields[name]
        whom = Q(pk__in=subject.people().values("pk")) | Q(pk=activity.person_id)
        self.fields["person"].queryset = Person.objects.filter(whom)  # type: ignore[attr-defined]
        # It has to be about somebody.
        self.fields["person"].required = activity.deal_id is None and activity.company_id is None
        if "text" in self.fields:
            self.fields["text"].required = activity.kind == Activity.Kind.NOTE

    def clean_until(self) -> dt.time | None:
        """Not before it begins."""
        return _after(self.cleaned_data.get("time"), self.cleaned_data["until"])

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
        )


def _said_by(activity: Activity) -> dict[str, object]:
    begins = timezone.localtime(activity.at)
    return {
        "result": activity.result,
        "direction": activity.direction,
        "on": begins.date(),
        "time": begins.time(),
        "until": timezone.localtime(activity.ends_at).time() if activity.ends_at else None,
        "place": activity.place,
        "person": activity.person_id,
        "text": activity.text,
    }


def _after(begins: dt.time | None, ends: dt.time | None) -> dt.time | None:
    if begins and ends and ends <= begins:
        raise forms.ValidationError(_("The end must lie after the start."))
    return ends
