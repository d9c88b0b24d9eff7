"""The form of a deal: opening one, and changing what it says without losing what others saved meanwhile."""

from dataclasses import dataclass, fields
from decimal import Decimal
from uuid import uuid4

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import Q
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from catalog.models import Product
from contacts.choosers import ChooserField
from contacts.models import Company, Person
from extra_fields.forms import ExtraFieldsForm
from extra_fields.values import shown
from leads.models import Source
from pipeline.actions import DealFacts
from pipeline.models import Deal, DealKind

CURRENCIES = ("EUR", "CHF")
FACTS = tuple(field.name for field in fields(DealFacts) if field.name != "extra")


@dataclass(frozen=True)
class Difference:
    """A field that says something else now than what the user is about to save."""

    label: str
    saved: str
    typed: str


class DealForm(ExtraFieldsForm, forms.Form):
    """What a user says of a deal."""

    title = forms.CharField(label=_("What is it about?"), max_length=200)
    company = ChooserField(
        Company,
        creates=True,
        label=_("Company"),
        required=False,
        help_text=_("Type a part of the name; a new company is entered on the spot."),
    )
    person = ChooserField(
        Person,
        creates=True,
        label=_("Person"),
        required=False,
        help_text=_("The contact in the company, or a private customer."),
    )
    value = forms.DecimalField(
        label=_("Value, net"),
        required=False,
        help_text=_("Empty while nobody knows it."),
        max_digits=14,
        decimal_places=2,
        localize=True,
        validators=[MinValueValidator(0)],
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}),
    )
    currency = forms.ChoiceField(label=_("Currency"))
    kind = forms.ChoiceField(label=_("Kind of business"), choices=DealKind.choices)
    expected_close_on = forms.DateField(
        label=_("Expected closing"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.none(), required=False, empty_label="–"
    )
    source = forms.ModelChoiceField(
        label=_("Source"), queryset=Source.objects.none(), required=False, empty_label="–"
    )
    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person in charge", "Owner"), queryset=User.objects.none(), empty_label=None
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, data: QueryDict | None = None, *, user: User, deal: Deal | None = None) -> None:
        super().__init__(data, initial=_initial(deal, user))
        self.deal = deal
        self.add_extra_fields("deal", deal.extra if deal else None)
        self.fields["person"].widget.attrs["data-company-from"] = "company"
        currencies = dict.fromkeys((*CURRENCIES, deal.currency if deal else "EUR"))
        self._offer("currency", [(code, code) for code in currencies])
        active = Q(is_active=True)
        self._offer_rows("product", Product, active | Q(pk=deal.product_id if deal else None))
        self._offer_rows("source", Source, active | Q(pk=deal.source_id if deal else None))
        self._offer_rows("owner", User, active | Q(pk=deal.owner_id if deal else None))
        if deal:
            del self.fields["form_key"]
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=deal.version, max_value=2**31 - 1
            )

    def clean_value(self) -> Decimal:
        """A value nobody knows yet counts as nothing."""
        value: Decimal | None = self.cleaned_data["value"]
        return value if value is not None else Decimal(0)

    @property
    def facts(self) -> DealFacts:
        """What was typed, as the actions take it."""
        typed = {name: self.cleaned_data[name] for name in FACTS}
        return DealFacts(**typed, extra=self.extra_values())

    @property
    def is_stale(self) -> bool:
        """Whether someone saved since the form was opened."""
        return self.deal is not None and self.cleaned_data.get("version") != self.deal.version

    def differences(self) -> list[Difference]:
        """Where the deal as it is saved now differs from what was typed."""
        found = []
        for name in FACTS:
            saved, typed = getattr(self.deal, name), self.cleaned_data.get(name)
            if saved != typed:
                found.append(Difference(str(self.fields[name].label), shown_value(saved), shown_value(typed)))
        return [*found, *self._extra_differences()]

    def renewed(self) -> "DealForm":
        """The same form for saving all the same: what was typed stays, with the version of now."""
        self.data = {
            **{name: self.data[name] for name in self.data},
            "version": str(self.deal.version if self.deal else ""),
        }
        return self

    def _extra_differences(self) -> list[Difference]:
        saved, typed = self.deal.extra if self.deal else {}, self.extra_values()
        return [
            Difference(field.label, shown(field, saved.get(field.code)) or "–", shown(field, said) or "–")
            for field in self.extra_fields
            if saved.get(field.code) != (said := typed[field.code])
        ]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _offer_rows(self, name: str, model: type[Product] | type[Source] | type[User], which: Q) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = model.objects.filter(which)


def _initial(deal: Deal | None, user: User) -> dict[str, object]:
    if deal is None:
        return {"owner": user.pk, "currency": CURRENCIES[0], "kind": DealKind.NEW}
    names = {"company": "company_id", "person": "person_id", "product": "product_id", "source": "source_id"}
    return {name: getattr(deal, names.get(name, name)) for name in FACTS}


def shown_value(value: object) -> str:
    """A fact in words, for those who have to compare two of them."""
    return "–" if value in (None, "") else str(localize(value))
