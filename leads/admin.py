"""Sources, campaigns, costs, reasons and rules in the Django admin; leads have pages of their own."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import AuditedAdmin
from leads.models import (
    AssignmentRule,
    Campaign,
    DisqualifyReason,
    LeadCapacity,
    LeadSetting,
    Source,
    SourceCost,
)

CONDITIONS = (
    *("source", "campaign", "direction", "country", "postal_codes"),
    *("industry", "product_group", "language"),
)


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


@admin.register(LeadSetting)
class LeadSettingAdmin(AuditedAdmin):
    """What is promised to those who ask; one row."""

    list_display = ["__str__", "answer_minutes", "reassign_minutes", "most_reassigned", "stale_days"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Once."""
        return super().has_add_permission(request) and not LeadSetting.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: LeadSetting | None = None) -> bool:
        """Never."""
        return False


@admin.register(AssignmentRule)
class AssignmentRuleAdmin(AuditedAdmin):
    """Who gets which leads; the first rule whose conditions all fit decides."""

    list_display = ["position", "name", "way", "rep", "team", "is_active"]
    list_display_links = ["name"]
    list_select_related = ["rep", "team"]
    list_filter = ["is_active", "way", "team"]
    fieldsets = [
        (None, {"fields": ["position", "name", "is_active"]}),
        (_("if the lead is"), {"fields": CONDITIONS}),
        (_("then"), {"fields": ["way", "rep", "team"]}),
    ]


@admin.register(LeadCapacity)
class LeadCapacityAdmin(AuditedAdmin):
    """How much each rep takes by rules."""

    list_display = ["user", "most_open", "is_receiving"]
    list_select_related = ["user"]
