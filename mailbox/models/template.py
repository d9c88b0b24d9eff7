"""Texts that are written again and again: templates of the house, and each user's signature."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.audit import audited

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class MailTemplateQuerySet(models.QuerySet["MailTemplate"]):
    """Templates belong to the house."""

    def visible_to(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """Managers and admins keep them."""
        return self.all() if user.is_manager or user.is_admin else self.none()

    def offered(self) -> "Self":
        """Those to choose from, by name."""
        return self.filter(archived_at=None).order_by("name", "pk")


@audited()
class MailTemplate(models.Model):
    """A subject and a text with placeholders in braces (mailbox.placeholders)."""

    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=10000)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MailTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail template")
        verbose_name_plural = _("mail templates")
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(archived_at=None),
                name="mail_template_name_once",
                violation_error_message=_("There is a template of this name already."),
            ),
            models.CheckConstraint(condition=Q(language__in=["de", "en"]), name="mail_template_language"),
        ]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """What stands below the mails of a user."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="signature", verbose_name=_("user")
    )
    text = models.TextField(_("signature"), max_length=2000, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id}"
