"""What may be asked of the list of leads; every answer starts from the leads a user may see."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Subquery
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Team, User
from catalog.models import ProductGroup
from extra_fields.filters import ExtraFilterSet
from leads.models import (
    Campaign,
    Direction,
    DisqualifyReason,
    Lead,
    LeadQuerySet,
    LeadSetting,
    LeadState,
    Source,
    Touch,
)
from leads.urgency import URGENCIES, of_urgency
from lists.filters import ListFilter

ME, NOBODY, EVERYONE = "me", "nobody", "all"
OPEN = "open"


class LeadFilter(ExtraFilterSet, ListFilter):
    """The questions. `owner` is a user's key, `me`, `nobody` or `all`; `state` may be all that are open."""

    q = django_filters.CharFilter(label=_("Name"), method="naming", max_length=100)
    owner = django_filters.ChoiceFilter(
        label=pgettext_lazy("person in charge", "Owner"), method="of_owner", empty_label=None
    )
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), queryset=Team.objects.all(), empty_label=_("all")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[(OPEN, pgettext_lazy("leads", "open")), *LeadState.choices],
        empty_label=_("all"),
    )
    urgency = django_filters.ChoiceFilter(
        label=_("Urgency"), method="urgent", choices=URGENCIES, empty_label=_("all")
    )
    source = django_filters.ModelChoiceFilter(
        label=_("Source"), queryset=Source.objects.all(), empty_label=_("all")
    )
    no_source = django_filters.BooleanFilter(
        label=_("without source"), method="without_source", widget=forms.CheckboxInput
    )
    campaign = django_filters.ModelChoiceFilter(
        label=_("Campaign"), queryset=Campaign.objects.all(), empty_label=_("all")
    )
    direction = django_filters.ChoiceFilter(
        label=_("Direction"), choices=Direction.choices, empty_label=_("all")
    )
    group = django_filters.ModelChoiceFilter(
        label=_("Product group"),
        field_name="product_group",
        queryset=ProductGroup.objects.all(),
        empty_label=_("all"),
    )
    reason = django_filters.ModelChoiceFilter(
        label=_("Reason for disqualifying"),
        field_name="disqualify_reason",
        queryset=DisqualifyReason.objects.all(),
        empty_label=_("all"),
    )
    became = django_filters.ChoiceFilter(
        label=_("Became"),
        method="that_became",
        choices=[("deal", _("a deal")), ("won", _("a won deal"))],
        empty_label=_("all"),
    )
    medium = django_filters.CharFilter(
        label=_("Medium of the first touch"), method="by_medium", max_length=60
    )
    form = django_filters.NumberFilter(method="by_form", widget=forms.HiddenInput)
    score = django_filters.NumberFilter(
        label=_("Score at least"), field_name="score", lookup_expr="gte", min_value=-10_000, max_value=10_000
    )
    postal = django_filters.CharFilter(label=_("Postal code begins with"), method="near", max_length=12)
    received_from = django_filters.DateFilter(
        label=_("Received from"),
        field_name="received_at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    received_to = django_filters.DateFilter(
        label=_("Received until"),
        field_name="received_at",
        lookup_expr="date__lte",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Lead
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, user=user)
        self.filters["owner"].extra["choices"] = lambda: self._owners
        self.add_extra_filters()

    @property
    def qs(self) -> LeadQuerySet:
        """The leads asked for."""
        leads: LeadQuerySet = self.narrowed()  # type: ignore[assignment]
        return leads

    def naming(self, leads: LeadQuerySet, name: str, text: str) -> LeadQuerySet:
        """Every word anywhere in the names of person and company."""
        return leads.naming(text.strip()) if text else leads

    def of_owner(self, leads: LeadQuerySet, name: str, value: str) -> LeadQuerySet:
        """One owner's, the user's own, nobody's, or everyone's."""
        if value == EVERYONE:
            return leads
        if value == NOBODY:
            return leads.filter(owner=None)
        return leads.filter(owner=self.user.pk if value == ME else int(value))

    def in_state(self, leads: LeadQuerySet, name: str, value: str) -> LeadQuerySet:
        """In this state, or in any that is open."""
        return leads.open() if value == OPEN else leads.filter(state=value)

    def urgent(self, leads: LeadQuerySet, name: str, value: str) -> LeadQuerySet:
        """What of the leads needs somebody now."""
        return of_urgency(leads, value, LeadSetting.current())

    def without_source(self, leads: LeadQuerySet, name: str, value: bool | None) -> LeadQuerySet:
        """Nobody knows where they come from; only when asked for."""
        return leads.filter(source=None) if value else leads

    def that_became(self, leads: LeadQuerySet, name: str, value: str) -> LeadQuerySet:
        """Those that became a deal, or one that was won; deals are of a higher app."""
        deal = leads.model._meta.get_field("deals").related_model
        theirs = deal._default_manager.filter(lead=OuterRef("pk"), voided_at=None)
        return leads.filter(Exists(theirs.filter(outcome="won") if value == "won" else theirs))

    def by_medium(self, leads: LeadQuerySet, name: str, value: str) -> LeadQuerySet:
        """Those whose first touch came by this medium."""
        if not value:
            return leads
        first = Touch.objects.filter(lead=OuterRef("pk")).order_by("at", "pk").values("medium")[:1]
        return leads.alias(first_medium=Subquery(first)).filter(first_medium=value)

    def by_form(self, leads: LeadQuerySet, name: str, value: object) -> LeadQuerySet:
        """Those that came by this web form; only reports ask for it."""
        if not value:
            return leads
        sent = leads.model._meta.get_field("submissions").related_model
        by_it = sent._default_manager.filter(reference=OuterRef("form_key"), form=int(str(value)))
        return leads.filter(Exists(by_it))

    def near(self, leads: LeadQuerySet, name: str, start: str) -> LeadQuerySet:
        """From this region: 2 is the north, 24 Kiel and around it."""
        return leads.filter(postal_code__startswith=start.strip()) if start else leads

    @cached_property
    def _owners(self) -> list[tuple[str, str]]:
        owned = Lead.objects.visible_to(self.user).filter(owner=OuterRef("pk"))
        owners = User.objects.filter(Exists(owned)).by_name()
        fixed = [(EVERYONE, str(_("all"))), (ME, str(_("mine"))), (NOBODY, str(_("nobody's")))]
        return [*fixed, *((str(one.pk), str(one)) for one in owners)]
