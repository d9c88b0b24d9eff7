"""Mailboxes and what they brought; passwords are never here."""

from django.contrib import admin
from django.http import HttpRequest

from core.admin import AuditedAdmin, ReadOnlyAdmin
from mailbox.models import FetchRun, IgnoredSender, Mailbox, SentMail


@admin.register(Mailbox)
class MailboxAdmin(AuditedAdmin):
    """Which mailboxes are read, and whether that works."""

    list_display = ["name", "address", "use", "is_active", "looked_at", "error"]
    list_filter = ["use", "is_active"]
    autocomplete_fields = ["keeper"]
    readonly_fields = ("looked_at", "error")

    def has_delete_permission(self, request: HttpRequest, obj: Mailbox | None = None) -> bool:
        """A mailbox is switched off; its mails stay."""
        return False


@admin.register(FetchRun)
class FetchRunAdmin(ReadOnlyAdmin):
    """The looks into the mailboxes that found something."""

    list_display = ["at", "mailbox", "seen", "filed", "queued", "rejected", "known"]
    list_filter = ["mailbox"]


@admin.register(IgnoredSender)
class IgnoredSenderAdmin(admin.ModelAdmin):
    """Whose mails are rejected without asking; deleting a row lets them in again."""

    list_display = ["address", "by", "at"]
    search_fields = ["address"]
    list_select_related = ["by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written where a mail is rejected."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: IgnoredSender | None = None) -> bool:
        """Deleted, not changed."""
        return False


@admin.register(SentMail)
class SentMailAdmin(ReadOnlyAdmin):
    """Mails written here: which left, which did not and why. Their texts are not shown."""

    list_display = ["due_at", "state", "attempts", "sent_at", "error"]
    list_filter = ["state", "purpose"]
    fields = ["state", "purpose", "attempts", "error", "due_at", "claimed_at", "sent_at"]
