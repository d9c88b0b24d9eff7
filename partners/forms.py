"""Input checks of partners and their roles."""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.choosers import ChooserField
from contacts.models import Company, Person
from core.versions import VersionedForm
from partners.actions import Agreement
from partners.models import Partner, PartnerRole

PER_CENT = Decimal(100)
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2100, 12, 31)


def _day(label: object) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )


class AgreementForm(forms.Form):
    """What was agreed with a partner, and with whom one talks."""

    contact = ChooserField(
        Person, label=_("Contact person"), required=False, help_text=_("Type a part of the name.")
    )
    commission_rate = forms.DecimalField(
        label=_("Commission in percent"),
        required=False,
        localize=True,
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(PER_CENT)],
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "autocomplete": "off"}),
        help_text=_("For referring and selling. Roles noted before keep theirs."),
    )
    commission_text = forms.CharField(
        label=_("Or in words"),
        required=False,
        max_length=200,
        help_text=_("For example: 500 € for each plant."),
    )
    since = _day(_("Partner since"))
    until = _day(_("Partner until"))
    note = forms.CharField(
        label=_("Note"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, object]:
        """It ends after it began."""
        cleaned: dict[str, object] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", _("The end must not lie before the start."))
        return cleaned

    @property
    def agreement(self) -> Agreement:
        """What was typed, as the actions take it."""
        names = ("contact", "commission_text", "since", "until", "note")
        percent = self.cleaned_data["commission_rate"]
        rate = None if percent is None else percent / PER_CENT
        return Agreement(**{name: self.cleaned_data[name] for name in names}, commission_rate=rate)


class NewPartnerForm(AgreementForm):
    """Who is to be a partner: a company, or a person without one."""

    company = ChooserField(
        Company, label=_("Company"), required=False, help_text=_("Type a part of the name.")
    )
    person = ChooserField(
        Person, label=_("Or a person"), required=False, help_text=_("Who works for nobody else.")
    )
    field_order = ("company", "person")

    def clean(self) -> dict[str, object]:
        """Exactly one of both."""
        cleaned = super().clean()
        has_one = bool(cleaned.get("company")) != bool(cleaned.get("person"))
        if not has_one and not {"company", "person"} & self.errors.keys():
            self.add_error("company", _("Please choose a company or a person."))
        return cleaned


class EditPartnerForm(VersionedForm, AgreementForm):
    """What is agreed from now on."""

    def __init__(self, partner: Partner, data: QueryDict | None = None) -> None:
        names = ("commission_text", "since", "until", "note")
        rate = partner.commission_rate
        said = {
            **{name: getattr(partner, name) for name in names},
            "contact": partner.contact_id,
            "commission_rate": None if rate is None else (rate * PER_CENT).normalize(),
        }
        super().__init__(data, initial=said)
        self.carry_version(partner.version)


class RoleForm(forms.Form):
    """Which partner has to do with a deal or an order, and what."""

    partner = forms.ModelChoiceField(
        label=_("Partner"), queryset=Partner.objects.none(), empty_label=_("choose …")
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("of a partner", "Role"), choices=PartnerRole.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"role": PartnerRole.REFERRED})
        partners = Partner.objects.present().for_list().by_name()
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
