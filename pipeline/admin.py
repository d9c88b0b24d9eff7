"""Settings of the process in the Django admin; deals and their histories to look at, never to change."""

from collections.abc import Sequence

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from core.admin import AuditedAdmin, ReadOnlyAdmin, ReadOnlyInline
from pipeline.models import (
    Criterion,
    CriterionMet,
    Deal,
    DealChange,
    DealMember,
    DealPerson,
    LossReason,
    StageChange,
    StageSetting,
)

# The system itself meets these criteria and gives these reasons.
OWN_CRITERIA = {
    Criterion.DECISION_MAKER_KNOWN,
    Criterion.APPOINTMENT_AGREED,
    Criterion.OFFER_DELIVERED,
    Criterion.TERMS_SETTLED,
    Criterion.ORDER_CONFIRMED,
}
OWN_REASONS = {"unknown", "other"}


@admin.register(StageSetting)
class StageSettingAdmin(AuditedAdmin):
    """What the five stages are called here and how long a deal usually stays."""

    list_display = ["stage", "label_de", "label_en", "usual_days", "is_limit_fixed", "measured_stays"]
    readonly_fields = ["stage", "measured_days", "measured_stays"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There are five."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """There are five."""
        return False


@admin.register(Criterion)
class CriterionAdmin(AuditedAdmin):
    """What has to be true before a deal leaves a stage."""

    list_display = ["label_de", "stage", "kind", "is_mandatory", "is_active", "position"]
    list_filter = ["stage", "kind", "is_mandatory", "is_active"]
    search_fields = ["label_de", "label_en", "code"]
    prepopulated_fields = {"code": ["label_en"]}

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        """The code stays once given; those of the system stay in their stage."""
        fields = super().get_readonly_fields(request, obj)
        if not isinstance(obj, Criterion):
            return fields
        return (*fields, "code", "stage") if obj.code in OWN_CRITERIA else (*fields, "code")

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> dict[str, Sequence[str]]:
        """Only for new ones."""
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Those of the system are retired, not deleted."""
        return isinstance(obj, Criterion) and obj.code not in OWN_CRITERIA


@admin.register(LossReason)
class LossReasonAdmin(AuditedAdmin):
    """Why deals are lost."""

    list_display = ["label_de", "label_en", "needs_note", "is_active", "position"]
    list_editable = ["position"]
    list_filter = ["is_active"]
    search_fields = ["label_de", "label_en", "code"]
    prepopulated_fields = {"code": ["label_en"]}

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        """The code stays once given."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "code") if obj else fields

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> dict[str, Sequence[str]]:
        """Only for new ones."""
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Those of the system are retired, not deleted."""
        return isinstance(obj, LossReason) and obj.code not in OWN_REASONS


class StageChangeInline(ReadOnlyInline):
    """The way of a deal."""

    model = StageChange
    fields = ["seq", "at", "from_stage", "to_stage", "to_outcome", "loss_reason", "owner", "value", "actor"]


class DealChangeInline(ReadOnlyInline):
    """Owner, value and expected closing over time."""

    model = DealChange
    fields = ["seq", "at", "owner", "team", "value", "currency", "expected_close_on", "actor"]


class CriterionMetInline(ReadOnlyInline):
    """What was settled."""

    model = CriterionMet
    fields = ["criterion", "at", "by", "evidence", "due"]


class DealPersonInline(ReadOnlyInline):
    """The buying centre."""

    model = DealPerson
    fields = ["person", "role"]


class DealMemberInline(ReadOnlyInline):
    """Colleagues who help."""

    model = DealMember
    fields = ["user"]


@admin.register(Deal)
class DealAdmin(ReadOnlyAdmin):
    """Deals with everything that happened to them; they are changed on their own pages."""

    list_display = ["title", "customer_name", "owner", "stage", "outcome", "value", "currency", "opened_at"]
    list_filter = ["outcome", "stage", "kind"]
    list_select_related = ["company", "person", "owner"]
    search_fields = ["title", "external_id", "company__name"]
    date_hierarchy = "opened_at"
    ordering = ["-opened_at", "-id"]
    inlines = [StageChangeInline, DealChangeInline, CriterionMetInline, DealPersonInline, DealMemberInline]


@admin.register(StageChange)
class StageChangeAdmin(ReadOnlyAdmin):
    """Every step of every deal."""

    list_display = ["deal", "seq", "at", "from_stage", "to_stage", "to_outcome", "owner", "team", "origin"]
    list_filter = ["to_outcome", "origin", "team"]
    list_select_related = ["deal__company", "deal__person", "owner", "team"]
    search_fields = ["=deal__id"]
    date_hierarchy = "at"
    ordering = ["-id"]


@admin.register(DealChange)
class DealChangeAdmin(ReadOnlyAdmin):
    """Every change of owner, value and expected closing."""

    list_display = ["deal", "seq", "at", "owner", "team", "value", "currency", "expected_close_on"]
    list_filter = ["team"]
    list_select_related = ["deal__company", "deal__person", "owner", "team"]
    search_fields = ["=deal__id"]
    date_hierarchy = "at"
    ordering = ["-id"]
