"""Input checks of products, and what may be asked of their list."""

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.actions import ProductFacts
from catalog.models import Product, ProductGroup, ProductQuerySet

ON_SALE, OFF_SALE, EVERY = "", "off", "all"


def _price(label: Promise) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=4,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}),
    )


class ProductForm(forms.ModelForm):
    """What is said of a product."""

    price = _price(_("List price, net"))
    cost = _price(_("Cost"))
    floor_price = _price(_("Lowest price, net"))

    class Meta:
        model = Product
        fields = (
            *("number", "name", "name_en", "group", "unit", "price", "currency", "cost", "floor_price"),
            *("vat_category", "billing", "description_de", "description_en", "is_active"),
        )
        widgets = {
            "description_de": forms.Textarea(attrs={"rows": 2}),
            "description_en": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "number": _("Product number"),
            "name": _("Name"),
            "name_en": _("Name in English"),
            "vat_category": _("VAT category"),
            "billing": _("Billing"),
            "description_de": _("Description in German"),
            "description_en": _("Description in English"),
            "group": _("Product group"),
            "unit": _("Unit"),
            "currency": _("Currency"),
            "is_active": _("on sale"),
        }

    @property
    def facts(self) -> ProductFacts:
        """What was typed, as the actions take it."""
        return ProductFacts(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class ProductFilter(django_filters.FilterSet):
    """A part of the name or the number, the group, on sale or not."""

    q = django_filters.CharFilter(label=_("Name or number"), method="naming", max_length=100)
    group = django_filters.ModelChoiceFilter(
        label=_("Product group"), queryset=ProductGroup.objects.all(), empty_label=_("all")
    )
    sale = django_filters.ChoiceFilter(
        label=_("On sale"),
        method="of_sale",
        choices=[(OFF_SALE, _("no longer")), (EVERY, _("all"))],
        empty_label=_("on sale"),
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, products: ProductQuerySet) -> None:
        super().__init__(data, queryset=products)

    @property
    def qs(self) -> ProductQuerySet:
        """The products asked for; what is not understood is left out, and without a word those on sale."""
        products: ProductQuerySet = self.queryset.all()
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            products = self.filters[name].filter(products, value)
        return products if self.form.cleaned_data.get("sale") else products.on_sale()

    def naming(self, products: ProductQuerySet, name: str, text: str) -> ProductQuerySet:
        """Any words of the name, or the beginning of the number."""
        return products.named(text.strip()) if text.strip() else products

    def of_sale(self, products: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        """Those taken off sale, or all."""
        return products.filter(is_active=False) if value == OFF_SALE else products
