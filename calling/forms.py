"""What a call list is called."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """The name of a list of chosen rows."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(label=_("Name of the list"), max_length=120)


class StartForm(forms.Form):
    """Which source a list is made of; sent by a button."""

    form_key = forms.UUIDField()
    source = forms.RegexField(regex=r"^(inbox|follow-ups|view-[0-9]{1,18})$")


class LeaveForm(forms.Form):
    """Whether the entry is let go at once, or only when nobody comes back."""

    soon = forms.BooleanField(required=False)
