"""Input checks of a merge: which value of each field, and of which versions of the two rows."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.choosers import ChooserField
from contacts.merging.fields import BOTH, KEPT, TAKEN, Choice
from contacts.models import Company, Person
from core.versions import TOO_LATE


class MergeWithForm(forms.Form):
    """The other row of the same kind."""

    def __init__(self, row: Company | Person, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.row = row
        self.fields["other"] = ChooserField(
            type(row),
            label=gettext_lazy("Is the same as"),
            help_text=gettext_lazy("Type a part of the name."),
        )

    def clean_other(self) -> Company | Person:
        """Another one than the row itself, and one that still stands for itself."""
        other: Company | Person = self.cleaned_data["other"]
        if other.pk == self.row.pk or other.merged_into_id:
            raise forms.ValidationError(_("These are not two entries but one."))
        return other


class MergeForm(forms.Form):
    """A choice per field, and the versions of both rows that were laid side by side."""

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    taken_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, choices: Sequence[Choice], versions: tuple[int, int], data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial={"kept_version": versions[0], "taken_version": versions[1]})
        self.versions, self.was_overtaken = versions, False
        self.differing = [choice for choice in choices if choice.differs]
        for choice in self.differing:
            options = [KEPT, TAKEN, *([BOTH] if choice.allows_both else [])]
            self.fields[f"field-{choice.name}"] = forms.ChoiceField(
                choices=[(one, one) for one in options], required=False
            )

    def chosen(self) -> dict[str, str]:
        """What was picked per field; as suggested where nothing sensible was."""
        given = getattr(self, "cleaned_data", {})
        return {
            choice.name: given.get(f"field-{choice.name}") or choice.suggested for choice in self.differing
        }

    def seen(self) -> tuple[int, int]:
        """The versions that were looked at: of the row that stays, and of the other."""
        return self.cleaned_data["kept_version"], self.cleaned_data["taken_version"]

    def is_stale(self) -> bool:
        """Whether one of the rows was changed since; the page shows what they say now."""
        if self.seen() == self.versions:
            return False
        self.was_overtaken = True
        said = {name: self.data[name] for name in self.data}
        self.data = {**said, "kept_version": self.versions[0], "taken_version": self.versions[1]}
        self.add_error(
            None,
            _(
                "Someone else has changed one of these entries in the meantime. "
                "Please look at them once more."
            ),
        )
        return True

    def status(self) -> int:
        """200 for a page that is only shown; 422 when something is wrong, 409 when someone was faster."""
        return TOO_LATE if self.was_overtaken else 422 if self.is_bound else 200
