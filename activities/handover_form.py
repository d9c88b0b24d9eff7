"""Who takes over from a leaving colleague."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class HandOverForm(forms.Form):
    """The successor, and whether the leaver can still log in."""

    successor = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Successor"), empty_label=_("Please choose …")
    )
    deactivate = forms.BooleanField(
        label=_("Deactivate"),
        required=False,
        help_text=_("The log-in is closed and running sessions end."),
    )

    def __init__(self, *args: object, leaver: User, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        successors = User.objects.active().exclude(pk=leaver.pk).by_name()
        self.fields["successor"].queryset = successors  # type: ignore[attr-defined]
        self.fields["deactivate"].initial = leaver.is_active
