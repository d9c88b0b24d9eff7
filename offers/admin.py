"""Orders in the admin, to look at: they are written on their own pages. The letterhead is kept here."""

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.exceptions import ValidationError as NumberError

from core.admin import AuditedAdmin, ReadOnlyAdmin, ReadOnlyInline
from offers.logo import redrawn_logo
from offers.models import (
    ApprovalRule,
    Letterhead,
    OfferTemplate,
    OfferTemplateLine,
    Order,
    OrderLine,
)
from offers.specimen import specimen_pdf


class OrderLineInline(ReadOnlyInline):
    """What was ordered."""

    model = OrderLine
    fields = ["position", "product", "text", "quantity", "unit", "unit_price", "discount", "vat_rate", "net"]
    readonly_fields = ["net"]


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    """What customers ordered."""

    list_display = ["__str__", "ordered_on", "company", "person", "owner", "origin", "cancelled_at"]
    list_filter = ["origin"]
    list_select_related = ["company", "person", "owner"]
    search_fields = ["number", "external_id"]
    date_hierarchy = "ordered_on"
    inlines = [OrderLineInline]


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(AuditedAdmin):
    """What offers need somebody's approval for."""

    list_display = ["name", "discount_above", "margin_below", "value_above", "approver_role", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    autocomplete_fields = ["approver"]


class OfferTemplateLineInline(admin.TabularInline):
    """The lines a new offer begins with."""

    model = OfferTemplateLine
    extra = 1
    autocomplete_fields = ["product"]


@admin.register(OfferTemplate)
class OfferTemplateAdmin(AuditedAdmin):
    """What offers begin with."""

    list_display = ["name", "group", "language", "valid_days", "is_active"]
    list_filter = ["is_active", "language", "group"]
    list_select_related = ["group"]
    search_fields = ["name"]
    autocomplete_fields = ["group"]
    inlines = [OfferTemplateLineInline]


class LetterheadForm(forms.ModelForm):
    """The letterhead with a picture from the disk."""

    logo_file = forms.FileField(
        label=_("Logo"), required=False, help_text=_("JPEG, PNG or WebP; printed at most 24 mm high.")
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Letterhead
        exclude = ["logo"]  # noqa: DJ006 - all the others, now and later

    def clean_iban(self) -> str:
        """Its check digits are right."""
        said: str = self.cleaned_data["iban"]
        try:
            return str(iban.format(iban.validate(said))) if said else ""
        except NumberError as problem:
            raise forms.ValidationError(_("This is no IBAN: please check its digits.")) from problem

    def clean_logo_file(self) -> bytes:
        """Drawn anew."""
        upload: UploadedFile | None = self.cleaned_data["logo_file"]
        return redrawn_logo(upload) if upload else b""

    def save(self, commit: bool = True) -> Letterhead:
        """With the new logo, without one, or with the one it has."""
        if self.cleaned_data["without_logo"] or self.cleaned_data["logo_file"]:
            self.instance.logo = self.cleaned_data["logo_file"]
        self.instance.pk = 1
        saved: Letterhead = super().save(commit)
        return saved


@admin.register(Letterhead)
class LetterheadAdmin(AuditedAdmin):
    """The paper offers are written on, and how it looks."""

    form = LetterheadForm
    readonly_fields = ["specimen"]

    def get_urls(self) -> list[URLPattern]:
        """With a letter to look at."""
        view = self.admin_site.admin_view(self.specimen_view)
        return [path("specimen.pdf", view, name="offers_letterhead_specimen"), *super().get_urls()]

    def specimen_view(self, request: HttpRequest) -> HttpResponse:
        """An invented offer on this paper."""
        return HttpResponse(specimen_pdf().content, content_type="application/pdf")

    @admin.display(description=_("specimen"))
    def specimen(self, row: Letterhead) -> SafeString:
        """Where it can be looked at."""
        where = reverse("admin:offers_letterhead_specimen")
        return format_html('<a href="{}">{}</a>', where, _("Look at an invented offer"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one row; where it was thrown away, it may come back."""
        return not Letterhead.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """There is one row."""
        return False
