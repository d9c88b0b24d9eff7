"""Keys that open a part of the CRM to a program of its owner: the calendar, the telephone system."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class AccessKeyQuerySet(models.QuerySet["AccessKey"]):
    """The words we use to talk about many keys at once."""

    def visible_to(self, user: "User") -> "Self":
        """One's own."""
        return self.filter(user=user)

    def editable_by(self, user: "User") -> "Self":
        """One's own."""
        return self.filter(user=user)

    def valid(self) -> "Self":
        """Those that still open something, in the order they were made."""
        return self.filter(revoked_at=None, user__is_active=True).order_by("pk")


class AccessKey(models.Model):
    """A secret of which only the hash is kept; it opens one thing, for one user, until it is revoked."""

    class Purpose(models.TextChoices):
        """What it opens."""

        CALENDAR = "calendar", _("Calendar feed")
        TELEPHONE = "telephone", _("Telephone system")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_keys", verbose_name=_("user")
    )
    purpose = models.CharField(_("purpose"), max_length=9, choices=Purpose)
    digest = models.CharField(_("hash"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    # Uses since the beginning of the running minute: the rate limit, true for all processes together.
    minute_at = models.DateTimeField(null=True, blank=True, editable=False)
    uses = models.PositiveIntegerField(default=0, editable=False)

    objects = AccessKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("access key")
        verbose_name_plural = _("access keys")
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["calendar", "telephone"]), name="access_key_purpose_known"
            ),
        ]
        indexes = [models.Index(fields=["user", "purpose"], name="access_key_user")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} / {self.user}"
