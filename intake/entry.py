"""Entering a lead by hand: at the fair, on the phone, from a card."""

from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from contacts.models import Person
from contacts.recognising import LONGEST_TEXT
from intake.pasted import fields_of
from leads.actions import LeadFacts, TouchFacts
from leads.models import Campaign, Direction, Source, TouchChannel

Channel = TouchChannel
BY_HAND = [
    Channel.PHONE,
    Channel.FAIR,
    Channel.MEETING,
    Channel.EMAIL,
    Channel.LETTER,
    Channel.SOCIAL,
    Channel.OTHER,
]
SAID = (
    "salutation",
    "title",
    "first_name",
    "last_name",
    "position",
    "company_name",
    "email",
    "phone",
    "website",
    "street",
    "postal_code",
    "city",
    "country",
    "interest",
    "note",
)
LARGEST_CARD = 64 * 1024


class EntryForm(forms.Form):
    """Who it is, what they want, and how we met; a pasted text or a card fills what is still empty."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label=_("Business card, signature or vCard"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Paste it; what is recognised is filled in below, for you to look at."),
    )
    card = forms.FileField(
        label=_("or a vCard file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vcf,text/vcard"}),
    )
    channel = forms.ChoiceField(
        label=_("How we met"), choices=[(each.value, each.label) for each in BY_HAND], initial=Channel.PHONE
    )
    direction = forms.ChoiceField(
        label=_("Who came to whom"), choices=Direction.choices, initial=Direction.INBOUND
    )
    source = forms.ModelChoiceField(
        label=_("Source"), queryset=Source.objects.none(), required=False, empty_label="–"
    )
    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), required=False, empty_label="–"
    )
    salutation = forms.ChoiceField(label=_("Salutation"), choices=Person.Salutation.choices, required=False)
    title = forms.CharField(label=pgettext_lazy("of a person", "Title"), max_length=40, required=False)
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    company_name = forms.CharField(label=_("Company"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    website = forms.CharField(label=_("Web site"), max_length=254, required=False)
    street = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    city = forms.CharField(label=_("Place"), max_length=80, required=False)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$", label=_("Country"), max_length=2, initial="DE", required=False
    )
    interest = forms.CharField(label=_("Interest"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        user: User,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        *,
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        for name, rows in (
            ("source", Source.objects.filter(is_active=True)),
            ("campaign", Campaign.objects.visible_to(user).in_use()),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean_card(self) -> str:
        """The text of the file."""
        file: UploadedFile | None = self.cleaned_data["card"]
        if file is None:
            return ""
        if (file.size or 0) > LARGEST_CARD:
            raise forms.ValidationError(_("This file is too large for one card."))
        return file.read().decode("utf-8", "replace").replace("\0", "")

    def clean(self) -> dict[str, object]:
        """Somebody has to be named."""
        cleaned: dict[str, object] = super().clean() or {}
        named = ("last_name", "company_name", "email", "phone")
        if not any(cleaned.get(name) for name in named):
            self.add_error("last_name", _("Please name a person, a company, an e-mail address or a number."))
        return cleaned

    def recognised(self) -> dict[str, str]:
        """What the form shows after a text was pasted: what was typed, and the rest from the text."""
        self.is_valid()
        text = str(self.cleaned_data.get("card") or self.cleaned_data.get("text") or "")
        typed = {name: str(self[name].value() or "") for name in self.fields if name != "card"}
        return {
            **typed,
            **{name: value for name, value in fields_of(text).items() if self._is_free(name, typed)},
        }

    def _is_free(self, name: str, typed: dict[str, str]) -> bool:
        """Nothing stands there but what stands there from the start."""
        return typed.get(name, "").strip() in ("", str(self.fields[name].initial or ""))

    def facts(self) -> LeadFacts:
        """Whom the lead is about."""
        said = {name: self.cleaned_data[name] for name in SAID}
        return LeadFacts(**{**said, "country": (said["country"] or "DE").upper()})

    def touch(self) -> TouchFacts:
        """How we met."""
        given = self.cleaned_data
        return TouchFacts(
            channel=given["channel"],
            direction=given["direction"],
            source=given["source"],
            campaign=given["campaign"],
            content=given["note"] or given["interest"],
        )
