"""What the filters of all lists share: what is not understood is left out, nobody sees more than they may."""

from collections.abc import Collection

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User


class ListFilter(django_filters.FilterSet):
    """The questions of a list, asked by a user."""

    user: User

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=self._meta.model.objects.visible_to(user))
        self.user = user

    @property
    def qs(self) -> QuerySet:
        """The rows asked for."""
        return self.narrowed()

    def narrowed(self, leaving_out: Collection[str] = ()) -> QuerySet:
        """The rows asked for, some questions left out."""
        rows = self.queryset.all()
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            if name not in leaving_out:
                rows = self.filters[name].filter(rows, value)
        return rows

    @property
    def asked(self) -> dict[str, object]:
        """What is asked for and understood, by name."""
        self.form.is_valid()
        given = self.form.cleaned_data.items()
        return {name: value for name, value in given if not self._is_unsaid(name, value)}

    def _is_unsaid(self, name: str, value: object) -> bool:
        """An unticked box asks nothing; a chosen "no" does."""
        is_box = isinstance(self.filters[name], django_filters.BooleanFilter)
        return value is None or value == "" or (is_box and value is False)
