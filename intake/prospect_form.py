"""Input check of the beginning of prospecting."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from leads.models import Campaign, Source


class ProspectForm(forms.Form):
    """Who prospects, and where the leads are counted."""

    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("by the rules of assignment"),
    )
    source = forms.ModelChoiceField(
        label=_("Source"), queryset=Source.objects.none(), required=False, empty_label="–"
    )
    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), required=False, empty_label="–"
    )

    def __init__(self, user: User, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"owner": user})
        offered = {
            "owner": User.objects.active().order_by("last_name", "first_name"),
            "source": Source.objects.filter(is_active=True),
            "campaign": Campaign.objects.visible_to(user).in_use(),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
