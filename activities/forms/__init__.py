"""Input checks of calls, appointments, notes and follow-ups."""

from activities.forms.appointment import AppointmentForm, HeldForm, OnlineMeetingForm
from activities.forms.call import CallForm
from activities.forms.correction import ActivityForm
from activities.forms.follow_up import (
    FollowUpEditForm,
    FollowUpForm,
    NextStepsForm,
    PostponeForm,
)
from activities.forms.when import WhenForm
from activities.forms.written import LetterForm, NoteForm

__all__ = [
    "ActivityForm",
    "AppointmentForm",
    "CallForm",
    "FollowUpEditForm",
    "FollowUpForm",
    "HeldForm",
    "LetterForm",
    "NextStepsForm",
    "NoteForm",
    "OnlineMeetingForm",
    "PostponeForm",
    "WhenForm",
]
