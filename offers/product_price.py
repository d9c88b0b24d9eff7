"""What is asked when a product is put into an offer: how much of which, and why it costs what it costs."""

from decimal import Decimal

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.pricing import PriceRule, price_of
from core.templatetags.money import exact
from offers.models import OfferVersion


class PriceForm(forms.Form):
    """A product and a quantity."""

    product = forms.ModelChoiceField(queryset=Product.objects.none())
    quantity = forms.DecimalField(required=False, min_value=0, max_digits=12, decimal_places=3, localize=True)

    def __init__(self, data: object, *, products: QuerySet[Product]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["product"].queryset = products  # type: ignore[attr-defined]

    def rule_of(self, version: OfferVersion, quantity: Decimal) -> str:
        """In words: the rule, the list, and the steps of a graduated price."""
        deal = version.offer.deal
        customer, day = deal.company or deal.person, timezone.localdate()
        price = price_of(self.cleaned_data["product"], customer, quantity, day, version.currency)
        words = [str(PriceRule(price.rule).label)]
        if price.price_list is not None:
            words.append(price.price_list.name)
        if len(price.steps) > 1:
            steps = ", ".join(
                _("from %(quantity)s: %(price)s") % {"quantity": exact(start), "price": exact(amount, 2)}
                for start, amount in price.steps
            )
            words.append(steps)
        return " · ".join(words)
