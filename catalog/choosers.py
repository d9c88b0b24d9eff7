"""Choosing a product by a part of its name or by its number; what is no product is a text of one's own."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from contacts.choosers import TYPED, Chooser

MOST_OPTIONS = 10
LONGEST_TEXT = 200


class ProductChooser(Chooser):
    """A text field that offers products while one types."""

    def __init__(self) -> None:
        super().__init__("product")
        self.url_name = "catalog:product_options"
        # What a chosen product is called here, by its key, where that is not its name.
        self.called: dict[str, str] = {}

    def _name_of(self, key: str) -> str:
        return self.called.get(key) or super()._name_of(key)


class ProductOrText(forms.ModelChoiceField):
    """A product that was chosen or named exactly, else the text as it was typed (`str`)."""

    def __init__(self, *, label: Promise, required: bool = True) -> None:
        super().__init__(Product.objects.all(), widget=ProductChooser(), label=label, required=required)  # type: ignore[arg-type]

    def to_python(self, value: object) -> Product | str | None:
        """The product, the text, or None for neither."""
        if not isinstance(value, str) or not value.startswith(TYPED):
            product: Product | None = super().to_python(value)
            return product
        text = " ".join(value.removeprefix(TYPED).split())
        if len(text) > LONGEST_TEXT:
            raise ValidationError(_("Please use at most %(most)s characters.") % {"most": LONGEST_TEXT})
        named = Product.objects.on_sale().filter(name__iexact=text)[:2]
        return named[0] if len(named) == 1 else text

    def validate(self, value: object) -> None:
        """A text needs no row."""
        if not isinstance(value, str):
            super().validate(value)


def offered(text: str) -> list[Product]:
    """The products to offer for what was typed."""
    products = Product.objects.on_sale()
    return list((products.named(text) if text else products).order_by("sort_key", "pk")[:MOST_OPTIONS])
