"""Who took what out, in the Django admin."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from lists.models import ExportLog


@admin.register(ExportLog)
class ExportLogAdmin(ReadOnlyAdmin):
    """Every file of a list that somebody took."""

    list_display = ["at", "by", "page", "file_format", "rows", "is_selection", "asked"]
    list_filter = ["page", "file_format"]
    list_select_related = ["by"]
    search_fields = ["by__last_name", "by__email", "asked"]
    date_hierarchy = "at"
    ordering = ["-at", "-id"]
