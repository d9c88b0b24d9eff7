"""The extra fields in the Django admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.admin import AuditedAdmin
from extra_fields.models import ExtraField

# More than these no form and no list is usable with.
MOST_IN_USE = 40
FIXED = ("subject", "code", "kind")


class ExtraFieldForm(forms.ModelForm):
    """A field; choices belong to those with a choice, and there are not endlessly many fields."""

    def clean(self) -> dict[str, object]:
        """Refuse choices where nothing is chosen, and one field too many."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        kind = given.get("kind", self.instance.kind)
        if given.get("choices") and kind != ExtraField.Kind.CHOICE:
            self.add_error("choices", _("Only a field of the kind “choice” has choices."))
        subject = given.get("subject", self.instance.subject)
        others = ExtraField.objects.of(str(subject)).in_use().exclude(pk=self.instance.pk)
        if not given.get("is_archived") and others.count() >= MOST_IN_USE:
            raise ValidationError(
                _("There are %(most)d fields already; please archive one first."),
                params={"most": MOST_IN_USE},
            )
        return given


@admin.register(ExtraField)
class ExtraFieldAdmin(AuditedAdmin):
    """Fields of our own for companies, persons, deals and leads; they are archived, not deleted."""

    form = ExtraFieldForm
    list_display = ["label_de", "subject", "kind", "code", "is_required", "position", "is_archived"]
    list_filter = ["subject", "is_archived"]
    search_fields = ["label_de", "label_en", "code"]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        """What the values rest on stays once given."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *FIXED) if obj else fields

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: what it said would be nobody's any more."""
        return False
