"""What the admin sees of the figures: whether they agreed with history. The figures themselves are not here.

Figures of persons have one door, the reports, which keep to PER_REP_FIGURES and log an admin's look.
"""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from reporting.models import Rebuild


@admin.register(Rebuild)
class RebuildAdmin(ReadOnlyAdmin):
    """The nightly checks, and where stored figures differed from history."""

    list_display = ["as_of", "reason", "day", "deals", "figures", "seconds", "difference_count"]
    list_filter = ["reason"]
