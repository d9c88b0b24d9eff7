"""Input checks of data protection."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.models import PrivacyRequest

OLDEST_REQUEST = timedelta(days=365)
POSTPONEMENTS = [(6, _("6 months")), (12, _("1 year")), (24, _("2 years"))]


class RequestForm(forms.Form):
    """What a person asks for."""

    kind = forms.ChoiceField(
        label=_("Asks for"), choices=PrivacyRequest.Kind.choices, widget=forms.RadioSelect
    )
    received_on = forms.DateField(
        label=_("Received on"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("It has to be answered within a month from this day."),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def clean_received_on(self) -> object:
        """A day of the last year."""
        on = self.cleaned_data["received_on"]
        if not timezone.localdate() - OLDEST_REQUEST <= on <= timezone.localdate():
            raise ValidationError(_("Please give a day of the last twelve months."))
        return on


class RestrictForm(forms.Form):
    """Why the data are restricted."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "For example: says that the data are wrong; objection, not decided yet; needed for a claim."
        ),
    )


class EraseForm(forms.Form):
    """Erasing cannot be undone: a tick, and how many rows the preview showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    confirmed = forms.BooleanField(label=_("I have checked the identity and the reason. Erase for good."))

    def __init__(self, data: QueryDict | None, *, rows: int) -> None:
        super().__init__(data, initial={"seen": rows})


class PostponeForm(forms.Form):
    """Until when a person is kept nevertheless, and why."""

    months = forms.TypedChoiceField(label=_("Keep for"), choices=POSTPONEMENTS, coerce=int)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
