"""What the admin sees of the reports: whether figures agreed with history, and which mails left.

The figures themselves are not here. Figures of persons have one door, the reports, which keep to
PER_REP_FIGURES and log an admin's look.
"""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.admin import AuditedAdmin, ReadOnlyAdmin
from reporting.models import ForecastReview, Rebuild, StageWeight, WeeklyMail, WeeklyMailQuerySet
from reporting.weekly_mails import try_again


@admin.register(Rebuild)
class RebuildAdmin(ReadOnlyAdmin):
    """The nightly checks, and where stored figures differed from history."""

    list_display = ["as_of", "reason", "day", "deals", "figures", "seconds", "difference_count"]
    list_filter = ["reason"]


@admin.register(ForecastReview)
class ForecastReviewAdmin(ReadOnlyAdmin):
    """When past forecasts were judged, and how many of them."""

    list_display = ["as_of", "kept", "recomputed", "seconds"]


@admin.register(StageWeight)
class StageWeightAdmin(AuditedAdmin):
    """Chances of the stages typed by hand: the review compares the forecast with them."""

    list_display = ["stage", "percent"]
    readonly_fields = ["stage"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There are five."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """There are five."""
        return False


@admin.register(WeeklyMail)
class WeeklyMailAdmin(ReadOnlyAdmin):
    """The mails of Monday morning: which left, which failed and why, which a dead worker left unclear."""

    list_display = ["user", "week_starts_on", "due_at", "claimed_at", "sent_at", "attempts", "error"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter), "week_starts_on"]
    list_select_related = ["user"]
    date_hierarchy = "week_starts_on"
    actions = ["send_again"]

    @admin.action(description=_("Send the unsent ones again"))
    def send_again(self, request: HttpRequest, mails: WeeklyMailQuerySet) -> None:
        """Give them another six attempts; those of weeks that are past stay unsent."""
        count = try_again(mails)
        text = ngettext("%(count)d mail will be sent again.", "%(count)d mails will be sent again.", count)
        self.message_user(request, text % {"count": count})
