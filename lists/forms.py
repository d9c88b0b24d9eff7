"""Input checks of lists: which columns, which kind of file."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.addresses import read_keys
from lists.choices import MOST_CHOSEN
from lists.columns import ColumnSet
from lists.files import Format


class NewOwnerForm(forms.Form):
    """Who is to be in charge from now on."""

    owner = forms.ModelChoiceField(
        label=_("New owner"), queryset=User.objects.active().by_name(), empty_label=_("Please choose …")
    )


class ColumnsForm(forms.Form):
    """Columns chosen for a list, in the order they are shown; none: the usual ones."""

    column = forms.MultipleChoiceField(required=False)

    def __init__(self, data: QueryDict, columns: ColumnSet) -> None:
        super().__init__(data)
        choices = [(column.name, column.label) for column in columns.columns]
        self.fields["column"].choices = choices  # type: ignore[attr-defined]

    def names(self) -> str:
        """As an address names them, each once."""
        return ",".join(dict.fromkeys(self.cleaned_data["column"]))


class ExportForm(forms.Form):
    """The kind of file, what the list was asked, and the rows that were chosen in it."""

    format = forms.ChoiceField()
    query = forms.CharField(required=False, max_length=8000)
    rows = forms.CharField(required=False, max_length=20 * MOST_CHOSEN)

    def __init__(self, data: QueryDict, formats: Mapping[str, Format]) -> None:
        super().__init__(data)
        self.fields["format"].choices = [(name, name) for name in formats]  # type: ignore[attr-defined]

    def clean_rows(self) -> list[int]:
        """The keys of the chosen rows; none for all rows of the filter."""
        return read_keys(self.cleaned_data["rows"].split(",", MOST_CHOSEN))
