"""What may be asked of potentials, and where their companies are."""

import re

import django_filters
from django import forms
from django.db.models import Case, CharField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from catalog.models import ProductGroup
from contacts.models import Address, Company
from potentials.models import Potential, PotentialQuerySet

ME, EVERYONE, NOBODY = "me", "all", "none"
MOST_INDUSTRIES = 200
YEARS_AHEAD = 3
# A country and the beginning of a postal code: `DE 20`, `20`, `AT`.
REGION = re.compile(r"^\s*(?:(?P<country>[A-Za-z]{2})\b[\s-]*)?(?P<code>[0-9][0-9A-Za-z ]{0,9})?\s*$")


def offered_years() -> list[int]:
    """The years one may ask for and estimate: this one first."""
    year = timezone.localdate().year
    return [*range(year, year + YEARS_AHEAD + 1), year - 1]


class PotentialFilter(django_filters.FilterSet):
    """Whose, where, of what and for which year; what is not understood is left out."""

    q = django_filters.CharFilter(label=_("Company"), method="naming", max_length=100)
    owner = django_filters.ChoiceFilter(
        label=pgettext_lazy("person in charge", "Owner"), method="of_owner", empty_label=None
    )
    region = django_filters.CharFilter(
        label=_("Postal code begins with"),
        method="in_region",
        max_length=14,
        widget=forms.TextInput(attrs={"size": 8, "placeholder": _("for example 20 or AT")}),
    )
    group = django_filters.ModelChoiceFilter(
        label=_("Product group"), queryset=ProductGroup.objects.all(), empty_label=_("all")
    )
    industry = django_filters.ChoiceFilter(
        label=_("Industry"), field_name="company__industry", empty_label=_("all")
    )
    year = django_filters.ChoiceFilter(label=_("Year"), method="in_year", empty_label=None)
    currency = django_filters.CharFilter(max_length=3, widget=forms.HiddenInput)

    class Meta:
        model = Potential
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=located(Potential.objects.visible_to(user).current()))
        self.user = user
        self.filters["owner"].extra["choices"] = _owners
        self.filters["industry"].extra["choices"] = _industries
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in offered_years()]

    @property
    def qs(self) -> PotentialQuerySet:
        """The potentials asked for."""
        potentials: PotentialQuerySet = self.queryset.all()
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            if name != "year":
                potentials = self.filters[name].filter(potentials, value)
        return potentials.of_year(self.asked_year)

    @property
    def asked_year(self) -> int:
        """The year asked for, else the present one."""
        self.form.is_valid()
        return int(self.form.cleaned_data.get("year") or timezone.localdate().year)

    def naming(self, potentials: PotentialQuerySet, name: str, text: str) -> PotentialQuerySet:
        """Any part of the company's name."""
        if not text:
            return potentials
        return potentials.filter(company__in=Company.objects.named(text).values("pk"))

    def of_owner(self, potentials: PotentialQuerySet, name: str, value: str) -> PotentialQuerySet:
        """Those of the companies of one colleague, of the user, or of nobody."""
        if value in ("", EVERYONE):
            return potentials
        if value == NOBODY:
            return potentials.filter(company__owner=None)
        return potentials.filter(company__owner=self.user.pk if value == ME else int(value))

    def in_region(self, potentials: PotentialQuerySet, name: str, text: str) -> PotentialQuerySet:
        """Companies whose postal code begins with this, in a country where one is named."""
        asked = REGION.match(text)
        if not asked:
            return potentials
        country, code = (asked["country"] or "").upper(), (asked["code"] or "").strip().upper()
        located_in = Q(country=country) if country else Q()
        return potentials.filter(located_in & Q(postal_code__startswith=code))

    def in_year(self, potentials: PotentialQuerySet, name: str, year: str) -> PotentialQuerySet:
        """Told apart in `qs`, because without the question the present year counts."""
        return potentials


def located(potentials: PotentialQuerySet) -> PotentialQuerySet:
    """Each potential says country, postal code and place of its company: those of the main address."""
    first = Case(When(use=Address.Use.MAIN, then=Value(0)), default=Value(1))
    main = Address.objects.filter(company=OuterRef("company")).order_by(first, "pk")

    def of_main(name: str) -> Coalesce:
        return Coalesce(Subquery(main.values(name)[:1]), Value(""), output_field=CharField())

    return potentials.annotate(
        country=of_main("country"), postal_code=of_main("postal_code"), place=of_main("city")
    )


def _owners() -> list[tuple[str, str]]:
    owners = User.objects.filter(companies__potentials__isnull=False).distinct().by_name()
    usual = [(EVERYONE, str(_("all"))), (ME, str(_("mine"))), (NOBODY, str(_("nobody")))]
    return [*usual, *((str(owner.pk), str(owner)) for owner in owners)]


def _industries() -> list[tuple[str, str]]:
    known = Company.objects.filter(potentials__isnull=False).exclude(industry="")
    names = known.order_by("industry").values_list("industry", flat=True).distinct()
    return [(name, name) for name in names[:MOST_INDUSTRIES]]
