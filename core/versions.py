"""Forms of rows that others may change meanwhile: the second writer is told and loses nothing."""

import datetime as dt
from decimal import Decimal

from django import forms
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _

TOO_LATE = 409


class VersionedForm(forms.BaseForm):
    """A form that carries the version of the row it was opened with; its initial values are those of now."""

    present_version: int
    # Set by `is_stale`.
    was_overtaken = False

    def carry_version(self, version: int) -> None:
        """Take on the row's version of now; what comes back is the one the form was opened with."""
        self.present_version = version
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=version)

    def seen_version(self) -> int:
        """The version the form was opened with; 0, which no row has, when it is missing."""
        return self.cleaned_data.get("version") or 0

    def is_stale(self) -> bool:
        """Whether someone saved since; then each field says what is saved now.

        Saving once more is a decision: the form goes on with the present version and what was typed.
        """
        if self.seen_version() == self.present_version:
            return False
        self.was_overtaken = True
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("version")] = str(self.present_version)  # type: ignore[index]
        self.add_error(
            None,
            _(
                "Someone else has changed this entry in the meantime. "
                "Your text is still here; saving once more keeps it."
            ),
        )
        for name in self.changed_data:
            if name != "version":
                self.add_error(name, now_saved(spoken(self.fields[name], self[name].initial)))
        return True


def now_saved(value: str) -> str:
    """What a field says of the value that is saved meanwhile."""
    return _("Now saved here: %(value)s") % {"value": value or "–"}


def spoken(field: forms.Field, value: object) -> str:
    """A value as the user reads it in this field."""
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset
        row = rows.filter(pk=getattr(value, "pk", value)).first() if rows is not None and value else None
        return str(row or "")
    if isinstance(field, forms.MultipleChoiceField):
        chosen = set(value) if isinstance(value, list | tuple) else set()
        labels = dict(field.choices)  # type: ignore[arg-type]
        return ", ".join(str(label) for key, label in labels.items() if key in chosen)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): label for key, label in field.choices}  # type: ignore[misc,union-attr]
        return str(labels.get(str(value)) or "")
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, dt.time):
        return time_format(value, "H:i")
    if isinstance(value, Decimal):
        return number_format(value, use_l10n=True, force_grouping=True)
    return str(value) if value is not None else ""
