"""Input checks of a pasted text."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contacts.models import Company, Person
from contacts.recognising import LONGEST_TEXT
from contacts.stand_words import IMPRINT, PASTED, SIGNATURE
from core.versions import VersionedForm


class PasteForm(VersionedForm, forms.Form):
    """A text and what it is; it carries the version of the row, so that nobody overwrites unseen."""

    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Paste a signature, an imprint or the text of a social profile."),
    )
    source = forms.ChoiceField(label=_("Where it is from"), choices=list(PASTED.items()))

    def __init__(
        self, row: Company | Person, data: QueryDict | None = None, *, version: int | None = None
    ) -> None:
        source = IMPRINT if isinstance(row, Company) else SIGNATURE
        super().__init__(data, initial={"source": source})
        self.carry_version(row.version)
        if version is not None:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["version"] = str(version)  # type: ignore[index]
