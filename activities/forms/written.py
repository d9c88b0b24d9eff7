"""Notes and letters."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.actions import LetterFacts
from activities.forms.about import AboutForm
from activities.forms.fields import ClockField, DayField, moment_of, notes_field
from activities.models import Activity

# A letter has a day; on the timeline it stands in the middle of it.
NOON = dt.time(12)


class NoteForm(AboutForm):
    """A note."""

    text = notes_field(_("Note"), required=True)


class LetterForm(AboutForm):
    """A letter that was sent or received."""

    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=[
            (Activity.Direction.OUTBOUND, pgettext_lazy("letter", "sent")),
            (Activity.Direction.INBOUND, pgettext_lazy("letter", "received")),
        ],
        widget=forms.RadioSelect,
        initial=Activity.Direction.OUTBOUND,
    )
    on = DayField(label=_("On"))
    time = ClockField(label=_("At (time)"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=250)
    text = notes_field(_("Content"))

    def facts(self) -> LetterFacts:
        """What was written."""
        given = self.cleaned_data
        return LetterFacts(
            direction=given["direction"],
            subject=given["subject"],
            text=given["text"],
            at=moment_of(given["on"], given["time"] or NOON),
        )
