"""What may be asked of the lists of companies and persons."""

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from contacts.models import Company, ContactQuerySet, Person
from core.keys import folded


class ContactFilter(django_filters.FilterSet):
    """A part of the name, who is in charge, archived or not; what is not understood is left out."""

    # The box comes last.
    field_order: tuple[str, ...] = ("q", "owner", "tag", "archived")

    q = django_filters.CharFilter(label=_("Name"), method="naming", max_length=100)
    owner = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.active().by_name(),
        empty_label=_("all"),
    )
    tag = django_filters.CharFilter(label=_("Tag"), method="tagged", max_length=40)
    archived = django_filters.BooleanFilter(
        label=_("archived"), method="of_archive", widget=forms.CheckboxInput
    )

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=self._meta.model.objects.visible_to(user))
        self.form.order_fields(self.field_order)

    @property
    def qs(self) -> ContactQuerySet:
        """The rows asked for; archived ones only on demand."""
        self.form.is_valid()
        rows: ContactQuerySet = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name != "archived":
                rows = self.filters[name].filter(rows, value)
        return rows.exclude(archived_at=None) if self.form.cleaned_data.get("archived") else rows.current()

    def naming(self, rows: ContactQuerySet, name: str, text: str) -> ContactQuerySet:
        """Any part of the name, umlauts and case folded."""
        return rows.named(text) if text else rows

    def tagged(self, rows: ContactQuerySet, name: str, tag: str) -> ContactQuerySet:
        """Those that carry the tag, whatever its case."""
        return rows.filter(taggings__tag__sort_key=folded(tag)) if tag else rows

    def of_archive(self, rows: ContactQuerySet, name: str, value: bool) -> ContactQuerySet:
        """Told apart in `qs`, because without the question the archived ones are left out."""
        return rows


class CompanyFilter(ContactFilter):
    """Companies are also of a kind."""

    field_order = ("q", "owner", "kind", "tag", "archived")

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), method="of_kind", choices=Company.Kind.choices, empty_label=_("all")
    )

    def of_kind(self, rows: ContactQuerySet, name: str, kind: str) -> ContactQuerySet:
        """Those that are this to us, whatever else they are."""
        return rows.filter(kinds__contains=[kind]) if kind else rows

    class Meta:
        model = Company
        fields: list[str] = []


class PersonFilter(ContactFilter):
    """Persons also work somewhere."""

    company = django_filters.ModelChoiceFilter(
        queryset=Company.objects.all(), method="working_for", widget=forms.HiddenInput
    )

    @property
    def employer(self) -> Company | None:
        """The company whose people are asked for."""
        self.form.is_valid()
        company: Company | None = self.form.cleaned_data.get("company")
        return company

    def working_for(self, rows: ContactQuerySet, name: str, company: Company | None) -> ContactQuerySet:
        """Those who work there at present."""
        present = Q(employments__company=company, employments__until=None)
        return rows.filter(present) if company else rows

    class Meta:
        model = Person
        fields: list[str] = []
