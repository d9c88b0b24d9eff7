"""Input checks of what allows us to reach a contact, and of objections."""

from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.actions import (
    Consent,
    note_existing_customer,
    note_presumed_consent,
    record_consent,
    record_objection,
)
from contacts.lawful import Contact
from contacts.models import Company, LegalEntry, Means
from contacts.models.law import MEANS_OF_CHANNEL
from contacts.templatetags.channels import channel_text

EARLIEST = datetime(1990, 1, 1, tzinfo=timezone.get_default_timezone())
SHORTEST_REASON = 8

GROUNDS = {
    "asked": _("They asked us"),
    "business": _("Running business relation"),
    "trade": _("What we sell belongs to the core of their business"),
    "referral": _("Recommended by a business partner of theirs"),
}


class LegalForm(forms.Form):
    """What every line of the record says: the contact it is about, and when it happened."""

    title: str | Promise

    at = forms.DateField(
        label=_("Date"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, contact: Contact, data: QueryDict | None = None, means: str = "") -> None:
        super().__init__(data, initial={"means": means} if means in Means.values else {})
        self.contact = contact

    def clean_at(self) -> datetime:
        """A day that has been; the moment is its beginning, today it is now."""
        on = self.cleaned_data["at"]
        now = timezone.now()
        if on > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        at = now if on == timezone.localdate() else timezone.make_aware(datetime.combine(on, time()))
        if at < EARLIEST:
            raise ValidationError(_("This day is too long ago."))
        return at

    def write(self, actor: User) -> LegalEntry:
        """Add the line to the record."""
        raise NotImplementedError

    def _offer_channels(self, means: tuple[str, ...], every: object) -> None:
        """A choice of their numbers and addresses, or all of them."""
        channels = [
            channel for channel in self.contact.channels.all() if MEANS_OF_CHANNEL.get(channel.kind) in means
        ]
        choices = [("", every), *((channel.value, channel_text(channel)) for channel in channels)]
        self.fields["value"].choices = choices  # type: ignore[attr-defined]


class GroundForm(forms.Form):
    """Why somebody in business can be presumed to want calls."""

    ground = forms.ChoiceField(label=_("Reason"), choices=list(GROUNDS.items()), widget=forms.RadioSelect)
    detail = forms.CharField(
        label=_("What shows it"),
        max_length=400,
        validators=[MinLengthValidator(SHORTEST_REASON)],
        help_text=_(
            "For example: asked for a price list at the fair in Hanover. General interest is not enough."
        ),
    )

    def reason(self) -> str:
        """What is put on record."""
        return f"{GROUNDS[self.cleaned_data['ground']]}: {self.cleaned_data['detail']}"


class ReasonForm(GroundForm, LegalForm):
    """Why a company can be presumed to want calls."""

    title = _("Note the reason for calls")

    for_company = forms.BooleanField(label=_("Holds for the whole company"), required=False, initial=True)
    field_order = ("ground", "detail", "for_company")

    def __init__(self, contact: Contact, data: QueryDict | None = None, means: str = "") -> None:
        super().__init__(contact, data, means)
        del self.fields["at"]
        self.employer = None if isinstance(contact, Company) else _employer(contact)
        if self.employer is None:
            del self.fields["for_company"]

    def clean(self) -> dict[str, object]:
        """Consent is never presumed of a private person."""
        if not isinstance(self.contact, Company) and self.employer is None:
            raise ValidationError(_("Private persons have to consent expressly; nothing can be presumed."))
        return super().clean() or {}

    def write(self, actor: User) -> LegalEntry:
        """For the company where it holds for all of its people."""
        given = self.cleaned_data
        contact = self.employer if self.employer and given["for_company"] else self.contact
        return note_presumed_consent(contact, self.reason(), actor=actor)


class ConsentForm(LegalForm):
    """An express consent with what proves it."""

    title = _("Note a consent")

    means = forms.ChoiceField(label=_("Consent to"), choices=Means.choices)
    value = forms.ChoiceField(label=_("Number or address"), required=False)
    way = forms.ChoiceField(label=_("How it was given"), choices=LegalEntry.Way.choices, initial="paper")
    source = forms.CharField(
        label=_("Where it was given"),
        max_length=200,
        help_text=_("For example: visitor form, fair in Hanover 2026"),
    )
    wording = forms.CharField(
        label=_("Exact wording"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[MinLengthValidator(SHORTEST_REASON)],
        help_text=_("The text that was agreed to, word by word."),
    )
    proof = forms.ChoiceField(label=_("Confirmed by"), choices=LegalEntry.Proof.choices, required=False)
    field_order = ("means", "value", "at", "way", "source", "wording", "proof")

    def __init__(self, contact: Contact, data: QueryDict | None = None, means: str = "") -> None:
        super().__init__(contact, data, means)
        self._offer_channels((Means.PHONE, Means.EMAIL), _("all of this kind"))

    def clean(self) -> dict[str, object]:
        """A mail proves nothing for the telephone, and a number is no address."""
        given: dict[str, object] = super().clean() or {}
        if given.get("means") == Means.PHONE and given.get("proof") == LegalEntry.Proof.DOUBLE_OPT_IN:
            text = _("A confirmation by e-mail does not prove whose telephone it is (BGH, I ZR 164/09).")
            self.add_error("proof", text)
        _refuse_mixture(self, given)
        return given

    def write(self, actor: User) -> LegalEntry:
        """As it was said."""
        return record_consent(self.contact, Consent(**self.cleaned_data), actor=actor)


class CustomerForm(LegalForm):
    """The rule for existing customers: mails about similar goods, under four conditions."""

    title = _("Existing customer: mails about similar goods")

    value = forms.ChoiceField(label=_("E-mail address"), required=False)
    bought = forms.CharField(
        label=_("What they bought, and which similar goods of ours the mails are about"),
        max_length=500,
        validators=[MinLengthValidator(SHORTEST_REASON)],
    )
    obtained_in_sale = forms.BooleanField(label=_("We have the address from the customer, with this sale."))
    told_of_objection = forms.BooleanField(
        label=_("They were told, when giving it, that they can object at any time; each mail says so again.")
    )
    field_order = ("at", "value", "bought")

    def __init__(self, contact: Contact, data: QueryDict | None = None, means: str = "") -> None:
        super().__init__(contact, data, means)
        self.fields["at"].label = _("Date of the sale")
        self._offer_channels((Means.EMAIL,), _("all of this kind"))

    def write(self, actor: User) -> LegalEntry:
        """Whoever ticks the conditions vouches for them."""
        given = self.cleaned_data
        return note_existing_customer(
            self.contact, given["bought"], at=given["at"], value=given["value"], actor=actor
        )


class ObjectionForm(LegalForm):
    """Somebody does not want to be reached any more."""

    title = _("Note an objection")

    means = forms.ChoiceField(label=_("Does not want"), choices=Means.choices)
    value = forms.ChoiceField(label=_("Number or address"), required=False)
    source = forms.CharField(label=_("How we were told"), max_length=200, required=False)
    is_total = forms.BooleanField(
        label=_("No contact at all, not even in the matter of offers and orders"), required=False
    )
    field_order = ("means", "value", "at", "source", "is_total")

    def __init__(self, contact: Contact, data: QueryDict | None = None, means: str = "") -> None:
        super().__init__(contact, data, means)
        self._offer_channels((Means.PHONE, Means.EMAIL), _("all of this kind"))

    def clean(self) -> dict[str, object]:
        """A number is no address."""
        given: dict[str, object] = super().clean() or {}
        _refuse_mixture(self, given)
        return given

    def write(self, actor: User) -> LegalEntry:
        """Blocks it everywhere."""
        return record_objection(self.contact, actor=actor, **self.cleaned_data)


FORMS: dict[str, type[LegalForm]] = {
    "reason": ReasonForm,
    "consent": ConsentForm,
    "customer": CustomerForm,
    "objection": ObjectionForm,
}


def _employer(contact: Contact) -> Company | None:
    employment = contact.employments.present().select_related("company").order_by("pk").first()
    return employment.company if employment else None


def _refuse_mixture(form: LegalForm, given: dict[str, object]) -> None:
    """The number or address that was chosen is one of the means that was chosen."""
    value, means = given.get("value"), given.get("means")
    kinds = {channel.value: MEANS_OF_CHANNEL.get(channel.kind) for channel in form.contact.channels.all()}
    if value and means and kinds.get(str(value)) != means:
        form.add_error("value", _("This number or address is of another kind."))
