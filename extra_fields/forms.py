"""Extra fields in a form: one field each, checked by its kind."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from extra_fields.models import ExtraField
from extra_fields.values import LONGEST_TEXT, MOST_DECIMALS, MOST_DIGITS, Stored, read, typed

Kind = ExtraField.Kind


class TruthField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **options: object) -> None:
        answers = [("", "–"), ("True", _("yes")), ("False", _("no"))]
        super().__init__(
            choices=answers,
            coerce=lambda text: text in ("True", True),
            empty_value=None,
            **options,  # type: ignore[arg-type]
        )


class ExtraFieldsForm(forms.BaseForm):
    """A form whose row has extra fields; `extra_values` is what the action keeps of them."""

    extra_fields: list[ExtraField]

    def add_extra_fields(self, subject: str, extra: Mapping[str, Stored] | None = None) -> None:
        """Ask for the fields in use, with what the row says in them."""
        self.extra_fields = list(ExtraField.objects.of(subject).in_use())
        for field in self.extra_fields:
            self.fields[field.form_name] = form_field(field, (extra or {}).get(field.code))

    def extra_values(self) -> dict[str, Stored | None]:
        """What was typed, by code; None for what is left empty. Of a checked form."""
        return {
            field.code: _kept(field, self.cleaned_data.get(field.form_name)) for field in self.extra_fields
        }


def form_field(field: ExtraField, stored: object = None) -> forms.Field:
    """The field that asks for it; `stored` is what it says now."""
    options = {"label": field.label, "required": field.is_required, "initial": typed(field, stored)}
    if field.kind == Kind.NUMBER:
        return forms.DecimalField(
            max_digits=MOST_DIGITS,
            decimal_places=MOST_DECIMALS,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}),
            **options,  # type: ignore[arg-type]
        )
    if field.kind == Kind.DATE:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, **options)  # type: ignore[arg-type]
    if field.kind == Kind.CHOICE:
        return _KeptChoiceField(field, stored, **options)
    if field.kind == Kind.YES_NO:
        return TruthField(**options)
    return forms.CharField(max_length=LONGEST_TEXT, **options)  # type: ignore[arg-type]


def _kept(field: ExtraField, value: object) -> Stored | None:
    # A word that was taken out of the choices meanwhile is none to `read`.
    return str(value or "") or None if field.kind == Kind.CHOICE else read(field, value)


class _KeptChoiceField(forms.ChoiceField):
    """The choices; a word that is no longer among them stays as long as nobody chooses another."""

    def __init__(self, field: ExtraField, stored: object, **options: object) -> None:
        words = dict(field.options)
        if isinstance(stored, str) and stored:
            words.setdefault(stored, stored)
        super().__init__(choices=[("", "–"), *words.items()], **options)  # type: ignore[arg-type]
