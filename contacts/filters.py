"""What may be asked of the lists of companies and persons."""

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from contacts.models import Company, ContactQuerySet, Person


class ContactFilter(django_filters.FilterSet):
    """A part of the name, who is in charge, archived or not; what is not understood is left out."""

    q = django_filters.CharFilter(label=_("Name"), method="naming", max_length=100)
    owner = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.active().by_name(),
        empty_label=_("all"),
    )
    archived = django_filters.BooleanFilter(
        label=_("archived"), method="of_archive", widget=forms.CheckboxInput
    )

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=self._meta.model.objects.visible_to(user))

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

    def of_archive(self, rows: ContactQuerySet, name: str, value: bool) -> ContactQuerySet:
        """Told apart in `qs`, because without the question the archived ones are left out."""
        return rows


class CompanyFilter(ContactFilter):
    """Companies are also of a kind."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Company.Kind.choices, empty_label=_("all"))

    class Meta:
        model = Company
        fields: list[str] = []


class PersonFilter(ContactFilter):
    """Persons."""

    class Meta:
        model = Person
        fields: list[str] = []
