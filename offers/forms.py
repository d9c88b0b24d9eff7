"""Input checks of orders: the order itself, its lines, why it is cancelled, the list as a file."""

from decimal import Decimal
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from catalog.choosers import ProductOrText
from catalog.models import Product
from contacts.choosers import ChooserField
from contacts.models import Company, Person
from core.versions import VersionedForm
from offers.actions import LineFacts, OrderFacts
from offers.models import Order, OrderLine
from pipeline.models import Deal

CURRENCIES = ("EUR", "CHF")
MOST_LINES = 150
HUNDRED = Decimal(100)
USUAL_VAT = Decimal(19)


def _number(
    label: Promise, *, digits: int, places: int, most: int | None = None, initial: Decimal | None = None
) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        required=False,
        initial=initial,
        min_value=0,
        max_value=most,
        max_digits=digits,
        decimal_places=places,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "autocomplete": "off"}),
    )


class OrderForm(VersionedForm, forms.Form):
    """Who ordered, when, under which number; of an order with a deal the deal says who."""

    company = ChooserField(Company, creates=False, label=_("Company"), required=False)
    person = ChooserField(
        Person,
        creates=False,
        label=_("Person"),
        required=False,
        help_text=_("Who ordered, or a private customer."),
    )
    ordered_on = forms.DateField(
        label=_("Ordered on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    number = forms.CharField(label=_("Order number"), max_length=40, required=False)
    currency = forms.ChoiceField(label=_("Currency"))
    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person in charge", "Owner"), queryset=User.objects.none(), empty_label=None
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        user: User,
        order: Order | None = None,
        deal: Deal | None = None,
    ) -> None:
        super().__init__(data, initial=_of_order(order) if order else _of_deal(deal, user))
        self.order, self.deal = order, order.deal if order else deal
        codes = dict.fromkeys((*CURRENCIES, str(self.initial["currency"])))
        self.fields["currency"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
        owners = User.objects.filter(Q(is_active=True) | Q(pk=self.initial["owner"])).by_name()
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["person"].widget.attrs["data-company-from"] = "company"
        if self.deal is not None and (self.deal.company_id or self.deal.person_id):
            del self.fields["company"], self.fields["person"]
        if order:
            del self.fields["form_key"]
            self.carry_version(order.version)

    def clean_ordered_on(self) -> object:
        """Nobody has ordered tomorrow; and dates of the last century are a slip of the keys."""
        day = self.cleaned_data["ordered_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        if day.year < 1980:
            raise ValidationError(_("This day is too long ago."))
        return day

    def clean(self) -> dict[str, object]:
        """Somebody has ordered."""
        cleaned: dict[str, object] = super().clean() or {}
        asked = "company" in self.fields
        if asked and not self.errors and not (cleaned.get("company") or cleaned.get("person")):
            self.add_error("company", _("An order needs a company or a person as the customer."))
        return cleaned

    @property
    def facts(self) -> OrderFacts:
        """What was typed, as the actions take it."""
        names = ("ordered_on", "owner", "number", "currency", "note", "company", "person")
        said = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return OrderFacts(**said, deal=self.deal)


class LineForm(forms.Form):
    """One line; an emptied one is taken away, an empty price is the list price."""

    product = ProductOrText(label=_("Product or text"), required=False)
    quantity = _number(_("Quantity"), digits=12, places=3)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    unit_price = _number(_("Unit price, net"), digits=14, places=4)
    discount = _number(_("Discount %"), digits=5, places=2, most=100)
    vat_rate = _number(_("VAT %"), digits=5, places=2, most=100, initial=USUAL_VAT)

    def __init__(self, *args: object, empty_permitted: bool = False, **options: object) -> None:
        # Every line is read, also one that still says what it was filled in with.
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def clean(self) -> dict[str, object]:
        """A line that says anything says what was ordered, and how much of it."""
        cleaned: dict[str, object] = super().clean() or {}
        if self.errors or self.is_emptied:
            return cleaned
        if not cleaned["product"]:
            self.add_error("product", _("What was ordered?"))
        if not cleaned["quantity"]:
            self.add_error("quantity", _("How much was ordered?"))
        if cleaned["unit_price"] is None and self._list_price() is None:
            self.add_error("unit_price", _("The price is missing."))
        return cleaned

    @property
    def is_emptied(self) -> bool:
        """Whether nothing is left of it; rates alone say nothing."""
        given = self.cleaned_data
        return not given.get("product") and given.get("unit_price") is None and not given.get("quantity")

    def facts(self) -> LineFacts | None:
        """None for a line that says nothing."""
        given = getattr(self, "cleaned_data", {})
        if not given or self.is_emptied:
            return None
        said = given["product"]
        product = said if isinstance(said, Product) else None
        price = given["unit_price"] if given["unit_price"] is not None else self._list_price()
        return LineFacts(
            text=self._text(said),
            product=product,
            quantity=given["quantity"],
            unit=given["unit"] or (product.unit if product else ""),
            unit_price=price if price is not None else Decimal(0),
            discount=(given["discount"] or 0) / HUNDRED,
            vat_rate=(given["vat_rate"] or 0) / HUNDRED,
        )

    def _text(self, said: Product | str) -> str:
        """What a line was called stays, also when the product has another name by now."""
        if isinstance(said, Product):
            kept = self.initial.get("text") if self.initial.get("product") == said.pk else ""
            return str(kept or said.name)
        return said

    def _list_price(self) -> Decimal | None:
        product = self.cleaned_data.get("product")
        return product.price if isinstance(product, Product) else None


LineFormSet = forms.formset_factory(LineForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES)


def line_forms(
    data: QueryDict | None = None, *, order: Order | None = None, deal: Deal | None = None
) -> forms.BaseFormSet:
    """The lines of an order, or a first one from what a deal is about; and always one to go on with."""
    rows = [_said(line) for line in order.lines.all()] if order else _from_deal(deal)
    return LineFormSet(data, prefix="lines", initial=[*rows, {}])


class CancelForm(forms.Form):
    """Why an order is called off."""

    reason = forms.CharField(label=_("Why is it cancelled?"), max_length=500)


def _of_order(order: Order) -> dict[str, object]:
    names = {"company": "company_id", "person": "person_id", "owner": "owner_id"}
    said = ("company", "person", "ordered_on", "number", "currency", "owner", "note")
    return {name: getattr(order, names.get(name, name)) for name in said}


def _of_deal(deal: Deal | None, user: User) -> dict[str, object]:
    if deal is None:
        return {"owner": user.pk, "currency": CURRENCIES[0], "ordered_on": timezone.localdate()}
    day = timezone.localdate(deal.closed_at) if deal.closed_at else timezone.localdate()
    return {"owner": deal.owner_id, "currency": deal.currency, "ordered_on": day}


def _said(line: OrderLine) -> dict[str, object]:
    return {
        "product": line.product_id or f"+{line.text}",
        "text": line.text,
        "quantity": line.quantity.normalize(),
        "unit": line.unit,
        "unit_price": line.unit_price,
        "discount": (line.discount * HUNDRED).normalize() or None,
        "vat_rate": (line.vat_rate * HUNDRED).normalize(),
    }


def _from_deal(deal: Deal | None) -> list[dict[str, object]]:
    """What was agreed, as one line: the value of the deal for one of its product."""
    if deal is None:
        return []
    value = deal.won_value if deal.won_value is not None else deal.value
    return [
        {
            "product": deal.product_id or f"+{deal.title}",
            "quantity": Decimal(1),
            "unit": deal.product.unit if deal.product else "",
            "unit_price": value,
            "vat_rate": USUAL_VAT,
        }
    ]
