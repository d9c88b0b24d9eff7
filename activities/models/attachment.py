"""Files that belong to an entry of the contact history."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """The words we use to talk about many files at once."""

    def visible_to(self, user: "User") -> "Self":
        """A file follows the entry it hangs on; one that hangs on none yet is its uploader's."""
        entries = Activity.objects.visible_to(user).values("pk")
        return self.filter(Q(activity__in=entries) | Q(activity=None, uploaded_by=user))

    def editable_by(self, user: "User") -> "Self":
        """Who may edit the entry may take its files away."""
        entries = Activity.objects.editable_by(user).values("pk")
        return self.filter(Q(activity__in=entries) | Q(activity=None, uploaded_by=user))

    def waiting(self) -> "Self":
        """Uploaded into a form that has not been saved."""
        return self.filter(activity=None)


class Attachment(models.Model):
    """A file: its bytes in private storage under a random name, handed out by a view as a download."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="attachments", verbose_name=_("entry")
    )
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    file = models.FileField(_("file"), max_length=100)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    # Since when it hangs on no entry; meaningless while it does.
    waiting_since = models.DateTimeField(default=timezone.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(file=""), name="attachment_named"),
        ]
        indexes = [
            models.Index(fields=["waiting_since"], name="attachment_waiting", condition=Q(activity=None)),
            models.Index(fields=["file"], name="attachment_file"),
        ]

    def __str__(self) -> str:
        return self.name
