"""What people type about themselves."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import Theme, User


class LogInForm(AuthenticationForm):
    """E-mail address and password."""

    username = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    error_messages = {
        "invalid_login": _("E-mail address and password do not match. Mind upper and lower case."),
        "inactive": _("E-mail address and password do not match. Mind upper and lower case."),
    }

    def clean_username(self) -> str:
        """One spelling per account, so that failed attempts are counted together."""
        return str(self.cleaned_data["username"]).strip().lower()


class PasswordLinkForm(forms.Form):
    """Whose password is to be chosen anew."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["email"]).strip().lower()


class ProfileForm(forms.ModelForm):
    """What users decide about themselves; address, role and team are the admin's."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "language", "theme", "land", "weekly_mail", "reminder_mail"]


class ThemeForm(forms.Form):
    """One of the appearances."""

    theme = forms.ChoiceField(choices=Theme)


class LanguageForm(forms.Form):
    """One of the languages."""

    language = forms.ChoiceField(choices=[("de", "Deutsch"), ("en", "English")])
