"""Activities and follow-ups in the Django admin, to look at; they are written on their own pages."""

from django.contrib import admin

from activities.models import Activity, FollowUp
from core.admin import ReadOnlyAdmin


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    """Calls, appointments, notes."""

    list_display = ["at", "kind", "author", "company", "person", "result", "status"]
    list_filter = ["kind", "result", "status"]
    list_select_related = ["author", "company", "person"]
    search_fields = ["company__name", "person__last_name"]
    date_hierarchy = "at"
    ordering = ["-at", "-id"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    """What is due, and what was."""

    list_display = ["due_on", "kind", "text", "owner", "company", "person", "done_at"]
    list_filter = ["kind"]
    list_select_related = ["owner", "company", "person"]
    search_fields = ["text", "company__name", "owner__last_name"]
    date_hierarchy = "due_on"
    ordering = ["-due_on", "-id"]
