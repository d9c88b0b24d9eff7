"""Input checks of estimates."""

from decimal import Decimal
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import ProductGroup
from core.versions import VersionedForm
from pipeline.deal_form import CURRENCIES
from potentials.actions import Estimate
from potentials.filters import offered_years
from potentials.models import MOST_DEMAND, Potential

PER_CENT = Decimal(100)


def _amount(label: object, most: Decimal, *, required: bool = False, **options: object) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        required=required,
        localize=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(most)],
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "autocomplete": "off"}),
        **options,  # type: ignore[arg-type]
    )


def percent_field(label: object) -> forms.DecimalField:
    """A part of the whole, in percent."""
    return _amount(label, PER_CENT, max_digits=5, decimal_places=2)


class EstimateForm(forms.Form):
    """How much a customer needs in a year, how much of it comes from us, and how we know."""

    demand = _amount(_("Demand per year, net"), MOST_DEMAND, required=True, max_digits=14, decimal_places=2)
    currency = forms.ChoiceField(label=_("Currency"), initial=settings.DEFAULT_CURRENCY)
    quantity = _amount(_("Quantity"), Decimal(999_999_999), max_digits=12, decimal_places=3)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    stated_share = percent_field(_("Our share in percent"))
    source = forms.CharField(
        label=_("How do we know?"),
        max_length=120,
        required=False,
        help_text=_("For example: said on the phone, annual report, size of the hall."),
    )
    estimated_on = forms.DateField(
        label=_("Estimated on"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: QueryDict | None = None, **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        present = self.initial.get("currency")
        known = dict.fromkeys([*CURRENCIES, *([present] if present else [])])
        self.fields["currency"].choices = [(code, code) for code in known]  # type: ignore[attr-defined]

    def clean_quantity(self) -> Decimal | None:
        """Nothing is no quantity."""
        quantity: Decimal | None = self.cleaned_data["quantity"]
        return quantity or None

    def clean_estimated_on(self) -> object:
        """An estimate was made today or before."""
        day = self.cleaned_data["estimated_on"]
        if not day.year >= 2000 or day > timezone.localdate():
            raise forms.ValidationError(_("Please name a day that is not in the future."))
        return day

    @property
    def estimate(self) -> Estimate:
        """What was typed, as the actions take it."""
        names = ("demand", "currency", "quantity", "unit", "source", "estimated_on", "note")
        typed = {name: self.cleaned_data[name] for name in names}
        percent = self.cleaned_data["stated_share"]
        share = None if percent is None else percent / PER_CENT
        return Estimate(**typed, stated_share=share)


class NewPotentialForm(EstimateForm):
    """A first estimate: of which product group, and for which year."""

    field_order = ("group", "year")

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    group = forms.ModelChoiceField(
        label=_("Product group"), queryset=ProductGroup.objects.all(), empty_label=_("choose …")
    )
    year = forms.TypedChoiceField(label=_("For"), required=False, coerce=int, empty_value=None, choices=())

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        years = [(str(year), str(year)) for year in offered_years()]
        self.fields["year"].choices = [("", _("every year")), *years]  # type: ignore[attr-defined]


class EditPotentialForm(VersionedForm, EstimateForm):
    """A newer estimate; the former one stays in the history."""

    def __init__(self, potential: Potential, data: QueryDict | None = None) -> None:
        names = ("demand", "currency", "quantity", "unit", "source", "note")
        said = {name: getattr(potential, name) for name in names}
        share = potential.stated_share
        percent = None if share is None else (share * PER_CENT).normalize()
        super().__init__(data, initial={**said, "stated_share": percent})
        self.carry_version(potential.version)
        if potential.is_measured:
            self.fields["stated_share"].help_text = _("Orders are known, so they count instead.")
