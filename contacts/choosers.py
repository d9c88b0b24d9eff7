"""Choosing a company or a person by typing a part of the name (chooser.js)."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from contacts.models import ContactQuerySet
from core.addresses import is_key

MOST_OPTIONS = 10


class RowChooser(forms.TextInput):
    """A text field that offers rows while one types; the key of the chosen row travels in a hidden field."""

    template_name = "contacts/_chooser.html"

    def __init__(self, url_name: str) -> None:
        super().__init__({"autocomplete": "off"})
        self.url = reverse_lazy(url_name)
        self.choices: object = None

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """The name of the chosen row beside its key."""
        context: dict[str, object] = super().get_context(name, value, attrs)
        key = str(value or "")
        queryset = getattr(self.choices, "queryset", None)
        row = queryset.filter(pk=key).first() if queryset is not None and is_key(key) else None
        text = str(row or (key if not is_key(key) else ""))
        context["chooser"] = {"url": self.url, "key": key if row else "", "text": text}
        return context

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> str:
        """The key of the chosen row, else what was typed."""
        return data.get(name, "").strip() or data.get(f"{name}_text", "").strip()


class RowField(forms.ModelChoiceField):
    """A row that was chosen; a name that was typed and not chosen is refused."""

    def __init__(self, queryset: ContactQuerySet, url_name: str, **options: object) -> None:
        super().__init__(queryset, widget=RowChooser(url_name), **options)  # type: ignore[arg-type]

    def to_python(self, value: object) -> object:
        """Keys are digits only."""
        if isinstance(value, str) and value and not value.isdecimal():
            raise ValidationError(_("Please choose from the list."), code="invalid_choice")
        return super().to_python(value)


def offered(rows: ContactQuerySet, text: str) -> QuerySet:
    """The first rows with this text in the name."""
    rows = rows.current()
    return (rows.named(text) if text else rows).order_by("sort_key", "pk")[:MOST_OPTIONS]
