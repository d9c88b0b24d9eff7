"""Potentials in the Django admin, to look at: they are estimated on the pages of companies."""

from django.contrib import admin

from core.admin import AuditedAdmin, ReadOnlyAdmin, ReadOnlyInline
from potentials.models import Potential, PotentialEstimate


class EstimateInline(ReadOnlyInline):
    """What was estimated when."""

    model = PotentialEstimate
    fields = ["estimated_on", "demand", "currency", "stated_share", "source", "by"]


@admin.register(Potential)
class PotentialAdmin(ReadOnlyAdmin, AuditedAdmin):
    """Potentials, with the audit of their changes."""

    list_display = ["company", "group", "year", "demand", "currency", "bought", "open_value", "estimated_on"]
    list_select_related = ["company", "group"]
    search_fields = ["company__name"]
    ordering = ["-open_value", "-id"]
    inlines = [EstimateInline]
