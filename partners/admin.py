"""Partners in the Django admin, to look at, with the past of what was agreed."""

from django.contrib import admin

from core.admin import AuditedAdmin, ReadOnlyAdmin
from partners.models import Partner


@admin.register(Partner)
class PartnerAdmin(ReadOnlyAdmin, AuditedAdmin):
    """Partners, with the audit of their changes."""

    list_display = ["__str__", "commission_rate", "commission_text", "since", "until"]
    list_select_related = ["company", "person"]
    search_fields = ["company__name", "person__last_name"]
    ordering = ["pk"]
