"""The dialog that makes a deal of a lead, filled in as far as we know it."""

from decimal import Decimal

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from catalog.models import Product
from contacts.choosers import TYPED, ChooserField
from contacts.duplicates import Twin, draft_of, twins_of
from contacts.models import BuyingRole, Company, Employment, Person
from leads.known import channels_of
from leads.models import Lead
from pipeline.conversion import Conversion, suggested_stage
from pipeline.deal_form import CURRENCIES
from pipeline.models import Deal, DealQuerySet, Stage


class ConversionForm(forms.Form):
    """What becomes of a lead. New customers that may be known already are asked about once."""

    title = forms.CharField(label=_("What is it about?"), max_length=200)
    company = ChooserField(Company, creates=True, label=_("Company"), required=False)
    person = ChooserField(Person, creates=True, label=_("Person"), required=False)
    is_decision_maker = forms.BooleanField(label=_("decides about the purchase"), required=False)
    deal = forms.ModelChoiceField(
        label=_("Deal"), queryset=Deal.objects.none(), required=False, empty_label=_("a new one")
    )
    stage = forms.TypedChoiceField(
        label=_("Begins in"), choices=Stage.choices[:3], coerce=lambda value: Stage(int(value))
    )
    value = forms.DecimalField(
        label=_("Value, net"),
        required=False,
        max_digits=14,
        decimal_places=2,
        localize=True,
        validators=[MinValueValidator(0)],
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.filter(is_active=True), required=False, empty_label="–"
    )
    expected_close_on = forms.DateField(
        label=_("Expected closing"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.active().by_name(),
        empty_label=None,
    )
    # The names that were asked about already.
    asked = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(self, lead: Lead, user: User, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=_initial(lead, user))
        self.lead, self.twins = lead, list[Twin]()
        self.fields["person"].widget.attrs["data-company-from"] = "company"
        deals = open_deals_of(lead, user)
        self.fields["deal"].queryset = deals  # type: ignore[attr-defined]
        self.fields["deal"].label_from_instance = lambda deal: deal.title  # type: ignore[attr-defined]
        if not deals.exists():
            del self.fields["deal"]

    def clean_value(self) -> Decimal:
        """A value nobody knows yet counts as nothing."""
        value: Decimal | None = self.cleaned_data["value"]
        return value if value is not None else Decimal(0)

    def clean(self) -> dict[str, object]:
        """A deal has a customer; who may be known already is asked about before they are entered anew."""
        cleaned: dict[str, object] = super().clean() or {}
        company, person = cleaned.get("company"), cleaned.get("person")
        if not (company or person) and not self.errors:
            raise forms.ValidationError(_("Please name a company or a person."))
        rows: list[Company | Person | None] = [cleaned.get("company"), cleaned.get("person")]  # type: ignore[list-item]
        new = [row for row in rows if row is not None and row.pk is None]
        names = "|".join(str(row) for row in new)
        self.twins = [twin for row in new for twin in _twins(self.lead, row)]  # type: ignore[arg-type]
        if self.twins and cleaned.get("asked") != names:
            self.data = {**{name: self.data[name] for name in self.data}, "asked": names}
            raise forms.ValidationError(
                _("This may be somebody you know already. Choose them, or press the button once more.")
            )
        return cleaned

    def wanted(self) -> Conversion:
        """What becomes of the lead. Of a checked form."""
        names = (
            *("title", "owner", "company", "person", "is_decision_maker", "stage"),
            *("value", "currency", "product", "expected_close_on"),
        )
        return Conversion(
            **{name: self.cleaned_data[name] for name in names}, deal=self.cleaned_data.get("deal")
        )


def open_deals_of(lead: Lead, user: User) -> DealQuerySet:
    """Open deals of its customer that the user may change and that came from no lead."""
    deals = Deal.objects.editable_by(user).open().filter(lead=None)
    customer = Q(pk__in=[])
    if lead.company_id:
        customer |= Q(company=lead.company_id)
    if lead.person_id:
        customer |= Q(person=lead.person_id)
    return deals.filter(customer).order_by("-opened_at", "-pk")


def usual_title(lead: Lead) -> str:
    """What the deal is about when nobody says more."""
    return lead.interest or str(lead.product_group or _("Inquiry"))


def _initial(lead: Lead, user: User) -> dict[str, object]:
    person = lead.person_id or (lead.last_name and f"{TYPED}{lead.first_name} {lead.last_name}".strip())
    return {
        "title": usual_title(lead),
        "company": lead.company_id or (lead.company_name and f"{TYPED}{lead.company_name}"),
        "person": person,
        "is_decision_maker": _decides(lead),
        "stage": suggested_stage(lead),
        "currency": CURRENCIES[0],
        "owner": lead.owner_id or user.pk,
    }


def _decides(lead: Lead) -> bool:
    jobs = Employment.objects.present().filter(person=lead.person_id, company=lead.company_id)
    return bool(lead.person_id) and jobs.filter(role=BuyingRole.DECISION_MAKER).exists()


def _twins(lead: Lead, row: Company | Person) -> list[Twin]:
    ways = channels_of(lead)
    if isinstance(row, Company):
        found = twins_of(draft_of(Company, ways, name=row.name))
    else:
        found = twins_of(draft_of(Person, ways, given=row.first_name, family=row.last_name))
    return [twin for twin in found if twin.row.archived_at is None]
