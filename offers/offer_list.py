"""The list of offers: what may be asked of it, its page, and the numbers on its pills."""

from dataclasses import dataclass

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Team, User
from contacts.models import Company, Person
from core.pagination import Page, keyset_page
from offers.models import Offer, OfferQuerySet, OfferState, OfferVersion

LIST_ORDER = ("-created_at", "-id")


class OfferFilter(django_filters.FilterSet):
    """Customer, title or number; state of the current version; owner, team, customer."""

    q = django_filters.CharFilter(label=_("Customer, subject or number"), method="naming", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=OfferState, method="of_state", empty_label=_("all")
    )
    owner = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("person in charge", "Owner"),
        field_name="deal__owner",
        queryset=User.objects.by_name(),
        empty_label=_("all"),
    )
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), field_name="deal__owner__team", queryset=Team.objects.all(), empty_label=_("all")
    )
    until = django_filters.DateFilter(
        label=_("Runs out until"),
        method="running_out",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    company = django_filters.ModelChoiceFilter(
        field_name="deal__company", queryset=Company.objects.all(), widget=forms.HiddenInput
    )
    person = django_filters.ModelChoiceFilter(
        field_name="deal__person", queryset=Person.objects.all(), widget=forms.HiddenInput
    )

    class Meta:
        model = Offer
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=Offer.objects.visible_to(user))

    @property
    def qs(self) -> OfferQuerySet:
        """The offers asked for; what is not understood is left out."""
        offers: OfferQuerySet = self.queryset.all()
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            offers = self.filters[name].filter(offers, value)
        return offers

    @property
    def customer(self) -> Company | Person | None:
        """Whose offers are asked for."""
        self.form.is_valid()
        customer: Company | Person | None = self.form.cleaned_data.get("company")
        return customer or self.form.cleaned_data.get("person")

    def naming(self, offers: OfferQuerySet, name: str, text: str) -> OfferQuerySet:
        """Words of the customer's name, a part of the subject, or the beginning of the number."""
        text = text.strip()
        if not text:
            return offers
        companies, persons = Company.objects.named(text), Person.objects.named(text)
        titled = _current().filter(title__icontains=text)
        return offers.filter(
            Q(deal__company__in=companies.values("pk"))
            | Q(deal__person__in=persons.values("pk"))
            | Q(number__istartswith=text)
            | Exists(titled)
        )

    def of_state(self, offers: OfferQuerySet, name: str, value: str) -> OfferQuerySet:
        """Those whose current version stands so."""
        return offers.filter(Exists(_current().filter(state=value))) if value else offers

    def running_out(self, offers: OfferQuerySet, name: str, value: object) -> OfferQuerySet:
        """Those that lie with the customer and hold until this day at most."""
        standing = OfferVersion.objects.filter(offer=OuterRef("pk"), state=OfferState.SENT)
        return offers.filter(Exists(standing.filter(valid_until__lte=value))) if value else offers


@dataclass(frozen=True)
class OfferList:
    """One page of the list."""

    filter: OfferFilter
    page: Page[Offer]
    count: int


def read_offer_list(user: User, query: QueryDict) -> OfferList:
    """The page of the list that the query asks for."""
    asked = OfferFilter(query, user=user)
    offers = asked.qs
    return OfferList(
        filter=asked,
        page=keyset_page(offers.for_list(), LIST_ORDER, query.get("cursor", "")),
        count=offers.count(),
    )


def _current() -> QuerySet[OfferVersion]:
    return OfferVersion.objects.filter(offer=OuterRef("pk"), is_current=True)
