"""Sources in the Django admin."""

from django.contrib import admin

from core.admin import AuditedAdmin
from leads.models import Source


@admin.register(Source)
class SourceAdmin(AuditedAdmin):
    """Where business comes from."""

    list_display = ["name", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]
