"""Input checks of sources of supply."""

from decimal import Decimal
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import ProductGroup
from core.versions import VersionedForm
from potentials.forms import PER_CENT, percent_field
from potentials.models import Supply
from potentials.supplying import SupplyFacts


class SupplyForm(forms.Form):
    """From whom a company has what it needs, and how we know."""

    source = forms.ChoiceField(label=_("Source of supply"), choices=Supply.Source)
    supplier = forms.CharField(label=_("Name of the supplier"), max_length=120, required=False)
    share = percent_field(_("Share of wallet in percent"))
    ground = forms.CharField(label=_("How do we know?"), max_length=120, required=False)
    noted_on = forms.DateField(
        label=_("Noted on"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_noted_on(self) -> object:
        """Noted today or before."""
        day = self.cleaned_data["noted_on"]
        if not day.year >= 2000 or day > timezone.localdate():
            raise forms.ValidationError(_("Please name a day that is not in the future."))
        return day

    @property
    def facts(self) -> SupplyFacts:
        """What was typed, as the actions take it."""
        typed = {name: self.cleaned_data[name] for name in ("source", "supplier", "ground", "noted_on")}
        percent: Decimal | None = self.cleaned_data["share"]
        return SupplyFacts(**typed, share=None if percent is None else percent / PER_CENT)


class NewSupplyForm(SupplyForm):
    """A source of supply that was not known before."""

    field_order = ("group",)

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    group = forms.ModelChoiceField(
        label=_("Product group"), queryset=ProductGroup.objects.all(), empty_label=_("choose …")
    )


class EditSupplyForm(VersionedForm, SupplyForm):
    """What is known now."""

    def __init__(self, supply: Supply, data: QueryDict | None = None) -> None:
        said = {name: getattr(supply, name) for name in ("source", "supplier", "ground")}
        share = supply.share
        percent = None if share is None else (share * PER_CENT).normalize()
        super().__init__(data, initial={**said, "share": percent})
        self.carry_version(supply.version)
