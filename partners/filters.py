"""What may be asked of the list of partners."""

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partners.models import Partner, PartnerQuerySet

PRESENT, FORMER, ALL = "present", "former", "all"


class PartnerFilter(django_filters.FilterSet):
    """A part of the name, and whether the partnership has ended; what is not understood is left out."""

    q = django_filters.CharFilter(label=_("Name"), method="naming", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("Partnership"),
        method="of_state",
        empty_label=None,
        choices=[(PRESENT, _("present")), (FORMER, _("former")), (ALL, _("all"))],
    )

    class Meta:
        model = Partner
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=Partner.objects.visible_to(user).with_name_key())

    @property
    def qs(self) -> PartnerQuerySet:
        """The partners asked for; the present ones when nothing is said."""
        self.form.is_valid()
        asked = self.form.cleaned_data
        partners: PartnerQuerySet = self.naming(self.queryset.all(), "q", asked.get("q") or "")
        return self.of_state(partners, "state", asked.get("state") or PRESENT)

    def naming(self, partners: PartnerQuerySet, name: str, text: str) -> PartnerQuerySet:
        """Any part of the name of the company or person."""
        return partners.named(text) if text else partners

    def of_state(self, partners: PartnerQuerySet, name: str, state: str) -> PartnerQuerySet:
        """Those that work with us, those that did, or all."""
        if state == ALL:
            return partners
        return partners.former() if state == FORMER else partners.present()
