"""What may be asked of the board and of the list; every answer starts from the deals a user may see."""

from collections.abc import Collection

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Team, User
from catalog.models import Product
from core.moments import day_start, year_up_to
from extra_fields.filters import ExtraFilterSet
from leads.models import Source
from lists.filters import ListFilter
from pipeline.models import Deal, DealKind, DealQuerySet, Outcome, Stage, StageSetting

ME, EVERYONE = "me", "all"


def _amount_filter(label: Promise, lookup: str) -> django_filters.NumberFilter:
    return django_filters.NumberFilter(
        label=label,
        field_name="value",
        lookup_expr=lookup,
        max_digits=14,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8, "class": "num"}),
    )


class BoardFilter(ListFilter):
    """What may be asked of open deals. `owner` is a user's key, `me`, or `all`."""

    q = django_filters.CharFilter(label=_("Text"), method="naming", max_length=100)
    owner = django_filters.ChoiceFilter(
        label=pgettext_lazy("person in charge", "Owner"), method="of_owner", empty_label=None
    )
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), field_name="owner__team", queryset=Team.objects.all(), empty_label=_("all")
    )
    source = django_filters.ModelChoiceFilter(
        label=_("Source"), queryset=Source.objects.all(), empty_label=_("all")
    )
    product = django_filters.ModelChoiceFilter(
        label=_("Product"), queryset=Product.objects.all(), empty_label=_("all")
    )
    value_from = _amount_filter(_("Value from"), "gte")
    value_to = _amount_filter(_("Value to"), "lte")
    came_to = django_filters.ChoiceFilter(
        label=_("Begun in the last 12 months and came at least to"),
        choices=Stage.choices,
        method="that_came_to",
        empty_label=_("all"),
    )
    no_step = django_filters.BooleanFilter(
        label=_("without next step"), method="without_next_step", widget=forms.CheckboxInput
    )
    too_long = django_filters.BooleanFilter(
        label=_("too long in the stage"), method="too_long_in_stage", widget=forms.CheckboxInput
    )

    class Meta:
        model = Deal
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, user=user)
        self.filters["owner"].extra["choices"] = lambda: self._owners

    @property
    def qs(self) -> DealQuerySet:
        """The deals asked for."""
        return self.narrowed()

    def narrowed(self, leaving_out: Collection[str] = ()) -> DealQuerySet:
        """The deals asked for, some questions left out."""
        deals: DealQuerySet = super().narrowed(leaving_out)  # type: ignore[assignment]
        return deals

    def naming(self, deals: DealQuerySet, name: str, value: str) -> DealQuerySet:
        """The text anywhere in title or customer."""
        return deals.naming(value.strip())

    def of_owner(self, deals: DealQuerySet, name: str, value: str) -> DealQuerySet:
        """One owner's, the user's own, or everyone's."""
        if value == EVERYONE:
            return deals
        return deals.filter(owner=self.user.pk if value == ME else int(value))

    def that_came_to(self, deals: DealQuerySet, name: str, value: str) -> DealQuerySet:
        """The open ones of those that the funnel picture counts in a stage."""
        begun = deals.filter(opened_at__gte=day_start(year_up_to(timezone.localdate())))
        return begun.that_came_to(int(value))

    def without_next_step(self, deals: DealQuerySet, name: str, value: bool | None) -> DealQuerySet:
        """Nothing planned; only when asked for."""
        return deals.without_next_step() if value else deals

    def too_long_in_stage(self, deals: DealQuerySet, name: str, value: bool | None) -> DealQuerySet:
        """Longer than usual in the stage; only when asked for."""
        return deals.too_long_in_stage(StageSetting.objects.all()) if value else deals

    @cached_property
    def _owners(self) -> list[tuple[str, str]]:
        """Those who own a deal this user may see."""
        owned = Deal.objects.visible_to(self.user).filter(owner=OuterRef("pk"))
        owners = User.objects.filter(Exists(owned)).by_name()
        # First what an address without an owner means.
        return [(EVERYONE, str(_("all"))), (ME, str(_("mine"))), *((str(one.pk), str(one)) for one in owners)]


class DealFilter(ExtraFilterSet, BoardFilter):
    """What may be asked of all deals, closed ones included."""

    overdue = django_filters.BooleanFilter(
        label=_("next step overdue"), method="with_overdue_step", widget=forms.CheckboxInput
    )
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=Stage.choices, empty_label=_("all"))
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices, empty_label=_("all"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DealKind.choices, empty_label=_("all"))
    opened_from = django_filters.DateFilter(
        label=_("Opened from"),
        field_name="opened_at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    opened_to = django_filters.DateFilter(
        label=_("Opened until"),
        field_name="opened_at",
        lookup_expr="date__lte",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, user=user)
        self.add_extra_filters()

    def with_overdue_step(self, deals: DealQuerySet, name: str, value: bool | None) -> DealQuerySet:
        """The next step should have been done before today; only when asked for."""
        return deals.overdue() if value else deals
