"""Input checks of leads: what they say, why they come to nothing, who gets them."""

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from catalog.models import ProductGroup
from contacts.choosers import ChooserField
from contacts.models import Company, Person
from contacts.models.person import LANGUAGES
from core.versions import VersionedForm
from extra_fields.forms import ExtraFieldsForm
from leads.actions import LeadFacts, LeadLinks
from leads.models import Campaign, DisqualifyReason, Lead, LeadState, Source

TEXTS = (
    *(
        "salutation",
        "title",
        "first_name",
        "last_name",
        "position",
        "company_name",
        "email",
        "phone",
        "website",
    ),
    *("street", "postal_code", "city", "country", "language", "industry", "interest", "note"),
)
LINKS = ("company", "person", "source", "campaign", "product_group")


class LeadForm(VersionedForm, ExtraFieldsForm, forms.Form):
    """What a lead says, and whom it is linked with."""

    salutation = forms.ChoiceField(
        label=_("Salutation"), choices=[("", "–"), *Person.Salutation.choices], required=False
    )
    title = forms.CharField(label=pgettext_lazy("of a person", "Title"), max_length=40, required=False)
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    company_name = forms.CharField(label=_("Company, as told"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    website = forms.CharField(label=_("Web site"), max_length=254, required=False)
    street = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    city = forms.CharField(label=_("Place"), max_length=80, required=False)
    country = forms.CharField(label=_("Country"), max_length=2, min_length=2, initial="DE")
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="de")
    industry = forms.CharField(label=_("Industry"), max_length=80, required=False)
    interest = forms.CharField(label=_("Interest"), max_length=200, required=False)
    product_group = forms.ModelChoiceField(
        label=_("Product group"), queryset=ProductGroup.objects.all(), required=False, empty_label="–"
    )
    source = forms.ModelChoiceField(
        label=_("Source"), queryset=Source.objects.none(), required=False, empty_label="–"
    )
    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), required=False, empty_label="–"
    )
    company = ChooserField(Company, label=_("Is in the customer database as company"), required=False)
    person = ChooserField(Person, label=_("Is in the customer database as person"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, lead: Lead, data: QueryDict | None = None) -> None:
        links = {name: getattr(lead, f"{name}_id") for name in LINKS}
        super().__init__(data, initial={**{name: getattr(lead, name) for name in TEXTS}, **links})
        self.lead = lead
        self.carry_version(lead.version)
        self.add_extra_fields("lead", lead.extra)
        for name, model in (("source", Source), ("campaign", Campaign)):
            offered = model.objects.filter(Q(is_active=True) | Q(pk=links[name]))
            self.fields[name].queryset = offered  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        """As the country codes are written."""
        return str(self.cleaned_data["country"]).upper()

    def clean(self) -> dict[str, object]:
        """Somebody has to be recognisable."""
        cleaned: dict[str, object] = super().clean() or {}
        if not any(
            cleaned.get(name) for name in ("last_name", "company_name", "email", "phone", "company", "person")
        ):
            raise forms.ValidationError(_("Please enter a name, a company, an e-mail address or a number."))
        return cleaned

    def facts(self) -> LeadFacts:
        """What it is to say."""
        return LeadFacts(**{name: self.cleaned_data[name] for name in TEXTS})

    def links(self) -> LeadLinks:
        """Whom it is linked with, and where it is counted."""
        return LeadLinks(**{name: self.cleaned_data[name] for name in LINKS})


class StateForm(forms.Form):
    """A step of a lead: to which state, and which one was seen."""

    to = forms.ChoiceField(choices=LeadState.choices)
    seen_in = forms.ChoiceField(choices=LeadState.choices)


class DisqualifyForm(forms.Form):
    """Why leads come to nothing."""

    reason = forms.ModelChoiceField(
        label=_("Reason"),
        queryset=DisqualifyReason.objects.filter(is_active=True),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Please choose a reason.")},
    )
    note = forms.CharField(
        label=_("In a few words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class DisqualifyLeadForm(DisqualifyForm):
    """Why a lead comes to nothing, and the state it was seen in."""

    seen_in = forms.ChoiceField(choices=LeadState.choices, widget=forms.HiddenInput)


class AssignForm(forms.Form):
    """Who gets a lead, and why."""

    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.active().by_name(),
        empty_label=None,
    )
    why = forms.CharField(
        label=_("Why"), required=False, max_length=200, help_text=_("The new owner reads it at “Why me?”.")
    )
