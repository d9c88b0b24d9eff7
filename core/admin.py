"""What the admin sees of outbox and background processes; building blocks for the admin of other apps."""

from collections.abc import Iterator
from datetime import datetime

import pghistory.models
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.addresses import is_key
from core.audit import CHANGED
from core.deliveries import retry_parked
from core.models import Delivery, DeliveryQuerySet, Event, Heartbeat, Job

TRAIL_LENGTH = 20


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at; they are written elsewhere, and the admin would go past the rules there."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never."""
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows below another one, to look at."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never."""
        return False


class RowSearch(AutocompleteSelect):
    """A row found by typing; Django's own would fail while it shows again what is no key of a row."""

    def format_value(self, value: object) -> list[str]:
        """Only what can be the key of a row."""
        return [key for key in super().format_value(value) if is_key(key)]


class AuditedAdmin(admin.ModelAdmin):
    """Shows below the form who changed what and when, from the audit the database keeps."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **options: object
    ) -> forms.ModelChoiceField | None:
        """Search where there are too many rows for a list."""
        if db_field.name in self.get_autocomplete_fields(request):
            options["widget"] = RowSearch(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        """The trail belongs to what exists."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "audit_trail") if obj else fields

    @admin.display(description=_("changes"), empty_value="–")
    def audit_trail(self, row: models.Model) -> SafeString | None:
        """The latest changes, newest first."""
        changes = list(audit_changes(row))
        if not changes:
            return None
        lines = [(localize(localtime(at)), who, what) for at, who, what in changes]
        return format_html_join("", "<div>{} · {} · {}</div>", lines)


def audit_changes(row: models.Model) -> Iterator[tuple[datetime, str, str]]:
    """Moment, user and the values before and after of the latest changes of a tracked row, newest first."""
    events = row.events.filter(pgh_label=CHANGED)  # type: ignore[attr-defined]
    past = list(events.select_related("pgh_context").order_by("-pgh_id")[:TRAIL_LENGTH])
    users = _names_of(past)
    after: models.Model = row
    for before in past:
        names = [field for field in before._meta.concrete_fields if not field.name.startswith("pgh_")]
        changed = [
            f"{field.verbose_name}: {_value(before, field.attname)} → {_value(after, field.attname)}"
            for field in names
            if getattr(before, field.attname) != getattr(after, field.attname)
        ]
        yield before.pgh_created_at, users.get(_user_of(before), "–"), ", ".join(changed)
        after = before


def _value(row: models.Model, name: str) -> object:
    value = getattr(row, name)
    return "–" if value in (None, "") else value


def _user_of(event: pghistory.models.Event) -> object:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _names_of(past: list[pghistory.models.Event]) -> dict[object, str]:
    keys = {_user_of(event) for event in past} - {None}
    return {user.pk: str(user) for user in get_user_model().objects.filter(pk__in=keys)}


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """What happened."""

    list_display = ["at", "kind", "subject_kind", "subject_id", "actor"]
    list_filter = ["kind"]
    list_select_related = ["actor"]
    search_fields = ["=subject_id"]
    date_hierarchy = "at"
    ordering = ["-id"]


class StateFilter(admin.SimpleListFilter):
    """Waiting, parked or done."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """The three states."""
        return [("parked", gettext("parked")), ("waiting", gettext("waiting")), ("done", gettext("done"))]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Delivery]
    ) -> models.QuerySet[Delivery]:
        """Only those in the chosen state."""
        states = {
            "parked": Delivery.objects.parked(),
            "waiting": Delivery.objects.waiting(),
            "done": Delivery.objects.exclude(done_at=None),
        }
        chosen = states.get(self.value() or "")
        return queryset if chosen is None else queryset & chosen


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """What has to follow from it; parked ones need somebody to look, and can be tried again."""

    list_display = ["event", "task", "published_at", "done_at", "parked_at", "attempts", "error"]
    list_filter = [StateFilter, "task"]
    list_select_related = ["event"]
    raw_id_fields = ["event"]
    ordering = ["-id"]
    actions = ["try_again"]

    @admin.action(description=_("Try parked deliveries again"))
    def try_again(self, request: HttpRequest, queryset: DeliveryQuerySet) -> None:
        """Give the chosen parked ones another three attempts."""
        count = retry_parked(queryset)
        text = ngettext("%(count)d delivery is tried again.", "%(count)d deliveries are tried again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    """When background processes were last heard of."""

    list_display = ["name", "at"]


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Long work: who asked for it, how far it is, and what became of it."""

    list_display = ["created_at", "kind", "actor", "state", "done", "total", "attempts", "message"]
    list_filter = ["state", "kind"]
    list_select_related = ["actor"]
    ordering = ["-id"]
