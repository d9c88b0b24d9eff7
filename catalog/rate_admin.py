"""Exchange rates in the Django admin: typed one by one, or taken from a file."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions import enter_rates
from catalog.errors import RateFileUnread
from catalog.models import ExchangeRate
from catalog.rate_files import Rate, read_rates
from core.admin import AuditedAdmin

MOST_BYTES = 5_000_000


class RateFileForm(forms.Form):
    """A file, and which of its currencies are wanted."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "The history of the European Central Bank (eurofxref-hist.csv), "
            "or a table with the columns currency, day, per_euro."
        ),
    )
    currencies = forms.RegexField(
        r"^[A-Za-z]{3}(?:[ ,]+[A-Za-z]{3}){0,30}\Z", label=gettext_lazy("Currencies"), initial="CHF"
    )

    def clean(self) -> dict[str, object]:
        """What the file says, in `rates`."""
        said = super().clean() or {}
        file = said.get("file")
        if file is None or "currencies" not in said:
            return said
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large."))
        wanted = said["currencies"].upper().replace(",", " ").split()
        try:
            said["rates"] = read_rates(file.read(), wanted)
        except RateFileUnread as error:
            raise forms.ValidationError(str(error)) from error
        return said


@admin.register(ExchangeRate)
class ExchangeRateAdmin(AuditedAdmin):
    """What reports convert by."""

    list_display = ["currency", "valid_from", "per_euro", "source"]
    list_display_links = ["currency", "valid_from"]
    list_filter = ["currency"]
    date_hierarchy = "valid_from"

    def get_urls(self) -> list[URLPattern]:
        """Beside the usual ones: taking a file."""
        way = path(
            "import/", self.admin_site.admin_view(self.import_view), name="catalog_exchangerate_import"
        )
        return [way, *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take the rates of a file; the same file twice changes nothing."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RateFileForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            rates: list[Rate] = form.cleaned_data["rates"]
            count = enter_rates(rates, source=form.cleaned_data["file"].name[:80])
            messages.success(request, _("%(count)d rates are new or other than before.") % {"count": count})
            return redirect("admin:catalog_exchangerate_changelist")
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "title": _("Take rates from a file"),
        }
        return TemplateResponse(request, "admin/catalog/exchangerate/import.html", context)
