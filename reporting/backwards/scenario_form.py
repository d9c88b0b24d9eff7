"""The name a scenario is kept under."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ScenarioForm(forms.Form):
    """Asks for the name."""

    name = forms.CharField(
        label=_("Name of the scenario"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
