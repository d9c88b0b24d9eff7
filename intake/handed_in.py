"""What a program hands in as JSON: checked field by field, with an answer it can read."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import Means
from intake.actions import Given
from intake.actions.receiving import Consented
from intake.public_form import ORIGIN

MOST_EXTRA, LONGEST_EXTRA, MOST_CONSENTS = 30, 500, 4
NAMED = {
    "company": 200,
    "salutation": 3,
    "title": 40,
    "first_name": 80,
    "last_name": 80,
    "position": 120,
    "phone": 60,
    "website": 254,
    "street": 120,
    "postal_code": 12,
    "city": 80,
    "industry": 80,
    "interest": 200,
    "message": 5000,
}


class HandedInForm(forms.Form):
    """One lead; `extra` and `consents` are checked by themselves."""

    external_id = forms.CharField(max_length=80)
    email = forms.EmailField(max_length=254, required=False)
    country = forms.RegexField(r"^[A-Z]{2}$", required=False)
    language = forms.ChoiceField(choices=[("de", "de"), ("en", "en")], required=False)
    at = forms.DateTimeField(required=False)
    visitor = forms.UUIDField(required=False)

    def __init__(self, data: dict[str, object]) -> None:
        flat = {name: value for name, value in data.items() if value is not None}
        super().__init__(flat)
        self.sent = data
        for name, longest in NAMED.items():
            self.fields[name] = forms.CharField(max_length=longest, required=False)
        self.fields["salutation"] = forms.ChoiceField(choices=[("ms", "ms"), ("mr", "mr")], required=False)
        for name in ORIGIN:
            self.fields[name] = forms.CharField(max_length=500, required=False)

    def clean_at(self) -> datetime | None:
        """Not in the future; without one it is now."""
        at: datetime | None = self.cleaned_data["at"]
        if at and at > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError(_("This moment is in the future."))
        return at

    def clean(self) -> dict[str, object]:
        """Texts are texts, nothing is unknown, and somebody is named."""
        cleaned: dict[str, object] = super().clean() or {}
        for name, value in self.sent.items():
            if name in ("extra", "consents"):
                continue
            if name not in self.fields:
                self._complain(name, _("There is no such field."))
            elif isinstance(value, list | dict | bool):
                self._complain(name, _("A text is expected."))
        if not any(cleaned.get(name) for name in ("company", "last_name", "email", "phone")):
            self._complain("last_name", _("Somebody has to be named: company, last name, e-mail or phone."))
        self._check_extra()
        self._check_consents()
        return cleaned

    def given(self, sender: str) -> Given:
        """As the action wants it."""
        said = self.cleaned_data
        named = [
            {"name": name, "kind": name, "label": name, "value": str(said[name])}
            for name in (*NAMED, "email", "country")
            if said.get(name)
        ]
        extra: dict[str, object] = self.sent.get("extra") or {}  # type: ignore[assignment]
        return Given(
            once=said["external_id"],
            answers=[*named, *_others(extra)],
            origin={name: said[name] for name in ORIGIN if said.get(name)},
            language=said["language"] or "de",
            sender=sender,
            visitor=said["visitor"],
            at=said["at"],
            consents=list(self._consents()),
        )

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, by field."""
        return [
            {"field": name, "message": str(message)}
            for name, messages in self.errors.items()
            for message in messages
        ]

    def _check_extra(self) -> None:
        extra = self.sent.get("extra") or {}
        is_short = isinstance(extra, dict) and len(extra) <= MOST_EXTRA
        if not is_short or not all(_is_text(value) for value in extra.values()):  # type: ignore[attr-defined]
            self._complain("extra", _("An object of at most 30 texts is expected."))

    def _check_consents(self) -> None:
        consents = self.sent.get("consents") or []
        is_list = isinstance(consents, list) and len(consents) <= MOST_CONSENTS
        if not is_list or not all(_is_consent(each) for each in consents):  # type: ignore[attr-defined]
            text = _("A list is expected: each consent with means (email, phone) and wording.")
            self._complain("consents", text)
            return
        for each in consents:  # type: ignore[attr-defined]
            if not self.cleaned_data.get(each["means"]):
                self._complain("consents", _("The number or address it is about is missing."))

    def _consents(self) -> list[Consented]:
        consents: list[dict[str, str]] = self.sent.get("consents") or []  # type: ignore[assignment]
        return [
            Consented(
                means=each["means"],
                value=self.cleaned_data[each["means"]],
                wording=each["wording"],
                needs_confirmation=each["means"] == Means.EMAIL,
            )
            for each in consents
        ]

    def _complain(self, name: str, text: str | Promise) -> None:
        if name in self.fields:
            self.add_error(name, str(text))
        else:
            self.errors.setdefault(name[:80], self.error_class()).append(str(text))


def _is_text(value: object) -> bool:
    return not isinstance(value, list | dict) and len(str(value)) <= LONGEST_EXTRA


def _is_consent(each: object) -> bool:
    if not isinstance(each, dict) or each.get("means") not in (Means.EMAIL.value, Means.PHONE.value):
        return False
    wording = each.get("wording")
    return isinstance(wording, str) and 0 < len(wording.strip()) <= 1000


def _others(extra: dict[str, object]) -> list[dict[str, str]]:
    return [
        {"name": name[:80], "kind": "other", "label": name[:80], "value": str(value)}
        for name, value in extra.items()
        if value not in (None, "")
    ]
