"""What may be asked of the list of orders; every answer starts from the orders a user may see."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Team, User
from catalog.models import Product
from contacts.models import Company, Person
from lists.filters import ListFilter
from offers.models import Order, OrderLine, OrderQuerySet


def _day_filter(label: Promise, lookup: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label=label,
        field_name="ordered_on",
        lookup_expr=lookup,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class OrderFilter(ListFilter):
    """Customer or number, owner, team at ordering, days, product; cancelled ones on demand."""

    q = django_filters.CharFilter(label=_("Customer or number"), method="naming", max_length=100)
    owner = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.by_name(),
        empty_label=_("all"),
    )
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), queryset=Team.objects.all(), empty_label=_("all")
    )
    product = django_filters.ModelChoiceFilter(
        label=_("Product"), queryset=Product.objects.all(), method="of_product", empty_label=_("all")
    )
    since = _day_filter(_("Ordered from"), "gte")
    until = _day_filter(_("Ordered until"), "lte")
    cancelled = django_filters.BooleanFilter(
        label=pgettext_lazy("of an order", "cancelled"), method="of_state", widget=forms.CheckboxInput
    )
    company = django_filters.ModelChoiceFilter(
        label=_("Company"), queryset=Company.objects.all(), widget=forms.HiddenInput
    )
    person = django_filters.ModelChoiceFilter(
        label=_("Person"), queryset=Person.objects.all(), widget=forms.HiddenInput
    )

    class Meta:
        model = Order
        fields: list[str] = []

    @property
    def qs(self) -> OrderQuerySet:
        """The orders asked for; what is not understood is left out, cancelled ones only on demand."""
        orders: OrderQuerySet = self.narrowed()  # type: ignore[assignment]
        return orders.exclude(cancelled_at=None) if self._asks_for_cancelled else orders.standing()

    @property
    def customer(self) -> Company | Person | None:
        """Whose orders are asked for."""
        self.form.is_valid()
        customer: Company | Person | None = self.form.cleaned_data.get("company")
        return customer or self.form.cleaned_data.get("person")

    def naming(self, orders: OrderQuerySet, name: str, text: str) -> OrderQuerySet:
        """Words of the customer's name, or the beginning of a number."""
        text = text.strip()
        if not text:
            return orders
        companies, persons = Company.objects.named(text), Person.objects.named(text)
        return orders.filter(
            Q(company__in=companies.values("pk"))
            | Q(person__in=persons.values("pk"))
            | Q(number__istartswith=text)
            | Q(external_id__istartswith=text)
        )

    def of_product(self, orders: OrderQuerySet, name: str, product: Product | None) -> OrderQuerySet:
        """Those with a line of this product."""
        return (
            orders.filter(pk__in=OrderLine.objects.filter(product=product).values("order"))
            if product
            else orders
        )

    def of_state(self, orders: OrderQuerySet, name: str, value: bool | None) -> OrderQuerySet:
        """Told apart in `qs`, because without the question the cancelled ones are left out."""
        return orders

    @property
    def _asks_for_cancelled(self) -> bool:
        return bool(self.form.cleaned_data.get("cancelled"))
