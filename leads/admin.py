"""Sources, campaigns, costs and reasons in the Django admin; leads are worked on in their own pages."""

from django.contrib import admin

from core.admin import AuditedAdmin
from leads.models import Campaign, DisqualifyReason, Source, SourceCost


@admin.register(Source)
class SourceAdmin(AuditedAdmin):
    """Where business comes from."""

    list_display = ["name", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]


@admin.register(Campaign)
class CampaignAdmin(AuditedAdmin):
    """Efforts of marketing."""

    list_display = ["name", "code", "starts_on", "ends_on", "budget", "currency", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "code"]


@admin.register(SourceCost)
class SourceCostAdmin(AuditedAdmin):
    """What sources and campaigns cost."""

    list_display = ["source", "campaign", "starts_on", "ends_on", "amount", "currency"]
    list_filter = ["source", "campaign"]
    date_hierarchy = "starts_on"


@admin.register(DisqualifyReason)
class DisqualifyReasonAdmin(AuditedAdmin):
    """Why leads come to nothing."""

    list_display = ["label_de", "label_en", "position", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["label_de", "label_en"]
    prepopulated_fields = {"code": ["label_en"]}
