"""Data protection in the Django admin: the periods are set here, the rest is to look at."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from privacy.models import KeptRecord, RetentionClass


@admin.register(RetentionClass)
class RetentionClassAdmin(admin.ModelAdmin):
    """How long what is kept."""

    list_display = ["kind", "months", "from_year_end", "is_active", "reason"]
    readonly_fields = ["kind"]

    def has_add_permission(self, request: object) -> bool:
        """The kinds are fixed."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """The kinds are fixed."""
        return False


@admin.register(KeptRecord)
class KeptRecordAdmin(ReadOnlyAdmin):
    """What the law wants kept of those who were erased."""

    list_display = ["title", "law", "kept_until"]
    list_filter = ["law"]
    ordering = ["kept_until"]
