"""Input checks of interests, preferences and what matters to a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import PersonInterest, PersonValue


class InterestForm(forms.Form):
    """An interest or a preference in a word or two."""

    prefix = "interest"

    text = forms.CharField(label=_("Interest or preference"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=PersonInterest.Kind.choices)
    source = forms.CharField(label=_("How we know"), max_length=120, required=False)


class ValueForm(forms.Form):
    """Something that matters to the person, and how much."""

    prefix = "value"

    value = forms.ChoiceField(label=_("What matters"), choices=PersonValue.Value.choices)
    weight = forms.TypedChoiceField(
        label=_("How much"),
        choices=PersonValue.Weight.choices,
        coerce=int,
        initial=PersonValue.Weight.MUCH,
    )
    source = forms.CharField(label=_("How we know"), max_length=120, required=False)
