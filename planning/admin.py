"""Targets in the Django admin: to look at, with their past; they are set on their page and by import."""

from django.contrib import admin
from django.http import HttpRequest

from core.admin import AuditedAdmin, ReadOnlyAdmin
from planning.models import SalesTarget, Scenario


@admin.register(SalesTarget)
class SalesTargetAdmin(AuditedAdmin):
    """What was to be reached, and who changed it when."""

    list_display = ["month", "team", "rep", "measure", "stage", "amount", "currency"]
    list_filter = ["measure", "team"]
    list_select_related = ["team", "rep"]
    date_hierarchy = "month"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: the page of targets keeps the rules."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: SalesTarget | None = None) -> bool:
        """Never: see above."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SalesTarget | None = None) -> bool:
        """Never: see above."""
        return False


@admin.register(Scenario)
class ScenarioAdmin(ReadOnlyAdmin):
    """Which scenarios there are; they are saved and put away on the page of the calculator."""

    list_display = ["name", "team", "rep", "archived_at"]
    list_select_related = ["team", "rep"]
