"""Parts of the forms of companies and persons: their sections, and the field of tags."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.actions.tags import MOST_TAGS

LONGEST_TAG = 40


@dataclass(frozen=True)
class Section:
    """Fields of a form that belong together."""

    title: str | Promise
    names: tuple[str, ...]
    is_folded: bool = False


class TagsField(forms.CharField):
    """Tags, separated by commas."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            label=_("Tags"),
            max_length=600,
            help_text=_("Separated by commas."),
            widget=forms.TextInput(attrs={"list": "known-tags", "autocomplete": "off"}),
            **options,  # type: ignore[arg-type]
        )

    def clean(self, value: object) -> list[str]:
        """The words, each once."""
        words = [" ".join(word.split()) for word in str(super().clean(value)).split(",")]
        if any(len(word) > LONGEST_TAG for word in words):
            raise ValidationError(
                _("A tag is at most %(most)s characters long."), "tag", {"most": LONGEST_TAG}
            )
        if len(words) > MOST_TAGS:
            raise ValidationError(_("At most %(most)s tags."), "tags", {"most": MOST_TAGS})
        return [word for word in dict.fromkeys(words) if word]
