"""Input checks of dashboards, their cards, and questions by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from explorer.models import Dashboard, Rhythm
from lists.models import SavedView, ViewPage


class NameForm(forms.Form):
    """What a dashboard is called."""

    name = forms.CharField(
        label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_name(self) -> str:
        """Something one can read."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(char.isprintable() and not char.isspace() for char in name):
            raise forms.ValidationError(_("Please give it a name that can be read."))
        return name


class DashboardForm(NameForm):
    """Its name, and the team it is shown to."""

    shared_with = forms.ModelChoiceField(
        label=_("Who sees it"), queryset=Team.objects.none(), required=False, empty_label=_("only me")
    )

    def __init__(self, user: User, data: object = None, **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        self.fields["shared_with"].queryset = Team.objects.to_share_with(user)  # type: ignore[attr-defined]


class CardForm(forms.Form):
    """A kept question to be put on a dashboard."""

    view = forms.ModelChoiceField(
        label=_("Put a kept question on it"), queryset=SavedView.objects.none(), empty_label=_("choose …")
    )

    def __init__(self, user: User, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        kept = SavedView.objects.visible_to(user).filter(page=ViewPage.EXPLORER)
        self.fields["view"].queryset = kept.order_by("name_key")  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    """What is done with a card."""

    what = forms.ChoiceField(choices=[(one, one) for one in ("before", "behind", "wide", "narrow", "off")])


class MailForm(forms.Form):
    """Which kept question comes by mail, and how often."""

    view = forms.ModelChoiceField(
        label=_("Kept question"), queryset=SavedView.objects.none(), empty_label=_("choose …")
    )
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, initial=Rhythm.WEEKLY)

    def __init__(self, user: User, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        kept = SavedView.objects.visible_to(user).filter(page=ViewPage.EXPLORER)
        self.fields["view"].queryset = kept.order_by("name_key")  # type: ignore[attr-defined]


def initial_of(dashboard: Dashboard) -> dict[str, object]:
    """What the form of a dashboard shows first."""
    return {"name": dashboard.name, "shared_with": dashboard.shared_with_id}
