"""Web sites that tell of visits, in the Django admin; forms, submissions and keys have pages of their own."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import AuditedAdmin
from intake.builder import HostsField
from intake.models import WebSite


class WebSiteForm(forms.ModelForm):
    """A web site, its names one per line."""

    hosts = HostsField(
        label=_("Allowed web sites"),
        max_length=2000,
        help_text=_("One per line, such as www.firma.de: where visits may be told from."),
    )

    class Meta:
        model = WebSite
        fields = ("name", "hosts", "source", "keep_days", "is_active")


@admin.register(WebSite)
class WebSiteAdmin(AuditedAdmin):
    """Which web sites of the house tell of visits; none does until it is switched on."""

    form = WebSiteForm
    list_display = ["name", "source", "keep_days", "is_active"]
    list_select_related = ["source"]
    readonly_fields = ["script"]

    @admin.display(description=_("for the web master"))
    def script(self, site: WebSite) -> str:
        """The path of the script that the pages of the site include (docs/visits.md)."""
        return reverse("intake:visit_script", args=[site.address]) if site.pk else "–"

    def has_delete_permission(self, request: HttpRequest, obj: WebSite | None = None) -> bool:
        """Switched off, its visits are forgotten in their time."""
        return False
